// Why: who signs must be known by a name and a key that fit on a line, so that they can be printed on a report or in an e-mail. The
// forms are those of C2SP signed-note and of Go's sumdb tools.

internal import Crypto
internal import Wire

/// What the keys of notes have in common.
public enum NoteKey {
  /// What a key's signatures are made of: the algorithm byte of C2SP signed-note.
  public enum Kind: UInt8, Sendable, Hashable {
    /// Ed25519 over the note's body: logs sign so.
    case log = 1
    /// Ed25519 over the moment and the note's body (C2SP tlog-cosignature): witnesses sign so.
    case witness = 4
  }

  /// Whether `name` may be a key's name: not empty, without spaces, plus signs and what nobody sees.
  public static func isName(_ name: some StringProtocol) -> Bool {
    // A space is the only white space of ASCII that is printable, so that Unicode's tables need not be asked.
    !name.isEmpty && name.isPrintable
      && !name.unicodeScalars.contains {
        $0 == "+" || ($0.isASCII ? $0 == " " : $0.properties.isWhitespace)
      }
  }

  /// The first four bytes of SHA-256(name ‖ newline ‖ kind ‖ public key).
  static func id(_ name: String, _ kind: Kind, _ publicKey: [UInt8]) -> UInt32 {
    let digest = SHA256.hash(data: Array(name.utf8) + [10, kind.rawValue] + publicKey)
    return UInt32(bigEndianBytes: digest.prefix(4))
  }

  static func hexadecimal(_ id: UInt32) -> String { Hexadecimal.text(id.bigEndianBytes) }

  /// A key as people tell it from others: its name and its eight digits.
  static func label(_ name: String, _ id: UInt32) -> String { "\(name)+\(hexadecimal(id))" }

  /// Kind and 32 bytes of the key that `text` is: name+8 hexadecimal digits+base64.
  static func parse(
    _ text: ArraySlice<UInt8>
  ) throws(ProofError) -> (name: String, id: String, kind: Kind, key: [UInt8]) {
    let parts = text.between(UInt8(ascii: "+"), most: 3)
    guard parts.count == 3, parts[1].count == 8, let bytes = Base64.bytes(parts[2]),
      bytes.count == 33, let kind = Kind(rawValue: bytes[0]),
      case let name = String(decoding: parts[0], as: UTF8.self), isName(name)
    else {
      throw ProofError(
        .malformed, "That is no key.",
        remedy:
          "A key is one line: its name, + eight digits, + base64, as `diario key show` prints it.")
    }
    return (name, String(decoding: parts[1], as: UTF8.self), kind, Array(bytes[1...]))
  }
}

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
