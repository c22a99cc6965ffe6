// Why: an auditor asks what one person recorded, and since when that was known.

internal import Books
internal import Events
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `The audit trail of one user` {
  @Test func `has the events that she recorded, as far as they were known`() throws {
    try TemporaryBooks.with(chart: "generic", openedAt: "2025-12-31T08:00:00Z") { books in
      let first = try books.size()
      _ = try books.record(try Support.Aranda.proposals(), RecordOptions(isImport: true))
      func count(_ user: Code, line: Int) throws -> Int {
        let look = try books.look(knownAt: .position(first + Position(line)))
        return try AuditTrail.table(look, ReportRequest(user)).rows.count
      }
      // Counted in the fixture's lines: 49 of them say "by", 32 by ana and 17 by marta; of the first 45, 9 and 6.
      #expect(try count("ana", line: 120) == 32)
      #expect(try count("marta", line: 120) == 17)
      #expect(try count("ana", line: 45) == 9)
      #expect(try count("marta", line: 45) == 6)
      // Line 23 is the first by ana that grants marta her right; marta has recorded nothing by then.
      #expect(throws: ReportError.self) { try count("marta", line: 22) }
    }
  }
}
