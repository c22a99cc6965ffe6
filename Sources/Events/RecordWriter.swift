// Why: records are laid out once, into the frame that is appended; nothing is left to chance in their bytes.

internal import Ledger
internal import Wire

/// Records laid out one after the other, ready to be appended.
public struct Frame: Sendable {
  /// The records' bytes.
  public private(set) var bytes: [UInt8] = []
  /// How many records there are.
  public private(set) var count = 0

  /// An empty frame.
  public init() {}

  /// Appends the bytes `range` of the frame to `other`.
  public func copy(_ range: Range<Int>, to other: inout [UInt8]) {
    other.append(contentsOf: bytes[range])
  }

  /// Adds a record as it stands elsewhere, byte for byte.
  public mutating func append(_ record: borrowing RecordView) {
    bytes.append(contentsOf: record.bytes)
    count += 1
  }

  /// Lays out one more record. Each length is a multiple of 8, and the padding is zero.
  public mutating func append(_ record: borrowing Recorded) {
    let start = bytes.count
    precondition(
      record.moves.count <= RecordLayout.mostEntries
        && record.mentions.count <= RecordLayout.mostEntries
        && record.introduced.count <= RecordLayout.mostEntries
        && record.key.utf8.count <= RecordLayout.longestKey,
      "decisions refuse what a record has no room for")
    bytes.append(littleEndian: UInt32(0))
    bytes.append(littleEndian: record.kind)
    bytes.append(RecordLayout.version)
    bytes.append(record.flags.rawValue)
    bytes.append(littleEndian: record.position)
    bytes.append(littleEndian: record.at.microseconds)
    bytes.append(littleEndian: record.on.number)
    bytes.append(littleEndian: UInt16(record.moves.count))
    bytes.append(littleEndian: UInt16(record.mentions.count))
    bytes.append(littleEndian: record.because)
    bytes.append(littleEndian: record.by.raw)
    bytes.append(littleEndian: UInt16(record.introduced.count))
    bytes.append(
      littleEndian: UInt16(
        record.key.isEmpty ? 0 : ContentDigest.byteCount + record.key.utf8.count))
    bytes.append(littleEndian: UInt32(record.body.count))
    bytes.append(littleEndian: record.bodyVersion)
    bytes.append(littleEndian: UInt16(0))
    for move in record.moves {
      bytes.append(littleEndian: move.amount)
      bytes.append(littleEndian: move.value)
      bytes.append(littleEndian: move.commodity.raw)
      bytes.append(littleEndian: move.from.account.raw)
      bytes.append(littleEndian: move.from.subject.raw)
      bytes.append(littleEndian: move.to.account.raw)
      bytes.append(littleEndian: move.to.subject.raw)
      bytes.append(littleEndian: move.on.number)
    }
    for mention in record.mentions { bytes.append(littleEndian: mention.raw) }
    for name in record.introduced {
      bytes.append(littleEndian: name.id.raw)
      bytes.append(UInt8(name.code.text.utf8.count))
      bytes.append(contentsOf: name.code.text.utf8)
    }
    if !record.key.isEmpty {
      bytes.append(littleEndian: record.digest.words.0)
      bytes.append(littleEndian: record.digest.words.1)
      bytes.append(contentsOf: record.key.utf8)
    }
    bytes.append(contentsOf: record.body)
    while (bytes.count - start) % 8 != 0 { bytes.append(0) }
    bytes.store(littleEndian: UInt32(bytes.count - start), at: start)
    count += 1
  }
}

extension Recorded {
  /// Bytes of the record as it is laid out.
  public var length: Int {
    let keyed = key.isEmpty ? 0 : ContentDigest.byteCount + key.utf8.count
    let names = introduced.reduce(0) { $0 + 5 + $1.code.text.utf8.count }
    let bytes =
      RecordLayout.header + moves.count * Move.byteCount + mentions.count * 4 + names
      + keyed + body.count
    return (bytes + 7) / 8 * 8
  }
}
