// Why: one key for each person, so that one person can be erased.

internal import Crypto
internal import Platform
public import Wire

/// The key of one person: 256 bits, from which one key to seal with and one to make digests with are derived.
public struct SubjectKey: Sendable {
  /// Bytes of a key.
  static let byteCount = 32
  let secret: [UInt8]
  private let sealing: SymmetricKey

  /// A new key.
  public init() { self.init(Terminal.randomBytes(Self.byteCount)) }

  init(_ secret: [UInt8]) {
    self.secret = secret
    sealing = Self.derived("diario seal 1", from: secret)
  }

  private static func derived(_ purpose: String, from secret: [UInt8]) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: secret), info: Array(purpose.utf8),
      outputByteCount: byteCount)
  }

  /// AES-256-GCM: 12 random bytes of nonce, the sealed text, 16 bytes of tag.
  public func seal(
    _ text: String, in place: SealedPlace, field: Int, of subject: DataSubject
  ) -> [UInt8] {
    AEAD.seal(Array(text.utf8), sealing, place.bytes(field, subject))
  }

  /// The text that was sealed at this place.
  /// - Throws: ``KeyError`` `.unreadable` when the bytes are damaged or were sealed elsewhere.
  public func open(
    _ sealed: [UInt8], in place: SealedPlace, field: Int, of subject: DataSubject
  ) throws(KeyError) -> String {
    guard let bytes = AEAD.open(sealed, sealing, place.bytes(field, subject)),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw KeyError(
        .unreadable,
        "A personal field of \(subject) does not fit its key, its event or its field.",
        remedy:
          "Run `diario verify`: if the log is intact, keys/ is not the one it was sealed with.")
    }
    return text
  }

  /// 32 bytes that stand for `content` and that nobody without the key can compare a guess with (HMAC-SHA-256).
  public func digest(of content: [UInt8]) -> [UInt8] {
    // Whoever reads what was sealed needs no digest, and reports open thousands of texts.
    let key = Self.derived("diario digest 1", from: secret)
    return Array(HMAC<SHA256>.authenticationCode(for: content, using: key))
  }
}
