// Why: fixed layouts are read in place, and texts copied in one go. These functions are unsafe code
// outside LMDB/; they are right because every bit pattern is a valid integer, the bounds are checked first, and
// no pointer leaves its closure.

extension RawSpan {
  /// The little-endian integer at `offset`; stops the program when it does not lie inside the span.
  @inlinable @inline(__always)
  public func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: T.Type) -> T {
    precondition(offset >= 0 && offset &+ MemoryLayout<T>.size <= byteCount, "read past the end")
    return unsafe T(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: T.self))
  }

  /// A copy of the bytes `range`.
  @inlinable
  public func bytes(_ range: Range<Int>) -> [UInt8] {
    let part = extracting(range)
    return unsafe part.withUnsafeBytes { unsafe [UInt8]($0) }
  }
}

extension [UInt8] {
  /// The bytes, lent. (`Span.bytes` is unsafe only for elements with padding.)
  @inlinable
  public var raw: RawSpan {
    @_lifetime(borrow self)
    get { unsafe span.bytes }
  }

  /// Appends `value` in little-endian order.
  @inlinable @inline(__always)
  public mutating func append(littleEndian value: some FixedWidthInteger & BitwiseCopyable) {
    unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
  }

  /// Appends a copy of `span`.
  @inlinable
  public mutating func append(contentsOf span: RawSpan) {
    unsafe span.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// Appends the UTF-8 of `text`.
  @inlinable @inline(__always)
  public mutating func append(utf8 text: String) {
    var text = text
    text.withUTF8 { unsafe append(contentsOf: $0) }
  }

  /// The text whose UTF-8 the bytes `range` are; `nil` when they are not UTF-8.
  @usableFromInline func text(_ range: Range<Int>) -> String? {
    do {
      return String(copying: try UTF8Span(validating: span.extracting(range)))
    } catch { return nil }
  }

  /// Whether the bytes `range` are those of `name`.
  func hold(_ name: StaticString, at range: Range<Int>) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { name in
      unsafe withUnsafeBufferPointer { bytes in
        unsafe bytes[range].elementsEqual(name)
      }
    }
  }

  /// Lends the bytes to `body` for writing: once for many stores.
  @inlinable @inline(__always)
  public mutating func withMutableRaw(_ body: (inout MutableRawSpan) -> Void) {
    var span = mutableSpan
    var raw = unsafe span.mutableBytes
    body(&raw)
  }

  /// Overwrites the bytes at `offset` with `value` in little-endian order.
  @inlinable @inline(__always)
  public mutating func store<T: FixedWidthInteger & BitwiseCopyable>(
    littleEndian value: T, at offset: Int
  ) {
    precondition(offset >= 0 && offset &+ MemoryLayout<T>.size <= count, "write past the end")
    unsafe withUnsafeMutableBytes {
      unsafe $0.storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
    }
  }
}
