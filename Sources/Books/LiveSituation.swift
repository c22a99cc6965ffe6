// Why: what decisions see while events are being recorded: the books as they stand, including what has been decided
// in this batch and is not yet on disk. If the batch does not reach the disk, all of it is forgotten.

internal import Decisions
internal import Documents
internal import EventLog
internal import Events
internal import Ledger
internal import Wire

/// The books as they stand, for decisions. Used by one thread at a time.
final class LiveSituation: Situation {
  private let log: any EventLog
  private let histories: any HistoryReading
  private var cache = DocumentCache(capacity: LiveSituation.documents)
  private var tail: TailIndex
  private var currentChart: Chart?
  /// Names that are decided but not yet on disk, and how many of each kind there are with them.
  private var newNames: [NameKind: [Code: NameID]] = [:]
  private var newCodes: [NameID: Code] = [:]
  private var counts: [NameKind: UInt32] = [:]
  private var ids = TwoGenerations<QualifiedCode, NameID>(capacity: 1 << 16)
  private var codes = TwoGenerations<NameID, Code>(capacity: 1 << 16)
  /// Where names appeared first: nothing before that is about them.
  private var since = TwoGenerations<NameID, Position>(capacity: 1 << 16)
  /// Events that are decided but not yet on disk.
  private var pending: [Recorded] = []
  private var recent = RecentEvents()
  /// The events on disk about a few names, until the next commit: decisions ask for several documents of one name.
  private var loaded: [NameID: [Recorded]] = [:]
  /// All that the events up to a position moved, once somebody has asked.
  private var counted: (turnover: Turnover, through: Position) = (Turnover(), 0)
  /// The size of the log with the pending events, and the moment of the last one.
  private(set) var last: LogHead

  /// Whether what is known here may be of events that were never recorded.
  private var isStale = false

  /// How many documents of each type are kept in a generation: all that a small company has open. A large one comes back to most of its
  /// invoices weeks later, which no cache of a bearable size would remember.
  private static let documents = 8_192
  /// The most events of a name, and the most names, whose events are kept until the next commit.
  private static let (few, names) = (64, 512)

  init(_ log: any EventLog, _ histories: any HistoryReading) throws(LogError) {
    self.log = log
    self.histories = histories
    last = try log.head()
    tail = TailIndex(behind: min(try histories.covered(), last.size))
    try indexTail(through: last.size)
  }

  private func indexTail(through size: Position) throws(LogError) {
    if size <= tail.end { return }
    try log.scan(tail.end + 1...size) { (record) throws(LogError) in
      var names: Set<NameID> = []
      record.forEachName { names.insert($0) }
      tail.add(record.position, names)
      return true
    }
  }

  /// Takes note of what others have recorded since.
  func catchUp() throws(LogError) {
    precondition(pending.isEmpty, "catching up in the middle of a batch")
    if isStale { return try startAfresh() }
    let head = try log.head()
    if head.size == last.size { return }
    // Other writers are rare; starting afresh is simple and right.
    forgetDocuments()
    try indexTail(through: head.size)
    last = head
  }

  private func forgetDocuments() {
    cache = DocumentCache(capacity: Self.documents)
    currentChart = nil
    counts = [:]
    loaded = [:]
  }

  // MARK: What decisions ask

  func size() -> Position { last.size }

  func chart() throws(Obstacle) -> Chart {
    if let currentChart { return currentChart }
    var chart = Chart()
    try fold(.books, onlyDefinitions: true) { (event) throws(WireError) in
      try chart.evolve(event, .books, Chart())
    }
    currentChart = chart
    return chart
  }

  func id(_ kind: NameKind, _ code: Code) throws(Obstacle) -> NameID? {
    if let id = newNames[kind]?[code] { return id }
    let qualified = QualifiedCode(kind: kind, code: code)
    if let id = ids[qualified] { return id }
    let found = try unlessUnreadable { () throws(LogError) in try log.name(kind, code) }
    guard let found else { return nil }
    ids[qualified] = found.id
    since[found.id] = found.since
    return found.id
  }

  func code(_ id: NameID) throws(Obstacle) -> Code {
    if let code = newCodes[id] { return code }
    if let code = codes[id] { return code }
    // Nothing has no name, and the books have none of their own.
    if id.isNone || id == .books { return Code() }
    let found = try unlessUnreadable { () throws(LogError) in try log.known(id) }
    codes[id] = found.code
    since[id] = found.since
    return found.code
  }

  func count(of kind: NameKind) throws(Obstacle) -> UInt32 {
    if let count = counts[kind] { return count }
    let count = try unlessUnreadable { () throws(LogError) in try log.count(of: kind) }
    counts[kind] = count
    return count
  }

  func document<D: Document>(_ type: D.Type, _ id: NameID) throws(Obstacle) -> D {
    if let document = cache.find(type, id) { return document }
    var document = D()
    let chart = try chart()
    try fold(id, onlyDefinitions: D.isDefinition) { (event) throws(WireError) in
      try document.evolve(event, id, chart)
    }
    do throws(WireError) { try document.loaded() } catch { throw .unreadable(error) }
    if D.isKept { cache.keep(document, id) }
    return document
  }

  func recorded(_ position: Position) throws(Obstacle) -> Recorded? {
    let stored = last.size - Position(pending.count)
    if position > stored {
      return position > last.size ? nil : pending[Int(position - stored) - 1]
    }
    if let event = recent[position] { return event }
    return try unlessUnreadable { () throws(LogError) in try log.record(at: position) }
  }

  func balance(_ account: NameID) throws(Obstacle) -> Int64 {
    var balance: Int64 = 0
    try fold(account, onlyDefinitions: false) { (event) throws(WireError) in
      for move in event.moves {
        if move.to.account == account { balance += move.value }
        if move.from.account == account { balance -= move.value }
      }
    }
    return balance
  }

  func turnover() throws(Obstacle) -> Turnover {
    let stored = last.size - Position(pending.count)
    var (turnover, through) = counted
    if through < stored {
      try unlessUnreadable { () throws(LogError) in
        try log.scan(through + 1...stored) { (record) throws(LogError) in
          for index in 0..<record.moveCount { turnover.add(record.move(index)) }
          return true
        }
      }
      through = stored
    }
    for event in pending[Int(through - stored)...] {
      for move in event.moves { turnover.add(move) }
    }
    counted = (turnover, last.size)
    return turnover
  }

  /// Shows each event about `id`, the pending ones too.
  private func fold(
    _ id: NameID, onlyDefinitions: Bool, _ body: (Recorded) throws(WireError) -> Void
  ) throws(Obstacle) {
    func show(_ event: Recorded) throws(Obstacle) {
      if onlyDefinitions, !event.isDefinition { return }
      do throws(WireError) { try body(event) } catch { throw .unreadable(error) }
    }
    if let events = loaded[id] {
      for event in events { try show(event) }
    } else {
      try read(id, onlyDefinitions: onlyDefinitions, show)
    }
    let stored = last.size - Position(pending.count)
    for position in tail.positions(of: id) where position > stored {
      try show(pending[Int(position - stored) - 1])
    }
  }

  /// Reads the events on disk about `id`, and keeps them for a moment if they are few.
  private func read(
    _ id: NameID, onlyDefinitions: Bool, _ body: (Recorded) throws(Obstacle) -> Void
  ) throws(Obstacle) {
    let stored = last.size - Position(pending.count)
    let since = since[id] ?? 1
    var positions: [Position] = []
    if since <= tail.start {
      positions = try unlessUnreadable { () throws(LogError) in
        try histories.positions(
          of: id, since: since, onlyDefinitions: onlyDefinitions, through: tail.start)
      }
    }
    positions += tail.positions(of: id).prefix { $0 <= stored }
    let old = positions.prefix { $0 < recent.first }
    var events: [Recorded] = []
    let areFew = !onlyDefinitions && positions.count <= Self.few
    try log.forEachRecord(at: Array(old)) { (event) throws(Obstacle) in
      if areFew { events.append(event) }
      try body(event)
    }
    for position in positions[old.endIndex...] {
      guard let event = try recorded(position) else { continue }
      if areFew { events.append(event) }
      try body(event)
    }
    guard areFew else { return }
    if loaded.count == Self.names { loaded.removeAll(keepingCapacity: true) }
    loaded[id] = events
  }

  private func unlessUnreadable<R>(
    _ body: () throws(LogError) -> R
  ) throws(Obstacle) -> R {
    do throws(LogError) { return try body() } catch { throw .unreadable(error) }
  }

  // MARK: What the recorder tells

  /// Takes a decided event into account.
  func add(_ event: Recorded) throws(Obstacle) {
    for name in event.introduced {
      guard let kind = name.id.kind else { continue }
      newNames[kind, default: [:]][name.code] = name.id
      newCodes[name.id] = name.code
      since[name.id] = event.position
      counts[kind] = name.id.sequence
    }
    pending.append(event)
    last.size = event.position
    last.at = event.at
    let names = event.names
    tail.add(event.position, names)
    let chart = try chart()
    do throws(WireError) {
      // An event that is being added may not be counted twice by a chart that was just folded.
      if names.contains(.books), chart.changedAt < event.position {
        var next = chart
        currentChart = nil
        try next.evolve(event, .books, chart)
        currentChart = next
      }
      try cache.advance(event, names, currentChart ?? chart)
    } catch { throw .unreadable(error) }
  }

  /// The pending events are on disk.
  func committed(_ head: LogHead) {
    for event in pending { recent.add(event) }
    pending.removeAll(keepingCapacity: true)
    for (kind, names) in newNames {
      for (code, id) in names { ids[QualifiedCode(kind: kind, code: code)] = id }
    }
    for (id, code) in newCodes { codes[id] = code }
    newNames.removeAll(keepingCapacity: true)
    newCodes.removeAll(keepingCapacity: true)
    loaded.removeAll(keepingCapacity: true)
    last = head
    // The events are on disk: an error now would make a caller record them again. A tail that is too long is only slower.
    if let covered = try? histories.covered() { tail.drop(through: covered) }
  }

  /// The pending events will not be recorded: whoever asks next begins with what is on disk.
  func abandon() {
    tail.forget(pending.map { ($0.position, $0.names) })
    pending = []
    isStale = true
  }

  /// Forgets all that is not on disk.
  private func startAfresh() throws(LogError) {
    counted = (Turnover(), 0)
    newNames = [:]
    newCodes = [:]
    since = TwoGenerations(capacity: 1 << 16)
    forgetDocuments()
    last = try log.head()
    // What is indexed is on disk. Where no histories are stored it is all of the log, which is not read again for a batch that was abandoned.
    tail.drop(through: try histories.covered())
    try indexTail(through: last.size)
    isStale = false
  }
}

/// A code of one kind.
struct QualifiedCode: Hashable {
  var kind: NameKind
  var code: Code
}
