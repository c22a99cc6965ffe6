// Why: to Swift, texts are equal when they mean the same to a reader: a Kelvin sign is a K, and an accent may stand beside its letter. What is
// signed, hashed or stored is bytes, so names in signatures and keys of events have one spelling.

extension StringProtocol {
  /// Whether `other` is the same text byte by byte.
  public func isExactly(_ other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}

/// A text to look up, which is the same as another one byte by byte.
public struct ExactText: Sendable, Hashable {
  private let text: String

  /// The text `text`.
  public init(_ text: String) { self.text = text }

  public static func == (a: ExactText, b: ExactText) -> Bool { a.text.isExactly(b.text) }
  /// Hashes the characters; two spellings of the same characters share a hash.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
