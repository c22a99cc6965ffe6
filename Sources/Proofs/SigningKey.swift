// Why: who signs keeps 32 bytes in a file, on one line that no other program takes for a public key.

internal import Crypto

/// A secret key.
public struct SigningKey: Sendable {
  /// Whose key it is; for a log, its origin.
  public let name: String
  /// What its signatures are made of.
  public let kind: NoteKey.Kind
  /// What the line of every secret key begins with.
  public static let prefix = "PRIVATE+KEY+"
  private let secret: [UInt8]
  private let key: Curve25519.Signing.PrivateKey

  private init(_ name: String, _ kind: NoteKey.Kind, _ secret: [UInt8]) throws(ProofError) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else {
      throw ProofError(.malformed, "That is no secret key.", remedy: "Give 32 bytes.")
    }
    self.name = name
    self.kind = kind
    self.secret = secret
    self.key = key
  }

  /// A key made of 32 random bytes, which are given from outside.
  public init(name: String, kind: NoteKey.Kind = .log, secret: [UInt8]) throws(ProofError) {
    guard NoteKey.isName(name) else {
      throw ProofError(
        .malformed, "\"\(name)\" cannot be the name of a key.",
        remedy: "Use a name without spaces, plus signs and control characters, such as "
          + "ledger.example.com/aranda.")
    }
    try self.init(name, kind, secret)
  }

  /// The key that `text` is: `PRIVATE+KEY+name+8 hexadecimal digits+base64`.
  public init(parsing text: String) throws(ProofError) {
    let bytes = Array(text.utf8)
    guard bytes.starts(with: Self.prefix.utf8) else {
      throw ProofError(
        .malformed, "That is no secret key.", remedy: "Name the file that `diario key new` made.")
    }
    let parsed = try NoteKey.parse(bytes.dropFirst(Self.prefix.utf8.count))
    try self.init(parsed.name, parsed.kind, parsed.key)
    guard NoteKey.hexadecimal(verificationKey.id) == parsed.id else {
      throw ProofError(
        .malformed, "The digits of the key of \(name) do not fit the key.",
        remedy: "Restore the file of the key.")
    }
  }

  /// The key on one line. Whoever reads it can sign.
  public var text: String {
    "\(Self.prefix)\(name)+\(NoteKey.hexadecimal(verificationKey.id))+"
      + Base64.text([kind.rawValue] + secret)
  }

  /// The public key.
  public var verificationKey: VerificationKey {
    VerificationKey(name: name, kind: kind, publicKey: Array(key.publicKey.rawRepresentation))
  }

  /// The same secret under another name: another key to all who check.
  public func named(_ name: String) throws(ProofError) -> SigningKey {
    try SigningKey(name: name, kind: kind, secret: secret)
  }

  /// `body` signed with this key.
  public func sign(_ body: String) throws(ProofError) -> SignedNote {
    SignedNote(body: body, signatures: [try signature(of: Array(body.utf8))])
  }

  /// The signature over `message`, with `before` in front of the signature's bytes.
  func signature(
    of message: [UInt8], before: [UInt8] = []
  ) throws(ProofError) -> SignedNote.Signature {
    guard let bytes = try? key.signature(for: message) else {
      throw ProofError(.signature, "The key of \(name) cannot sign.", remedy: "Make a new one.")
    }
    return SignedNote.Signature(
      name: name, keyID: verificationKey.id, bytes: before + Array(bytes))
  }
}
