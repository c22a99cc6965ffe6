// Why: lists of positions are mostly small differences. LEB128, as in Protocol Buffers.

internal import Wire

extension [UInt8] {
  /// Appends an unsigned LEB128 number.
  mutating func append(varint value: UInt64) {
    var value = value
    while value >= 0x80 {
      append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    append(UInt8(truncatingIfNeeded: value))
  }
}

/// Reads LEB128 numbers one after the other.
struct VarintReader {
  private var offset: Int
  private let end: Int

  /// The numbers at `offset`, which end before `end`.
  init(_ offset: Int, end: Int) {
    self.offset = offset
    self.end = end
  }

  /// The next number.
  /// - Throws: ``SummaryError`` `.damaged` at the end.
  mutating func next(_ bytes: RawSpan) throws(SummaryError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < end, offset < bytes.byteCount, shift < 64 {
      let byte = bytes.load(offset, as: UInt8.self)
      offset += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw .damaged("a list ends in the middle of a number")
  }
}
