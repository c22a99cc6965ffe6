// Why: summaries lie in a directory of their own, so they may come to lie beside another log: an older copy that was put back, or
// another company's. So how far they go is said with the root of the tree there, which no other history has.

internal import EventLog
internal import Events
internal import LMDB
internal import Proofs
internal import Summaries
internal import Wire

/// How far the summaries of a name space go.
struct Coverage: Sendable, Hashable {
  /// Every complete range up to this position is stored.
  var position: Position
  /// The Merkle root over the events up to it.
  var root: MerkleHash

  /// No log is that long; whoever adds something to a position need not think of it.
  private static let most = Position(Int64.max) - 1

  /// Position u64, root.
  static let byteCount = 8 + MerkleHash.byteCount

  init(position: Position, root: MerkleHash) {
    self.position = position
    self.root = root
  }

  /// What a row says; `nil` when it is laid out otherwise, or is of more events than can be counted.
  init?(_ row: RawSpan) {
    guard row.byteCount == Self.byteCount, row.load(0, as: UInt64.self) <= Self.most else {
      return nil
    }
    position = row.load(0, as: UInt64.self)
    root = MerkleHash(row, at: 8)
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: position)
    root.append(to: &bytes)
    return bytes
  }

  /// Whether `log` begins with the events that are covered.
  func isOf(_ log: any EventLog) throws(LogError) -> Bool {
    guard position <= (try log.head().size) else { return false }
    return try log.root(at: position) == root
  }
}

extension Coverage {
  /// Whether no row says that the summaries are of another history than that of `log`. The rows must have been read before: while others
  /// record, the log is never behind.
  static func areOf(
    _ log: any EventLog, _ rows: [ViewsStore.CoverageRow]
  ) throws(SummaryError) -> Bool {
    for row in Set(rows) {
      guard case .of(let coverage) = row else { return false }
      do throws(LogError) {
        if try !coverage.isOf(log) { return false }
      } catch { throw SummaryError(log: error) }
    }
    return true
  }
}
