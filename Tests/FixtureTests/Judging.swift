// Why: whatever the story, its reports are asked and compared in the same way.

internal import Books
internal import Events
internal import Ledger
internal import Projections
internal import Reports
internal import Support
internal import Testing
internal import Wire

extension Story {
  /// Compares every expectation with what `books` say, and expects all checks to hold at every day of the story.
  func judge(_ books: Books) throws {
    for expectation in try expectations() {
      let table = try answer(expectation, books)
      var found = table.rows.filter { $0.style == .plain }.map(\.cells)
      if expectation.rows.last?.first == "Total" { found.append(table.totals) }
      let places = expectation.columns.map { name in
        table.columns.firstIndex { $0.name == name }
      }
      for (name, place) in zip(expectation.columns, places) where place == nil {
        Issue.record("\(expectation.file): there is no column \(name)")
        return
      }
      let rows = found.map { cells in places.map { cells[$0 ?? 0].plain } }
      #expect(rows.count == expectation.rows.count, "\(expectation.file): \(rows)")
      for (row, expected) in zip(rows, expectation.rows) {
        #expect(row == expected, "\(expectation.file)")
      }
    }
    for day in Set(try proposals().map(\.on)).sorted() {
      let table = try Checks.table(try books.look(asOf: day))
      for row in table.rows {
        #expect(
          row.cells.last?.plain == "0.00",
          "\(row.cells.map(\.plain)) on \(day)")
      }
    }
  }

  private func answer(_ expectation: Expectation, _ books: Books) throws -> Table {
    var request = ReportRequest(expectation.code)
    request.from = try expectation.option("--from").map { try Day($0) }
    request.by = expectation.option("--by")
    let look = try books.look(
      asOf: try expectation.option("--as-of").map { try Day($0) },
      knownAt: try expectation.option("--known-at").map { try KnownAt(parsing: $0) } ?? .now)
    return try ReportCatalogue.named(expectation.words[0]).table(look, request)
  }
}
