// Why: a code is what people call a thing (430, SO-1001, TORN-M6). Its limits are checked where it is made.
// Two codes are the same when their bytes are: a Swift String takes é in one scalar and in two for equal, the
// log's names do not, and the two must never disagree.

/// 1–64 characters that people use to name something; unique per kind of thing within the books.
public struct Code: Sendable, Hashable {
  /// The characters as written.
  public let text: String

  /// The empty code: "not given".
  public init() { text = "" }

  /// A code.
  /// - Throws: ``WireError`` `.invalidValue` when it is empty, longer than 64 characters (or 255 bytes), begins or
  ///   ends with a space, or holds control characters.
  public init(_ text: String) throws(WireError) {
    if let fault = Code.fault(in: text) {
      throw WireError(
        .invalidValue, "The code \(fault)",
        remedy: "Give 1 to 64 printable characters, such as SO-1001.")
    }
    self.text = text
  }

  private static func fault(in text: String) -> String? {
    let bytes = text.utf8.span
    if bytes.isEmpty { return "is empty." }
    // Counting characters is slow, and short texts need no counting.
    if bytes.count > 64, text.count > 64 { return "is longer than 64 characters." }
    if bytes.count > 255 { return "is longer than 255 bytes of UTF-8." }
    if bytes[0] == UInt8(ascii: " ") || bytes[bytes.count - 1] == UInt8(ascii: " ") {
      return "begins or ends with a space."
    }
    // U+0080 to U+009F are controls too; in UTF-8 they are the byte C2 and another below A0.
    var last: UInt8 = 0
    for i in bytes.indices {
      let byte = bytes[i]
      if byte < 0x20 || byte == 0x7f || (last == 0xc2 && byte < 0xa0) {
        return "holds a control character."
      }
      last = byte
    }
    return nil
  }

  /// Whether no code was given.
  public var isEmpty: Bool { text.isEmpty }
}

extension Code {
  /// Equal when written with the same bytes.
  public static func == (a: Code, b: Code) -> Bool {
    a.text == b.text && a.text.utf8.elementsEqual(b.text.utf8)
  }
  /// Hashes the characters; two spellings of the same characters may share a hash.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Code: CustomStringConvertible {
  /// The characters as written.
  public var description: String { text }
}

extension Code: Comparable {
  /// By the bytes of UTF-8, which is the order of Unicode scalars.
  public static func < (a: Code, b: Code) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}

extension Code: ExpressibleByStringLiteral {
  /// A literal in code or tests. One that is no code stops the program.
  public init(stringLiteral text: String) {
    do { self = try Code(text) } catch { preconditionFailure("\(text): \(error)") }
  }
}
