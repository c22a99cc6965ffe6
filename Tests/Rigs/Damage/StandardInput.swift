// Why: a line that has been read is gone for the child that goes on after a crash. So nothing is read ahead.

internal import Glibc

/// The rig's damages.
enum StandardInput {
  /// The next line, without its line feed; nil at the end.
  static func line() -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    // read(2): one byte into a place for one.
    while unsafe read(STDIN_FILENO, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return nil
  }
}
