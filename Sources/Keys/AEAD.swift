// Why: personal fields and the keys that seal them are encrypted in one way.

internal import Crypto

/// Authenticated encryption as Diario uses it: AES-GCM with a random nonce before the bytes and the tag after them.
enum AEAD {
  /// How much longer sealed bytes are.
  static let overhead = 28

  static func seal(_ plain: [UInt8], _ key: SymmetricKey, _ bound: [UInt8]) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(plain, using: key, authenticating: bound)
      return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    } catch {
      preconditionFailure("a key of 256 bits seals anything: \(error)")
    }
  }

  static func open(_ sealed: [UInt8], _ key: SymmetricKey, _ bound: [UInt8]) -> [UInt8]? {
    guard sealed.count >= overhead, let box = try? AES.GCM.SealedBox(combined: sealed),
      let plain = try? AES.GCM.open(box, using: key, authenticating: bound)
    else { return nil }
    return Array(plain)
  }
}
