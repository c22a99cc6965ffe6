// Why: values are put together inside LMDB's page. These are the ways to do so that need no `unsafe` from the caller.

extension OutputRawSpan {
  /// Adds a copy of `bytes`. There must be room for all of them.
  @_lifetime(self: copy self)
  public mutating func append(copying bytes: RawSpan) {
    precondition(bytes.byteCount <= freeCapacity, "more bytes than were reserved")
    // OutputRawSpan: the buffer is its whole capacity, and `initialized` of its bytes are in use.
    unsafe bytes.withUnsafeBytes { source in
      guard let from = source.baseAddress else { return }
      unsafe withUnsafeMutableBytes { buffer, initialized in
        guard let start = buffer.baseAddress else { return }
        unsafe start.advanced(by: initialized).copyMemory(from: from, byteCount: source.count)
        initialized += source.count
      }
    }
  }

  /// Adds a copy of `bytes`. There must be room for all of them.
  @_lifetime(self: copy self)
  public mutating func append(copying bytes: [UInt8]) {
    bytes.withBytes { append(copying: $0) }
  }

  /// Adds `number`, its lowest byte first. There must be room for it.
  @_lifetime(self: copy self)
  @inlinable
  public mutating func append<N: FixedWidthInteger & BitwiseCopyable>(littleEndian number: N) {
    unsafe append(number.littleEndian, as: N.self)  // a number has no padding
  }
}
