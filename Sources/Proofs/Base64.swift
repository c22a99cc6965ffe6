// Why: notes, checkpoints and proofs are texts, and hashes stand in them in base64. A hash must have one spelling only, so the
// reader takes the canonical one (RFC 4648 §4 with §3.5) and no other.

/// Base64 of RFC 4648 §4, with padding, canonical.
public enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
    return values
  }()

  /// `bytes` as text.
  public static func text(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= 8 * UInt32(3 - group.count)
      for index in 0..<4 {
        let isPadding = index > group.count
        text.append(
          isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - 6 * index)) & 63])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that `text` stands for; `nil` when it is not their one canonical spelling.
  public static func bytes(_ text: some StringProtocol) -> [UInt8]? { bytes(Array(text.utf8)[...]) }

  /// The bytes that the ASCII text `letters` stands for; `nil` when it is not their one canonical spelling.
  public static func bytes(_ letters: ArraySlice<UInt8>) -> [UInt8]? {
    guard letters.count % 4 == 0 else { return nil }
    let padding = letters.suffix(2).count { $0 == UInt8(ascii: "=") }
    let significant = letters.dropLast(padding)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(letters.count / 4 * 3)
    var (bits, count): (UInt32, UInt32) = (0, 0)
    for letter in significant {
      let value = values[Int(letter)]
      if value == 255 { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
        bits &= (1 << count) - 1
      }
    }
    return bits == 0 && Int(count) == padding * 2 ? bytes : nil
  }
}

extension MerkleHash {
  /// The hash that stands in base64 in `text`; `nil` when it is none.
  public init?(base64 text: some StringProtocol) { self.init(base64: Array(text.utf8)[...]) }

  /// The hash that the ASCII text `letters` is in base64; `nil` when it is none.
  init?(base64 letters: ArraySlice<UInt8>) {
    guard let bytes = Base64.bytes(letters), bytes.count == MerkleHash.byteCount else { return nil }
    self.init(bytes: bytes)
  }

  /// The hash in base64.
  public var base64: String { Base64.text(bytes) }
}
