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
    try checkContract(weeklyMinutes, withholding)
  }
}

extension EmployeeRevised: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.employee(employee, s)
    try checkContract(weeklyMinutes, withholding)
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

private func checkContract(_ minutes: Int64?, _ withholding: ExactDecimal?) throws(Obstacle) {
  if let minutes, !(0...10_080).contains(minutes) {
    throw .refuse(
      "employee.time", "A week of \(minutes) minutes is not possible.",
      remedy: "Give 0 to 10080 minutes a week.")
  }
  if let withholding,
    withholding.isNegative || withholding.scale > 6 || withholding.digits > 100_000_000
  {
    throw .refuse(
      "employee.withholding", "\(withholding) % cannot be withheld.",
      remedy: "Give a percent from 0 to 100, with at most 6 decimals.")
  }
}
