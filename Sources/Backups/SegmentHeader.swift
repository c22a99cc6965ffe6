// Why: a segment must say by itself what it is, what it continues and how it can be checked, because on the day on which it is
// needed it may be all there is. The layout is docs/FORMAT.md, section 8.

internal import EventLog
public import Events
public import Ledger
public import Proofs
internal import Wire

/// The beginning of a segment: which records follow, and the roots before and after them.
public struct SegmentHeader: Sendable, Hashable {
  /// The identity of the books: 32 hexadecimal digits.
  public var identity: String
  /// The positions of its records.
  public var positions: ClosedRange<Position>
  /// When the books learned the last of them.
  public var at: Instant
  /// When the segment was made.
  public var madeAt: Instant
  /// The tree before its records.
  public var before: MerkleTree
  /// The root with its records.
  public var root: MerkleHash
  /// The signed checkpoint of exactly these records and all before them, if there is a key.
  public var checkpoint: SignedNote?

  /// The version of the layout that this program writes.
  public static let version: UInt32 = 1
  /// What a segment's name ends in.
  public static let suffix = ".diario-backup"

  static let magic = Array("DIARIOBK".utf8)
  /// Bytes in front of the peaks.
  static let fixed = 136
  /// A signed note is shorter than this.
  private static let longestNote = 1 << 16

  /// What the segment's file is called; for people, and so that names sort as positions do.
  public var name: String {
    func padded(_ position: Position) -> String {
      let digits = String(position)
      return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }
    return "\(padded(positions.lowerBound))-\(padded(positions.upperBound))\(Self.suffix)"
  }

  private var identityBytes: [UInt8] {
    guard let bytes = Identity.bytes(identity) else {
      preconditionFailure("\(identity) is no identity: logs and headers have one")
    }
    return bytes
  }

  /// The bytes in front of the records, their SHA-256 at the end.
  public var bytes: [UInt8] {
    let note = Array((checkpoint?.text ?? "").utf8)
    var bytes = Self.magic
    bytes.append(littleEndian: Self.version)
    bytes.append(littleEndian: LMDBLog.formatVersion)
    bytes += identityBytes
    bytes.append(littleEndian: positions.lowerBound)
    bytes.append(littleEndian: positions.upperBound)
    bytes.append(littleEndian: at.microseconds)
    bytes.append(littleEndian: madeAt.microseconds)
    before.root.append(to: &bytes)
    root.append(to: &bytes)
    bytes.append(littleEndian: UInt32(note.count))
    bytes.append(littleEndian: UInt32(0))
    for peak in before.peaks { peak.append(to: &bytes) }
    bytes += note
    MerkleHash.of(bytes.raw).append(to: &bytes)
    return bytes
  }
}

extension SegmentHeader {
  /// Bytes of the whole header, as its first ``fixed`` bytes say; `nil` when they are none of a header.
  static func length(_ fixed: [UInt8]) -> Int? {
    guard fixed.count == Self.fixed, fixed.starts(with: magic) else { return nil }
    let first = fixed.raw.load(32, as: UInt64.self)
    let note = Int(fixed.raw.load(128, as: UInt32.self))
    guard first >= 1, note <= longestNote else { return nil }
    return Self.fixed + (first - 1).nonzeroBitCount * MerkleHash.byteCount + note
      + MerkleHash.byteCount
  }

  /// The header that `bytes` are.
  /// - Parameter file: what the file is called, for messages.
  init(_ bytes: [UInt8], in file: String) throws(BackupError) {
    guard Self.length(Array(bytes.prefix(Self.fixed))) == bytes.count else {
      throw .damaged(file, "is no segment of a backup, or its head was cut off")
    }
    let span = bytes.raw
    let end = bytes.count - MerkleHash.byteCount
    guard MerkleHash(span, at: end) == .of(span.extracting(0..<end)) else {
      throw .damaged(file, "has a damaged head")
    }
    let versions = (span.load(8, as: UInt32.self), span.load(12, as: UInt32.self))
    guard versions.0 <= Self.version, versions.1 <= LMDBLog.formatVersion else {
      throw BackupError(
        .newerFormat,
        "\(file) is of format \(versions.0), of books of format \(versions.1); this program knows up to \(Self.version) "
          + "and \(LMDBLog.formatVersion).", remedy: "Use a newer program.")
    }
    identity = Identity.text(span.bytes(16..<32))
    let (first, last) = (span.load(32, as: UInt64.self), span.load(40, as: UInt64.self))
    at = Instant(microseconds: span.load(48, as: Int64.self))
    madeAt = Instant(microseconds: span.load(56, as: Int64.self))
    root = MerkleHash(span, at: 96)
    let noteStart = end - Int(span.load(128, as: UInt32.self))
    let peaks = MerkleHash.list(in: span.extracting(Self.fixed..<noteStart))
    let reserved = span.load(132, as: UInt32.self)
    guard versions.0 >= 1, versions.1 >= 1, reserved == 0, first <= last, last < 1 << 63,
      let tree = MerkleTree(size: first - 1, peaks: peaks),
      tree.root == MerkleHash(span, at: 64)
    else { throw .damaged(file, "has a head whose parts do not fit together") }
    positions = first...last
    before = tree
    if noteStart < end {
      checkpoint = try Self.note(span.bytes(noteStart..<end), last, root, in: file)
    }
  }

  private static func note(
    _ bytes: [UInt8], _ size: Position, _ root: MerkleHash, in file: String
  ) throws(BackupError) -> SignedNote {
    do throws(ProofError) {
      let note = try SignedNote(parsing: String(decoding: bytes, as: UTF8.self))
      let checkpoint = try Checkpoint(note)
      if checkpoint.size == size, checkpoint.root == root { return note }
    } catch {}
    throw .damaged(file, "carries a checkpoint of something else")
  }
}
