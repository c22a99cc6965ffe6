// Why: what is sealed is bound to the place where it stands: bytes moved to another event, field, person or company do not open.

internal import Wire

/// Where a sealed text stands.
public struct SealedPlace: Sendable, Hashable {
  /// The identity of the books: 32 hexadecimal digits.
  public var books: String
  /// The moment at which the event was learned, in microseconds: no other event has it.
  public var at: Int64
  /// The number of the event's kind.
  public var kind: UInt16

  /// The event of `kind` that was learned at `at`.
  public init(books: String, at: Int64, kind: UInt16) {
    self.books = books
    self.at = at
    self.kind = kind
  }

  /// What is authenticated with a field of it.
  func bytes(_ field: Int, _ subject: DataSubject) -> [UInt8] {
    var bytes = Array("diario personal 1".utf8) + Array(books.utf8)
    bytes.append(littleEndian: at)
    bytes.append(littleEndian: kind)
    bytes.append(littleEndian: UInt32(field))
    bytes.append(subject.kind.rawValue)
    return bytes + Array(subject.code.text.utf8)
  }
}
