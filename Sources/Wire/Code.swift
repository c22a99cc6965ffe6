// Why: a code is what people call a thing (430, SO-1001, TORN-M6). Its limits are checked where it is made.

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
      } else if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
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

extension Code: CustomStringConvertible {
  /// The characters as written.
  public var description: String { text }
}

extension Code: Comparable {
  /// By Unicode order of the characters.
  public static func < (a: Code, b: Code) -> Bool { a.text < b.text }
}

extension Code: ExpressibleByStringLiteral {
  /// A literal in code or tests. One that is no code stops the program.
  public init(stringLiteral text: String) {
    do { self = try Code(text) } catch { preconditionFailure("\(text): \(error)") }
  }
}
