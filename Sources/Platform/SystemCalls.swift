// Why: write(2) may write less than it is asked to, or nothing because of a signal; and what the system says of a failure is a number.

internal import Glibc

/// What the system says of its numbers.
enum SystemError {
  /// The words for `number`, which is errno's.
  static func text(of number: Int32) -> String {
    // strerror(3): the text is copied at once.
    unsafe String(cString: strerror(number))
  }
}

/// Writes all of `bytes` to a descriptor; `nil`, or the number of the failure, which is errno's.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  var offset = 0
  while offset < bytes.count {
    // write(2): reads at most the bytes of the slice, which outlives the call.
    let count = unsafe bytes[offset...].withUnsafeBytes {
      unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
    }
    if count >= 0 {
      offset += count
    } else if errno != EINTR {
      return errno
    }
  }
  return nil
}
