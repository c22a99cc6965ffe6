// Why: LMDB orders keys as bytes. Numbers are written big-endian, so that the order of the bytes is the order of
// the numbers on every machine (MDB_INTEGERKEY is not: it depends on the machine).

/// Something that can be the key of a table: 1 to 511 bytes.
public protocol TableKey: ~Escapable {
  /// Lends the bytes of the key.
  func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R
}

extension RawSpan: TableKey {
  /// Lends itself.
  @inlinable
  public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    try body(self)
  }
}

extension UInt64: TableKey {
  /// Lends its eight bytes, the highest first.
  @inlinable
  public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    let bytes: InlineArray<1, UInt64> = [bigEndian]
    return unsafe try body(bytes.span.bytes)  // no padding in a number
  }
}

extension UInt32: TableKey {
  /// Lends its four bytes, the highest first.
  @inlinable
  public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    let bytes: InlineArray<1, UInt32> = [bigEndian]
    return unsafe try body(bytes.span.bytes)  // no padding in a number
  }
}

extension String: TableKey {
  /// Lends its UTF-8.
  @inlinable
  public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    unsafe try body(utf8Span.span.bytes)  // no padding between bytes
  }
}

extension [UInt8]: TableKey {
  /// Lends its bytes.
  @inlinable
  public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    unsafe try body(span.bytes)  // no padding between bytes
  }
}

/// A key of several parts, ordered by the first, then the second …; at most 64 bytes.
///
///     let key = Key().adding(level).adding(index)
public struct Key: TableKey, Sendable {
  @usableFromInline var bytes: InlineArray<64, UInt8>
  /// Bytes used so far.
  public private(set) var count: Int

  /// The empty key.
  public init() {
    bytes = InlineArray(repeating: 0)
    count = 0
  }

  /// The key with `part` behind it. Negative numbers come before positive ones.
  public consuming func adding(_ part: some FixedWidthInteger) -> Key {
    add(part)
    return self
  }

  /// The key with the bytes of `text` behind it. Only the last part may have a varying length.
  public consuming func adding(_ text: String) -> Key {
    for byte in text.utf8 { add(byte) }
    return self
  }

  private mutating func add<Part: FixedWidthInteger>(_ part: Part) {
    let size = Part.bitWidth / 8
    precondition(count + size <= 64, "a key of several parts has at most 64 bytes")
    // With the sign bit flipped, the order of the bytes is the order of signed numbers too.
    let ordered = Part.isSigned ? part ^ Part.min : part
    for i in 0..<size {
      bytes[count + i] = UInt8(truncatingIfNeeded: ordered >> (8 * (size - 1 - i)))
    }
    count += size
  }

  /// Lends the bytes used.
  public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    unsafe try body(bytes.span.bytes.extracting(first: count))  // no padding between bytes
  }
}

extension RawSpan {
  /// Reads back a number that a key holds at `offset`, as ``Key/adding(_:)-(FixedWidthInteger)`` wrote it.
  public func keyPart<Part: FixedWidthInteger>(_ offset: Int = 0, as: Part.Type = Part.self) -> Part
  {
    var part: Part = 0
    for i in 0..<Part.bitWidth / 8 {
      let byte = unsafe unsafeLoadUnaligned(fromByteOffset: offset + i, as: UInt8.self)
      part = part << 8 | Part(truncatingIfNeeded: byte)
    }
    return Part.isSigned ? part ^ Part.min : part
  }
}
