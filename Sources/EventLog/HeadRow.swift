// Why: one row says how far the log goes. It is written in the same transaction as the records, so it is right or the
// records are not there.

internal import Events
internal import LMDB
internal import Ledger
internal import Proofs
internal import Wire

/// The row of the `head` table (docs/FORMAT.md, "head").
package struct HeadRow {
  var identity: [UInt8]
  var tree: MerkleTree
  var at: Instant
  var root: MerkleHash

  init(identity: [UInt8], tree: MerkleTree, at: Instant) {
    self.identity = identity
    self.tree = tree
    self.at = at
    root = tree.root
  }

  var head: LogHead { LogHead(size: tree.size, root: root, at: at) }

  private static let key = "head"

  /// The row's bytes: version u32, reserved u32, identity 16, size u64, at i64, root 32, peaks 32 each.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: LMDBLog.formatVersion)
    bytes.append(littleEndian: UInt32(0))
    bytes += identity
    bytes.append(littleEndian: tree.size)
    bytes.append(littleEndian: at.microseconds)
    root.append(to: &bytes)
    for peak in tree.peaks { peak.append(to: &bytes) }
    return bytes
  }

  package init(_ span: RawSpan) throws(LogError) {
    guard span.byteCount >= 8 else { throw LogError.damaged("The head of the log") }
    let version = span.load(0, as: UInt32.self)
    guard version <= LMDBLog.formatVersion else {
      throw LogError(
        .newerFormat,
        "These books are of format \(version); this program knows up to \(LMDBLog.formatVersion).",
        remedy: "Use a newer program.")
    }
    guard span.byteCount >= 72, (span.byteCount - 72) % MerkleHash.byteCount == 0 else {
      throw LogError.damaged("The head of the log")
    }
    identity = span.bytes(8..<24)
    at = Instant(microseconds: span.load(32, as: Int64.self))
    root = MerkleHash(span, at: 40)
    let peaks = stride(from: 72, to: span.byteCount, by: MerkleHash.byteCount).map {
      MerkleHash(span, at: $0)
    }
    guard let tree = MerkleTree(size: span.load(24, as: UInt64.self), peaks: peaks),
      span.load(4, as: UInt32.self) == 0
    else { throw LogError.damaged("The head of the log") }
    self.tree = tree
  }

  static func read(
    _ txn: borrowing some Transaction & ~Copyable, _ tables: LogTables
  ) throws(LogError) -> HeadRow? {
    let span: RawSpan?
    do throws(StoreError) { span = try txn.get(key, in: tables.head) } catch {
      throw LogError(store: error)
    }
    guard let span else { return nil }
    return try HeadRow(span)
  }

  func write(_ txn: inout WriteTransaction, _ tables: LogTables) throws(LogError) {
    do throws(StoreError) { try txn.put(Self.key, bytes.raw, in: tables.head) } catch {
      throw LogError(store: error)
    }
  }
}
