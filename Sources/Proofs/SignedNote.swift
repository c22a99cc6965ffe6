// Why: a checkpoint is worth something only with a signature that others can check. C2SP signed-note is the form in which public
// witnesses and Go's checksum database do it: a text, an empty line, and a line for each signature.

internal import Wire

/// A text with signatures (C2SP signed-note).
public struct SignedNote: Sendable, Hashable {
  /// A line at the end of a note.
  public struct Signature: Sendable, Hashable {
    /// The name of the key.
    public var name: String
    /// The four bytes that tell keys of one name apart.
    public var keyID: UInt32
    /// The signature itself; what it is made of depends on the key.
    public var bytes: [UInt8]

    /// A signature of the key `name`.
    public init(name: String, keyID: UInt32, bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }
  }

  /// What is signed; ends in a newline.
  public var body: String
  /// Who signed it.
  public var signatures: [Signature]

  /// The most signatures that a note may have.
  private static let mostSignatures = 100
  private static let dash = "\u{2014} "

  /// A note with `signatures`.
  public init(body: String, signatures: [Signature]) {
    self.body = body
    self.signatures = signatures
  }

  /// The note as text.
  public var text: String {
    var text = body + "\n"
    for signature in signatures {
      let bytes = signature.keyID.bigEndianBytes + signature.bytes
      text += Self.dash + signature.name + " " + Base64.text(bytes) + "\n"
    }
    return text
  }

  /// The note with no signatures but those of `keys`: what strangers added to it is left out.
  public func signed(by keys: [VerificationKey]) -> SignedNote {
    SignedNote(
      body: body,
      signatures: signatures.filter { signature in
        keys.contains { $0.id == signature.keyID && $0.name.isExactly(signature.name) }
      })
  }

  /// The note that `text` is.
  /// - Throws: ``ProofError`` `.malformed` when it is none.
  public init(parsing text: String) throws(ProofError) {
    let bytes = Array(text.utf8)
    guard bytes.allSatisfy({ $0 >= 32 || $0 == 10 }), bytes.last == 10 else {
      throw .malformed("A signed note is lines of text, each with a newline at its end.")
    }
    // The last empty line: among the signatures behind it there is none.
    var gap = bytes.count - 1
    while gap > 0, bytes[gap] != 10 || bytes[gap - 1] != 10 { gap -= 1 }
    guard gap > 0 else {
      throw .malformed("A signed note has an empty line between its text and its signatures.")
    }
    body = String(decoding: bytes[..<gap], as: UTF8.self)
    signatures = []
    for line in bytes[(gap + 1)...].dropLast().between(UInt8(ascii: "\n")) {
      signatures.append(try Self.signature(line))
    }
    guard !signatures.isEmpty, signatures.count <= Self.mostSignatures else {
      throw .malformed("A signed note has 1 to \(Self.mostSignatures) signatures.")
    }
  }

  private static func signature(_ line: ArraySlice<UInt8>) throws(ProofError) -> Signature {
    let parts = line.between(UInt8(ascii: " "))
    guard parts.count == 3, parts[0].elementsEqual("\u{2014}".utf8),
      let bytes = Base64.bytes(parts[2]), bytes.count > 4,
      case let name = String(decoding: parts[1], as: UTF8.self), NoteKey.isName(name)
    else {
      throw .malformed(
        "A signature is a line of a dash (—), a name and base64: "
          + "\"\(String(decoding: line, as: UTF8.self))\" is none.")
    }
    return Signature(
      name: name, keyID: UInt32(bigEndianBytes: bytes[0..<4]), bytes: Array(bytes[4...]))
  }
}

extension FixedWidthInteger {
  /// The bytes, the highest first.
  var bigEndianBytes: [UInt8] {
    stride(from: Self.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: self >> $0)
    }
  }

  /// The number whose bytes are `bytes`, the highest first.
  init(bigEndianBytes bytes: some Sequence<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | Self($1) }
  }
}
