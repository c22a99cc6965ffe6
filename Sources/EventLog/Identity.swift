// Why: books are told apart by 16 random bytes, which people see as 32 hexadecimal digits.

internal import Wire

/// The identity of books, as bytes and as text.
public enum Identity {
  /// Bytes of an identity.
  public static let byteCount = 16

  /// `bytes` as hexadecimal digits.
  public static func text(_ bytes: [UInt8]) -> String { Hexadecimal.text(bytes) }

  /// The bytes that `text` stands for; `nil` when it is no identity.
  public static func bytes(_ text: String) -> [UInt8]? {
    guard let bytes = Hexadecimal.bytes(text), bytes.count == byteCount else { return nil }
    return bytes
  }
}
