// Why: books are told apart by 16 random bytes, which people see as 32 hexadecimal digits.

/// The identity of books, as bytes and as text.
public enum Identity {
  /// Bytes of an identity.
  public static let byteCount = 16

  /// `bytes` as hexadecimal digits.
  public static func text(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The bytes that `text` stands for; `nil` when it is no identity.
  public static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.compactMap(\.hexDigitValue).map { UInt8($0) }
    guard digits.count == 2 * byteCount, text.count == digits.count else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
