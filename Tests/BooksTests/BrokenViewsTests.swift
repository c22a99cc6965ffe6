// Why: summaries are derived and may fail to be built: no space, a projection with a fault. What is on stable storage
// is recorded all the same, and whoever recorded it must hear so, or it would be recorded twice.

internal import Books
internal import EventLog
internal import Events
internal import Projections
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@Suite struct `Summaries that cannot be built` {
  @Test func `do not keep receipts from those who recorded`() throws {
    let new = try NewBooks()
    do {
      let books = try Books(
        at: new.path, projections: AllProjections.list + [Faulty.self], now: new.clock.now)
      // The standard tree has no complete leaf before 4,096 events.
      let many = (1...4_200).map { customer("C-\($0)") }
      let answers = try books.record(many)
      #expect(answers.compactMap { $0.receipt?.position }.count == 4_200)
      #expect(try books.size() == new.first + 4_200)
      #expect(try books.record([customer("C-4201")])[0].receipt != nil)
      #expect(try books.record([customer("C-7")])[0].refusal != nil)
      #expect(throws: BooksError.self) { try books.rebuild(["faulty"]) }
    }
    let books = try new.open()
    #expect(try books.size() == new.first + 4_201)
    #expect(try books.viewStatus().allSatisfy { $0.covered == 4_096 })
  }

  @Test func `stop alone: the others are built on, and its own failure is told by name`() throws {
    let new = try NewBooks()
    func open() throws(BooksError) -> Books {
      try Books(
        at: new.path, projections: AllProjections.list + [Faulty.self], now: new.clock.now)
    }
    do {
      let books = try open()
      try books.record((1...8_200).map { customer("C-\($0)") })
      for view in try books.viewStatus() {
        #expect(view.covered == (view.projection == "faulty/1" ? 0 : 8_192))
        #expect(view.failure?.projection == (view.projection == "faulty/1" ? "faulty/1" : nil))
      }
      // A question that needs the event at fault is told why, one before it is answered.
      let now = try books.look()
      let failure = #expect(throws: SummaryError.self) { _ = try now.summary(Faulty.self) }
      #expect(failure?.message == "The projection faulty/1 fails: Too much.")
      #expect(failure?.remedy == "Mend the projection.")
      _ = try books.look(knownAt: .position(4_095)).summary(Faulty.self)
    }
    // Whoever opens the books afterwards, with the projection or without it, can go on.
    let books = try open()
    #expect(try books.viewStatus().filter { $0.failure != nil }.map(\.projection) == ["faulty/1"])
    #expect(try books.record([customer("C-8201")])[0].receipt != nil)
    let failure = #expect(throws: BooksError.self) { try books.rebuild() }
    #expect(failure?.message == "The projection faulty/1 fails: Too much.")
    #expect(
      try books.viewStatus().filter { $0.covered == 8_192 }.count == AllProjections.list.count)
  }
}

/// A projection that fails on the last event of the first leaf.
private enum Faulty: SummaryProjection {
  typealias Summary = Nothing
  static let name = "faulty"
  static let version = 1
}

private struct Nothing: RangeSummary {
  static var empty: Nothing { Nothing() }
  mutating func add(_ record: borrowing RecordView) throws(SummaryError) {
    if record.position == 4_096 {
      throw SummaryError(.overflow, "Too much.", remedy: "Mend the projection.")
    }
  }
  mutating func merge(_ later: Nothing) throws(SummaryError) {}
  func encoded() -> [UInt8] { [] }
  static func decoded(_ bytes: RawSpan) throws(SummaryError) -> Nothing { Nothing() }
}
