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
  /// The format in which the books are written.
  private let format: UInt32
  /// The lowest format that a program must know to read them; 0: theirs.
  private let readableFrom: UInt32

  init(identity: [UInt8], tree: MerkleTree, at: Instant) {
    self.identity = identity
    self.tree = tree
    self.at = at
    root = tree.root
    (format, readableFrom) = (LMDBLog.formatVersion, 0)
  }

  /// Whether its root is that of its peaks.
  var isWhole: Bool { root == tree.root }

  var head: LogHead { LogHead(size: tree.size, root: root, at: at) }

  /// Whether the books are of a format that is newer than the program.
  var isNewer: Bool { format > LMDBLog.formatVersion }

  private static let key = "head"

  /// Refuses to write to books of a newer format, which this program can only read.
  func mustBeWritable() throws(LogError) {
    guard isNewer else { return }
    throw LogError(
      .newerFormat,
      "These books are of format \(format); this program knows up to \(LMDBLog.formatVersion), and can read them but not "
        + "write to them.", remedy: "Use a newer program to record.")
  }

  /// The row's bytes: format u32, readable from format u32, identity 16, size u64, at i64, root 32, peaks 32 each.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: format)
    bytes.append(littleEndian: readableFrom)
    bytes += identity
    bytes.append(littleEndian: tree.size)
    bytes.append(littleEndian: at.microseconds)
    root.append(to: &bytes)
    for peak in tree.peaks { peak.append(to: &bytes) }
    return bytes
  }

  package init(_ span: RawSpan) throws(LogError) {
    guard span.byteCount >= 8 else { throw LogError.damaged("The head of the log") }
    format = span.load(0, as: UInt32.self)
    readableFrom = span.load(4, as: UInt32.self)
    // Older programs cannot be asked to know more than the format itself.
    guard readableFrom <= format else { throw LogError.damaged("The head of the log") }
    guard (readableFrom == 0 ? format : readableFrom) <= LMDBLog.formatVersion else {
      throw LogError(
        .newerFormat,
        "These books are of format \(format); this program knows up to \(LMDBLog.formatVersion).",
        remedy: "Use a newer program.")
    }
    guard span.byteCount >= 72, (span.byteCount - 72) % MerkleHash.byteCount == 0 else {
      throw LogError.damaged("The head of the log")
    }
    identity = span.bytes(8..<24)
    at = Instant(microseconds: span.load(32, as: Int64.self))
    root = MerkleHash(span, at: 40)
    let peaks = MerkleHash.list(in: span.extracting(72..<span.byteCount))
    guard let tree = MerkleTree(size: span.load(24, as: UInt64.self), peaks: peaks),
      format > 0, tree.size == 0 ? at <= .last : RecordBounds.moments.contains(at)
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
