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
