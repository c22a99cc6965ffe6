// Why: wages are a cost when they are earned and a debt until they are paid; hours are kept beside them as a
// memorandum.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension PayrollRun: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.payrollRun, run, s)
    guard from <= through else {
      throw .refuse(
        "payroll.period", "The period ends on \(through), before it begins on \(from).",
        remedy: "Give the first and the last day of the period.")
    }
    guard !payslips.isEmpty else {
      throw .refuse("lines.empty", "There are no payslips.", remedy: "Give at least one.")
    }
    let currency = try d.currency(nil, s)
    var seen: Set<NameID> = []
    for slip in payslips {
      let employee = try d.refer(.employee, slip.employee, s)
      guard seen.insert(employee).inserted else {
        throw .refuse(
          "lines.duplicate", "\(slip.employee) has two payslips.",
          remedy: "Put all of a period on one payslip.")
      }
      try checkEmployment(of: employee, slip.employee, s)
      try d.book(try slip.amounts(currency), employee, currency, s)
    }
  }

  private func checkEmployment(
    of employee: NameID, _ code: Code, _ s: any Situation
  ) throws(Obstacle) {
    let party = try s.document(Party.self, employee)
    if let hired = party.hiredOn, through < hired {
      throw .refuse(
        "employee.notYet", "\(code) was hired on \(hired), after the period.",
        remedy: "Leave out the payslip, or check the period.")
    }
    if let left = party.leftOn, from > left {
      throw .refuse(
        "employee.left", "\(code) left on \(left), before the period.",
        remedy: "Leave out the payslip, or check the period.")
    }
    if try s.document(PayslipHistory.self, employee).periods.contains(where: {
      $0.from == from && $0.through == through
    }) {
      throw .refuse(
        "payroll.duplicate", "\(code) has a payslip for \(from) to \(through) already.",
        remedy: "Leave it out; give another payment of the same month a period of its own.")
    }
  }
}

/// The amounts of a payslip in smallest units.
private struct PayslipAmounts {
  var gross: Int64
  var employeeSocialSecurity: Int64
  var withholding: Int64
  var otherDeductions: Int64
  var employerSocialSecurity: Int64
  var net: Int64 { gross - employeeSocialSecurity - withholding - otherDeductions }
}

extension Payslip {
  fileprivate func amounts(_ currency: DocumentCurrency) throws(Obstacle) -> PayslipAmounts {
    func units(_ amount: ExactDecimal, _ field: String) throws(Obstacle) -> Int64 {
      if amount.isNegative {
        throw .refuse(
          "payslip.negative", "The \(field) of \(employee) is \(amount).",
          remedy: "Give amounts of zero or more.")
      }
      return try currency.units(amount, field)
    }
    let amounts = PayslipAmounts(
      gross: try units(gross, "gross"),
      employeeSocialSecurity: try units(employeeSocialSecurity, "employeeSocialSecurity"),
      withholding: try units(withholding, "withholding"),
      otherDeductions: try units(otherDeductions ?? .zero, "otherDeductions"),
      employerSocialSecurity: try units(employerSocialSecurity, "employerSocialSecurity"))
    if amounts.net < 0 {
      throw .refuse(
        "payslip.net", "The net wage of \(employee) would be \(currency.text(amounts.net)).",
        remedy: "Deduct at most the gross wage.")
    }
    var sum: Int64 = 0
    for item in items { sum += try currency.units(item.amount, "items of \(employee)") }
    if !items.isEmpty, sum != amounts.gross {
      throw .refuse(
        "payslip.items",
        "The items of \(employee) come to \(currency.text(sum)), the gross is \(currency.text(amounts.gross)).",
        remedy: "Let the items add up to the gross wage.")
    }
    return amounts
  }
}

extension Decision {
  /// D wages, employer's social security / C what is owed to the employee, the tax office, social security and (other
  /// deductions) whoever they are kept back for.
  fileprivate mutating func book(
    _ slip: PayslipAmounts, _ employee: NameID, _ currency: DocumentCurrency, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    let wages = Place(try chart.account(.wages), employee)
    let parts: [(Int64, Place)] = [
      (slip.net, Place(try chart.account(.wagesPayable), employee)),
      (slip.withholding, Place(try chart.account(.withholdingPayable))),
      (slip.employeeSocialSecurity, Place(try chart.account(.socialSecurityPayable))),
    ]
    for (amount, from) in parts {
      move(amount, worth: amount, of: currency.id, from: from, to: wages)
    }
    if slip.otherDeductions > 0 {
      move(
        slip.otherDeductions, worth: slip.otherDeductions, of: currency.id,
        from: Place(try chart.account(.accrued), employee), to: wages)
    }
    move(
      slip.employerSocialSecurity, worth: slip.employerSocialSecurity, of: currency.id,
      from: Place(try chart.account(.socialSecurityPayable)),
      to: Place(try chart.account(.employerSocialSecurity), employee))
  }
}

extension PayrollPaid: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let known = try s.document(Payroll.self, try d.refer(.payrollRun, run, s))
    if d.on < known.on {
      throw .refuse(
        "payroll.early", "Payroll run \(run) is of \(known.on), after \(d.on).",
        remedy: "Date the payment on or after \(known.on).")
    }
    if employees.isEmpty { employees = known.net.map(\.code).filter { !known.paid.contains($0) } }
    guard !employees.isEmpty else {
      throw .refuse(
        "payroll.paid", "Everybody in payroll run \(run) has been paid.",
        remedy: "Nothing needs to be done.")
    }
    let currency = try d.currency(nil, s)
    let bank = try d.ownAccount(account, holding: currency.code, s)
    let wagesPayable = try s.chart().account(.wagesPayable)
    for (i, employee) in employees.enumerated() {
      if known.paid.contains(employee) || employees[..<i].contains(employee) {
        throw .refuse(
          "payroll.paid", "\(employee) has been paid for payroll run \(run) already.",
          remedy: "Leave \(employee) out.")
      }
      guard let owed = known.net.first(where: { $0.code == employee }) else {
        throw .refuse(
          "payroll.noPayslip", "\(employee) has no payslip in payroll run \(run).",
          remedy: "Check the employee and the run.")
      }
      d.mention(owed.employee)
      d.move(
        owed.value, worth: owed.value, of: currency.id, from: bank,
        to: Place(wagesPayable, owed.employee))
    }
  }
}

extension TimeRecorded: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let employee = try d.employee(self.employee, s)
    let project = try self.project.map { (code) throws(Obstacle) in try d.refer(.project, code, s) }
    guard (1...1440).contains(minutes) else {
      throw .refuse(
        "time.invalid", "\(minutes) minutes do not fit into a day.",
        remedy: "Give 1 to 1440 minutes; record longer work day by day.")
    }
    let chart = try s.chart()
    d.move(
      minutes, worth: 0, of: project ?? .none,
      from: Place(try chart.account(.timeOffset), project ?? .none),
      to: Place(try chart.account(.timeWorked), employee))
  }
}
