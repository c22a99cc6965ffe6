// Why: each test of the books begins with a directory of its own, opened with the generic chart, and a clock that
// it controls.

internal import Books
internal import Charts
internal import Decisions
internal import EventLog
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Support
internal import Synchronization
internal import Testing
internal import Wire

/// A clock that goes on by a millisecond whenever it is read.
final class TestClock: Sendable {
  private let microseconds: Atomic<Int64>

  /// Begins at the beginning of 2027 in UTC.
  init() { microseconds = Atomic(1_798_761_600_000_000) }

  func now() -> Instant {
    Instant(microseconds: microseconds.add(1_000, ordering: .relaxed).newValue)
  }

  func set(_ moment: Instant) { microseconds.store(moment.microseconds, ordering: .relaxed) }
}

/// Books in a directory of their own.
struct NewBooks {
  let directory: TemporaryDirectory
  let clock = TestClock()
  var path: String { directory.path + "/books" }
  /// How many events there are at first.
  let first: Position

  /// Books opened on `day` with the generic chart.
  init(on day: Day = "2026-01-01", identity: UInt8 = 1) throws {
    directory = try TemporaryDirectory()
    let path = directory.path + "/books"
    try Books.create(at: path, identity: Array(repeating: identity, count: 16))
    var opened = BooksOpened()
    opened.name = "Test"
    opened.currency = "EUR"
    opened.timeZone = "Europe/Madrid"
    opened.chart = "generic"
    var proposals = [Proposal(opened, on: day)]
    proposals += (Charts.named("generic") ?? []).map { Proposal($0, on: day) }
    let start = Int64(day.number) * 86_400_000_000
    for index in proposals.indices {
      proposals[index].at = Instant(microseconds: start + Int64(index))
    }
    let books = try Books(at: path, now: clock.now)
    let answers = try books.record(proposals, RecordOptions(isAtomic: true, isImport: true))
    first = Position(answers.compactMap(\.receipt).count)
    #expect(first == Position(proposals.count))
  }

  func open(
    tree: SummaryTree = .standard, readOnly: Bool = false
  ) throws(BooksError) -> Books {
    try Books(at: path, tree: tree, readOnly: readOnly, now: clock.now)
  }
}

extension Answer {
  var receipt: Receipt? {
    if case .recorded(let receipt) = self { receipt } else { nil }
  }
  /// What the receipt would have said.
  var prospect: Receipt? {
    if case .wouldBe(let receipt) = self { receipt } else { nil }
  }
  var refusal: Refusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }
}

/// A customer called `code`, proposed.
func customer(_ code: String, name: String = "Ana", key: String = "") -> Proposal {
  var event = CustomerRegistered()
  event.customer = Code(stringLiteral: code)
  event.name = name
  return Proposal(event, on: "2026-02-01", key: key)
}

/// The hold `H` on the data of the person called `code`.
func holdPlaced(_ code: String) -> HoldPlaced {
  var event = HoldPlaced()
  event.hold = "H"
  event.person = Code(stringLiteral: code)
  event.reason = "inspection"
  return event
}

/// The request to erase the person called `code`.
func erasureRequest(_ code: String, _ role: PersonRole? = nil) -> ErasureRequested {
  var event = ErasureRequested()
  event.person = Code(stringLiteral: code)
  event.role = role
  event.reason = "asked by letter"
  return event
}
