// Why: holds and erasures are about one person. A code may name a customer and a supplier; then it must be said who is meant.

public import Ledger
public import Wire

/// What a person is to the company.
public enum PersonRole: String, Choice {
  case customer, supplier, employee
  public init() { self = .customer }

  /// The same as the kind of a data subject.
  public var kind: DataSubject.Kind {
    switch self {
    case .customer: .customer
    case .supplier: .supplier
    case .employee: .employee
    }
  }

  /// The kind of the names of such people.
  public var nameKind: NameKind {
    switch self {
    case .customer: .customer
    case .supplier: .supplier
    case .employee: .employee
    }
  }

  /// What a data subject of this kind is.
  public init(_ kind: DataSubject.Kind) {
    switch kind {
    case .customer: self = .customer
    case .supplier: self = .supplier
    case .employee: self = .employee
    }
  }
}

/// An event about one person.
public protocol AboutPerson {
  /// The person's code.
  var person: Code { get set }
  /// What the person is; worked out when only one is called so.
  var role: PersonRole? { get set }
}

extension AboutPerson {
  /// Who it is; `nil` when the role is not known.
  public var subject: DataSubject? { role.map { DataSubject($0.kind, person) } }
}
