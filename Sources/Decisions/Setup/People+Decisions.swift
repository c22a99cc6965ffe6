// Why: customers, suppliers, employees and who may do what.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension CustomerRegistered: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.customer, customer, s)
    try checkTerms(terms)
  }
}

extension CustomerRevised: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.refer(.customer, customer, s)
    try checkTerms(terms)
  }
}

extension SupplierRegistered: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.supplier, supplier, s)
    try checkTerms(terms)
  }
}

extension SupplierRevised: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.refer(.supplier, supplier, s)
    try checkTerms(terms)
  }
}

extension EmployeeHired: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.employee, employee, s)
  }
}

extension EmployeeRevised: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.employee(employee, s)
  }
}

extension EmployeeLeft: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.employee(employee, s)
  }
}

extension AccessGranted: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.referOrIntroduce(.user, user, s)
  }
}

extension AccessRevoked: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.refer(.user, user, s)
  }
}

extension Decision {
  /// An employee who worked here on the day of the event.
  mutating func employee(_ code: Code, _ s: any Situation) throws(Obstacle) -> NameID {
    let id = try refer(.employee, code, s)
    let party = try s.document(Party.self, id)
    if let hired = party.hiredOn, on < hired {
      throw .refuse(
        "employee.notYet", "\(code) was hired on \(hired), after \(on).",
        remedy: "Date it on or after \(hired).")
    }
    if let left = party.leftOn, on > left {
      throw .refuse(
        "employee.left", "\(code) left on \(left), before \(on).",
        remedy: "Date it on or before \(left).")
    }
    return id
  }
}

private func checkTerms(_ terms: Int64?) throws(Obstacle) {
  if let terms, !(0...3650).contains(terms) {
    throw .refuse(
      "terms.invalid", "Terms of \(terms) days are not possible.", remedy: "Give 0 to 3650 days.")
  }
}
