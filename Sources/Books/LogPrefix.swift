// Why: to decide an event again, decisions must see the books as they stood before it. A prefix of the log is the log
// as it was then.

internal import EventLog
internal import Events
internal import Ledger
internal import Proofs
internal import Synchronization
internal import Wire

/// The first records of a log, as if there were no more.
final class LogPrefix: EventLog {
  private let log: any EventLog
  private let size = Mutex<Position>(0)

  /// The beginning of `log` with no records yet.
  init(_ log: any EventLog) { self.log = log }

  /// The last position that is seen.
  var end: Position {
    get { size.withLock { $0 } }
    set { size.withLock { $0 = newValue } }
  }

  var identity: String { log.identity }

  func head() throws(LogError) -> LogHead {
    let end = end
    let at = try log.record(at: end)?.at ?? Instant(microseconds: .min)
    return LogHead(size: end, root: try log.root(at: end), at: at)
  }

  func append(_ frame: Frame, expecting size: Position) throws(LogError) -> LogHead {
    throw LogError(
      .conflict(actual: try log.head().size), "The past cannot be extended.",
      remedy: "Record into the books themselves.")
  }

  func scan<Failure: LogFailure>(
    _ range: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(Failure) -> Bool
  ) throws(Failure) {
    let last = min(range.upperBound, end)
    if range.lowerBound <= last { try log.scan(range.lowerBound...last, body) }
  }

  func name(_ kind: NameKind, _ code: Code) throws(LogError) -> KnownName? {
    guard let name = try log.name(kind, code), name.since <= end else { return nil }
    return name
  }

  func name(_ id: NameID) throws(LogError) -> KnownName? {
    guard let name = try log.name(id), name.since <= end else { return nil }
    return name
  }

  func count(of kind: NameKind) throws(LogError) -> UInt32 {
    try log.count(of: kind, knownAt: end)
  }

  func use(of key: String) throws(LogError) -> UsedKey? {
    guard let used = try log.use(of: key), used.position <= end else { return nil }
    return used
  }

  func root(at size: Position) throws(LogError) -> MerkleHash { try log.root(at: size) }

  func tile(_ level: Int, _ index: UInt64, width: Int) throws(LogError) -> [MerkleHash] {
    try log.tile(level, index, width: width)
  }
}

/// The stored histories, as far as the prefix goes.
struct PrefixHistories: HistoryReading {
  private let prefix: LogPrefix
  private let histories: ViewsHistories

  init(_ prefix: LogPrefix, _ histories: ViewsHistories) {
    self.prefix = prefix
    self.histories = histories
  }

  func covered() throws(LogError) -> Position { min(try histories.covered(), prefix.end) }

  func positions(
    of name: NameID, since: Position, onlyDefinitions: Bool, through end: Position
  ) throws(LogError) -> [Position] {
    try histories.positions(of: name, since: since, onlyDefinitions: onlyDefinitions, through: end)
  }
}
