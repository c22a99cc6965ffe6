// Why: whoever checks a note needs no secret, and tells keys apart by a name and eight digits.

internal import Crypto
internal import Wire

/// A public key: whoever has it can check what the secret key signed.
public struct VerificationKey: Sendable, Hashable {
  /// Whose key it is; for a log, its origin.
  public let name: String
  /// What its signatures are made of.
  public let kind: NoteKey.Kind
  /// The 32 bytes of the Ed25519 key.
  public let publicKey: [UInt8]
  /// What tells keys of one name apart.
  public let id: UInt32

  /// The public key `publicKey` of `name`.
  public init(name: String, kind: NoteKey.Kind = .log, publicKey: [UInt8]) {
    self.name = name
    self.kind = kind
    self.publicKey = publicKey
    id = NoteKey.id(name, kind, publicKey)
  }

  /// The key that `text` is: `name+8 hexadecimal digits+base64`.
  public init(parsing text: String) throws(ProofError) {
    let parsed = try NoteKey.parse(Array(text.utf8)[...])
    self.init(name: parsed.name, kind: parsed.kind, publicKey: parsed.key)
    guard NoteKey.hexadecimal(id) == parsed.id else {
      throw ProofError(
        .malformed, "The digits of the key of \(name) do not fit the key.",
        remedy: "Copy the whole line again.")
    }
  }

  /// The key on one line.
  public var text: String {
    "\(name)+\(NoteKey.hexadecimal(id))+\(Base64.text([kind.rawValue] + publicKey))"
  }

  /// Whether `signature` is this key's over `message`.
  func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }

  /// Makes sure that this key signed `note`.
  /// - Throws: ``ProofError`` `.signature` when it did not.
  public func verify(_ note: SignedNote) throws(ProofError) {
    let mine = note.signatures.filter { $0.keyID == id && $0.name.isExactly(name) }
    guard let signature = mine.first else {
      let keys = note.signatures.map { NoteKey.label($0.name, $0.keyID) }.joined(separator: ", ")
      throw ProofError(
        .signature, "The note is not signed by \(NoteKey.label(name, id)), but by \(keys).",
        remedy: "Check whose key you were given.")
    }
    let isGenuine =
      switch kind {
      case .log: isValid(signature.bytes, for: Array(note.body.utf8))
      case .witness: Cosignature.isValid(signature.bytes, of: self, for: note.body)
      }
    guard mine.count == 1, isGenuine else {
      throw ProofError(
        .signature, "The signature of \(name) does not fit the text: one of them was changed.",
        remedy: "Do not rely on it; ask for the original.")
    }
  }
}
