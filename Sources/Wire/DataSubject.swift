// Why: personal data is about somebody, and the law's questions (what do you hold, erase it) are asked person by person. Each
// has a key of its own; what is meant by "each" is said here.

/// Whom personal data is about.
public struct DataSubject: Sendable, Hashable {
  /// What the person is to the company; the numbers are those of the kinds of names.
  public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    case customer = 5
    case supplier = 6
    case employee = 7
  }
  /// What the person is to the company.
  public var kind: Kind
  /// The code, which is a pseudonym: it stays when the person is erased.
  public var code: Code

  /// A person.
  public init(_ kind: Kind, _ code: Code) {
    self.kind = kind
    self.code = code
  }

  /// The customer `code`.
  public static func customer(_ code: Code) -> DataSubject { DataSubject(.customer, code) }
  /// The supplier `code`.
  public static func supplier(_ code: Code) -> DataSubject { DataSubject(.supplier, code) }
  /// The employee `code`.
  public static func employee(_ code: Code) -> DataSubject { DataSubject(.employee, code) }
}

extension DataSubject: CustomStringConvertible {
  /// `customer C-17`.
  public var description: String { "\(kind) \(code)" }
}
