// Why: a few words each, so that reports can count and decisions can tell apart.

public import Wire

/// Why an employee is away.
public enum AbsenceReason: String, Choice {
  case holiday, sickness, accident, parental, paidLeave, unpaidLeave, strike
  public init() { self = .holiday }

  /// Whether the days are paid unless somebody says otherwise.
  public var isPaid: Bool { self != .unpaidLeave && self != .strike }
}

/// What kind of contract an employee has.
public enum ContractKind: String, Choice {
  case permanent, temporary, training, casual
  public init() { self = .permanent }
}

/// What an item of a payroll scheme is.
public enum SchemeItemKind: String, Choice {
  /// Earned on top of the wage.
  case earning
  /// The employee's social security, a percent of the contribution base.
  case employee
  /// The company's own social security, a percent of the contribution base.
  case employer
  /// Another deduction.
  case deduction
  public init() { self = .earning }
}

/// Whether something is a cost of a project or a benefit.
public enum ChargeSide: String, Choice {
  case cost, benefit
  public init() { self = .cost }
}
