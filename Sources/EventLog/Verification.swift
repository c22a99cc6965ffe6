// Why: an auditor trusts what has been checked. Everything in a log follows from its records: their bytes give the leaves,
// the leaves give the root, and the records bring the names and the keys. So one walk over the records checks it all.

internal import Events
internal import LMDB
internal import Ledger
internal import Proofs
internal import Wire

/// What a check of a log has found.
public struct Verification: Sendable, Hashable {
  /// The state of the log that was checked.
  public var head: LogHead
  /// How many records were read and checked.
  public var records: UInt64 = 0
  /// How many names were compared with the records that bring them.
  public var names: UInt64 = 0
  /// How many idempotency keys were compared with the records that carry them.
  public var keys: UInt64 = 0
  /// What is wrong, each in a sentence with its place; empty when all is well.
  public var faults: [String] = []

  /// Whether all is well.
  public var isSound: Bool { faults.isEmpty }
}

extension EventLog {
  /// Checks every record (checksum, layout, position, rising moment), every leaf of the tree up to the root of the head, the
  /// stored tiles, and that names and keys say what the records say.
  /// - Parameters:
  ///   - isQuick: only the head, the tiles' root and the last records.
  ///   - progress: is told how many of how many records are done.
  /// - Throws: ``LogError`` when the log cannot be read at all; faults that were found are in the answer.
  public func verify(
    isQuick: Bool = false, progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws(LogError) -> Verification {
    let head = try head()
    var verifier = Verifier(Verification(head: head), isQuick: isQuick)
    let first = isQuick ? head.size - min(head.size, Verifier.quickRecords) + 1 : 1
    do throws(LogError) {
      if first <= head.size {
        try scan(first...head.size) { (record) throws(LogError) in
          try verifier.check(record, in: self)
          if record.position % 4_096 == 0 { progress(record.position, head.size) }
          return true
        }
      }
      progress(head.size, head.size)
      try verifier.finish(self)
    } catch { verifier.result.faults.append(error.message) }
    return verifier.result
  }
}

/// Walks over the records of a log.
private struct Verifier {
  /// How many of the last records a quick check reads.
  static let quickRecords: UInt64 = 1_024
  /// So many faults are told; more would not help.
  private static let mostFaults = 100

  var result: Verification
  private let isQuick: Bool
  private var tree = MerkleTree()
  private var last: Position
  private var at = Instant(microseconds: .min)
  private var counts: [NameKind: UInt32] = [:]

  init(_ result: Verification, isQuick: Bool) {
    self.result = result
    self.isQuick = isQuick
    last = isQuick ? result.head.size - min(result.head.size, Self.quickRecords) : 0
  }

  private mutating func fault(_ text: String) {
    if result.faults.count < Self.mostFaults { result.faults.append(text) }
  }

  mutating func check(
    _ record: borrowing RecordView, in log: some EventLog
  ) throws(LogError) {
    let position = record.position
    if position != last + 1 { fault("After position \(last) comes \(position).") }
    last = position
    if record.at <= at { fault("Event \(position) is not later than the one before it.") }
    at = record.at
    result.records += 1
    if !isQuick {
      tree.append(.leaf(record.bytes)) { _, _ in }
      if position % UInt64(TileLayout.width) == 0, position < result.head.size,
        try log.root(at: position) != tree.root
      {
        fault("The tiles give another root at size \(position) than the records do.")
      }
    }
    if record.introducedCount > 0 || record.hasKey {
      guard let copy = record.copy() else {
        return fault("Event \(position) brings a name that is no code, or a key that is no text.")
      }
      try check(copy, in: log)
    }
  }

  private mutating func check(_ record: Recorded, in log: some EventLog) throws(LogError) {
    for name in record.introduced {
      result.names += 1
      guard let kind = name.id.kind else {
        fault("Event \(record.position) brings a name of an unknown kind.")
        continue
      }
      if !isQuick, name.id.sequence != counts[kind, default: 0] + 1 {
        fault("Event \(record.position) brings the \(kind.label) \(name.code) out of turn.")
      }
      counts[kind] = name.id.sequence
      let known = try log.name(kind, name.code)
      let back = try log.name(name.id)
      if known?.id != name.id || known?.since != record.position || back?.code != name.code
        || back?.since != record.position
      {
        fault("The names do not have the \(kind.label) \(name.code) of event \(record.position).")
      }
    }
    guard !record.key.isEmpty else { return }
    result.keys += 1
    let used = try log.use(of: record.key)
    if used?.position != record.position || used?.digest != record.digest {
      fault("The keys do not have \"\(record.key)\" of event \(record.position).")
    }
  }

  mutating func finish(_ log: some EventLog) throws(LogError) {
    let head = result.head
    if last != head.size {
      fault("The head says \(head.size) events, but the records end at \(last).")
    }
    if result.records > 0, at != head.at {
      fault("The head says that the last event was learned at \(head.at), the event says \(at).")
    }
    if !isQuick, tree.root != head.root {
      fault("The records give the root \(tree.root), the head says \(head.root).")
    }
    if let log = log as? LMDBLog, try log.rootOfTiles(at: head.size) != head.root {
      fault("The tiles give another root than the head says.")
    }
    for kind in NameKind.allCases where !isQuick {
      let count = try log.count(of: kind)
      if count != counts[kind, default: 0] {
        fault("The names count \(count) \(kind.label)s, the records \(counts[kind, default: 0]).")
      }
    }
  }
}

extension LMDBLog {
  /// The root over the first `size` records from the stored tiles and the leaves behind the last full one, not from the head.
  func rootOfTiles(at size: Position) throws(LogError) -> MerkleHash {
    let tables = tables
    return try environment.read { (txn) throws(LogError) in
      try TreeRoots.root(size, txn, tables)
    }
  }
}
