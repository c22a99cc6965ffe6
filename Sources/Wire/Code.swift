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
    let fault: String? =
      if text.isEmpty { "is empty." } else if text.count > 64 || text.utf8.count > 255 {
        "is longer than 64 characters."
      } else if text.first == " " || text.last == " " {
        "begins or ends with a space."
      } else if text.unicodeScalars.contains(where: {
        $0.value < 32 || (127..<160).contains($0.value)
      }) {
        "holds a control character."
      } else { nil }
    if let fault {
      throw WireError(
        .invalidValue, "The code \(fault)",
        remedy: "Give 1 to 64 printable characters, such as SO-1001.")
    }
    self.text = text
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
