// Why: where no histories are stored, whoever records has gone over the whole log once. A refused batch must not make them go over it again.

internal import Decisions
internal import EventLog
internal import Events
internal import LMDB
internal import Ledger
internal import Proofs
internal import Support
internal import Synchronization
internal import Testing
internal import Wire

@testable internal import Books

@Suite struct `A batch that is abandoned` {
  @Test func `is forgotten without reading the log again`() throws {
    let new = try NewBooks()
    _ = try new.open().record([customer("C-1")])
    let log = CountingLog(try LMDBLog(at: new.path + "/log", readOnly: true))
    let situation = try LiveSituation(log, NoHistories())
    #expect(log.shown == new.first + 1)
    for _ in 1...3 {
      try situation.catchUp()
      var record = try decide(customer("C-2"), situation)
      (record.position, record.at) = (situation.size() + 1, situation.last.at)
      #expect(record.position == new.first + 2)
      try situation.add(record)
      #expect(try situation.id(.customer, "C-2") != nil)
      situation.abandon()
    }
    try situation.catchUp()
    #expect(try situation.id(.customer, "C-2") == nil)
    #expect(situation.size() == new.first + 1)
    // Since then the chart of accounts was read three times, which is what the books began with.
    #expect(log.shown == new.first + 1 + 3 * new.first)
  }

  @Test func `since the log had an event that nobody saw, is decided anew`() throws {
    let new = try NewBooks()
    let log = CountingLog(try LMDBLog(at: new.path + "/log"))
    let situation = try LiveSituation(log, NoHistories())
    var unseen = try decide(customer("C-1"), situation)
    (unseen.position, unseen.at) = (
      new.first + 1, Instant(microseconds: situation.last.at.microseconds + 1)
    )
    var frame = Frame()
    frame.append(unseen)
    let recorder = try Recorder(
      log, NoHistories(),
      PersonalData(at: new.path, of: log.identity, KeyOptions(), readOnly: false),
      lockPath: new.path + "/writer.lock", now: new.clock.now)
    log.unseen.withLock { $0 = frame }
    let proposals = ["C-2", "C-1"].map { customer($0) }
    let answers = try recorder.record([(proposals, RecordOptions())])
    #expect(answers[0][0].receipt?.position == new.first + 2)
    #expect(answers[0][1].refusal?.name == "customer.duplicate")
    #expect(try log.head().size == new.first + 2)
  }

  @Test func `leaves the index as it was`() {
    let (a, b) = (NameID(.customer, 1), NameID(.customer, 2))
    var tail = TailIndex(behind: 10)
    tail.add(11, [a])
    tail.add(12, [a, b])
    tail.add(13, [b])
    tail.forget([(12, [a, b]), (13, [b])])
    #expect(tail.end == 11 && tail.start == 10)
    #expect(tail.positions(of: a) == [11] && tail.positions(of: b) == [])
    tail.add(12, [b])
    #expect(tail.positions(of: b) == [12])
    tail.forget([])
    #expect(tail.end == 12)
  }
}

/// Stored histories that are set aside.
private struct NoHistories: HistoryReading {
  func covered() -> Position { 0 }
  func positions(
    of name: NameID, since: Position, onlyDefinitions: Bool, through end: Position
  ) -> [Position] { [] }
}

/// A log that counts the records that it shows.
private final class CountingLog: EventLog {
  private let log: LMDBLog
  private let count = Atomic<Position>(0)
  /// What a killed recorder has written, and is seen when the next one writes.
  let unseen = Mutex<Frame?>(nil)
  var shown: Position { count.load(ordering: .relaxed) }

  init(_ log: LMDBLog) { self.log = log }

  var identity: String { log.identity }
  func head() throws(LogError) -> LogHead { try log.head() }
  func append(_ frame: Frame, expecting size: Position) throws(LogError) -> LogHead {
    if let other = unseen.withLock({ $0.take() }) { try log.append(other, expecting: size) }
    return try log.append(frame, expecting: size)
  }
  func scan<Failure: LogFailure>(
    _ range: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(Failure) -> Bool
  ) throws(Failure) {
    try log.scan(range) { (record) throws(Failure) in
      count.add(1, ordering: .relaxed)
      return try body(record)
    }
  }
  func name(_ kind: NameKind, _ code: Code) throws(LogError) -> KnownName? {
    try log.name(kind, code)
  }
  func name(_ id: NameID) throws(LogError) -> KnownName? { try log.name(id) }
  func count(of kind: NameKind) throws(LogError) -> UInt32 { try log.count(of: kind) }
  func use(of key: String) throws(LogError) -> UsedKey? { try log.use(of: key) }
  func root(at size: Position) throws(LogError) -> MerkleHash { try log.root(at: size) }
  func tile(_ level: Int, _ index: UInt64, width: Int) throws(LogError) -> [MerkleHash] {
    try log.tile(level, index, width: width)
  }
}
