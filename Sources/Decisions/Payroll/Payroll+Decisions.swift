// Why: wages are a cost when they are earned and a debt until they are paid. What was wrong is put right by moving the
// difference, on a day of its own.

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
    for i in payslips.indices {
      let employee = try d.refer(.employee, payslips[i].employee, s)
      guard seen.insert(employee).inserted else {
        throw .refuse(
          "lines.duplicate", "\(payslips[i].employee) has two payslips.",
          remedy: "Put all of a period on one payslip.")
      }
      try checkEmployment(of: employee, payslips[i].employee, s)
      if let scheme {
        try d.workOut(
          &payslips[i], scheme, from: from, through: through,
          isExtraPayment: extraPayment ?? false, s)
      }
      try d.book(try payslips[i].amounts(currency), employee, currency, s)
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
    let isExtra = extraPayment ?? false
    if try s.document(PayslipHistory.self, employee).periods.contains(where: {
      $0.from == from && $0.through == through && $0.isExtraPayment == isExtra
    }) {
      throw .refuse(
        "payroll.duplicate", "\(code) has a payslip for \(from) to \(through) already.",
        remedy:
          "Leave it out; put it right with payroll.corrected; give another payment of the same month a period of its own."
      )
    }
  }
}

extension PayrollCorrected: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let known = try s.document(Payroll.self, try d.refer(.payrollRun, run, s))
    try refuseEmpty(reason)
    if d.on < known.on {
      throw .refuse(
        "payroll.early", "Payroll run \(run) is of \(known.on), after \(d.on).",
        remedy: "Date the correction on or after \(known.on).")
    }
    guard let slip = known.slips.first(where: { $0.code == payslip.employee }) else {
      throw .refuse(
        "payroll.noPayslip", "\(payslip.employee) has no payslip in payroll run \(run).",
        remedy: "Check the employee and the run.")
    }
    d.mention(slip.employee)
    if let scheme = known.scheme {
      try d.workOut(
        &payslip, scheme, from: known.from, through: known.through,
        isExtraPayment: known.isExtraPayment, s)
    }
    let currency = try d.currency(nil, s)
    let difference = try payslip.amounts(currency) - slip.amounts
    guard difference != PayslipAmounts() else {
      throw .refuse(
        "payroll.unchanged", "The payslip of \(payslip.employee) says the same already.",
        remedy: "Nothing needs to be put right; record what has changed first.")
    }
    try d.book(difference, slip.employee, currency, s)
  }
}

extension PayrollSchemeDefined: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.referOrIntroduce(.payrollScheme, scheme, s)
    for (i, item) in items.enumerated() {
      if items[..<i].contains(where: { $0.item == item.item }) {
        throw .refuse(
          "lines.duplicate", "The item \(item.item) stands there twice.",
          remedy: "Give each item a code of its own.")
      }
      guard (item.percent == nil) != (item.amount == nil) else {
        throw .refuse(
          "scheme.item", "The item \(item.item) needs either a percent or an amount.",
          remedy: "Give one of the two.")
      }
      if item.percent?.isNegative ?? item.amount?.isNegative ?? false {
        throw .refuse(
          "scheme.negative", "The item \(item.item) is negative.",
          remedy: "Give zero or more; what is kept back is a deduction.")
      }
    }
    if let extraPayments, !(0...12).contains(extraPayments) {
      throw .refuse(
        "scheme.extraPayments", "\(extraPayments) extra payments a year are not possible.",
        remedy: "Give 0 to 12.")
    }
    if let maximumBase, let minimumBase {
      let least = try refusing("minimumBase") { () throws(WireError) in
        try maximumBase.adding(minimumBase.negated)
      }
      if least.isNegative {
        throw .refuse(
          "scheme.base", "The least base \(minimumBase) is above the most, \(maximumBase).",
          remedy: "Check the two.")
      }
    }
  }
}

extension Payslip {
  fileprivate func amounts(_ currency: DocumentCurrency) throws(Obstacle) -> PayslipAmounts {
    let fields: [(ExactDecimal?, String)] = [
      (gross, "gross"), (employeeSocialSecurity, "employeeSocialSecurity"),
      (withholding, "withholding"), (otherDeductions, "otherDeductions"),
      (employerSocialSecurity, "employerSocialSecurity"),
    ]
    for (amount, field) in fields {
      if let amount, amount.isNegative {
        throw .refuse(
          "payslip.negative", "The \(field) of \(employee) is \(amount).",
          remedy: "Give amounts of zero or more.")
      }
      _ = try currency.units(amount ?? .zero, field)
    }
    if gross == nil, !items.isEmpty {
      throw .refuse(
        "payslip.gross", "The payslip of \(employee) has no gross wage.",
        remedy: "Give the gross wage, or the scheme by which it is worked out.")
    }
    let amounts = try refusing("payslip") { () throws(WireError) in
      try PayslipAmounts(self, decimals: currency.decimals)
    }
    if amounts.net < 0 {
      throw .refuse(
        "payslip.net", "The net wage of \(employee) would be \(currency.text(amounts.net)).",
        remedy: "Deduct at most the gross wage.")
    }
    var parts: [Int64] = []
    for item in items { parts.append(try currency.units(item.amount, "items of \(employee)")) }
    let sum = try total("items of \(employee)", parts)
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
  /// Completes a payslip by the rules of `scheme` that were valid at the end of the period.
  fileprivate mutating func workOut(
    _ slip: inout Payslip, _ scheme: Code, from: Day, through: Day, isExtraPayment: Bool,
    _ s: any Situation
  ) throws(Obstacle) {
    let id = try refer(.payrollScheme, scheme, s)
    guard let rules = try s.document(PayrollScheme.self, id).rules(on: through) else {
      throw .refuse(
        "scheme.notYet", "The payroll scheme \(scheme) has no rules that are valid on \(through).",
        remedy: "Define it from an earlier day.")
    }
    let employee = try refer(.employee, slip.employee, s)
    let calculation = PayslipCalculation(
      rules: rules, employment: try s.document(Employment.self, employee), from: from,
      through: through, isExtraPayment: isExtraPayment, decimals: try s.chart().decimals)
    try calculation.complete(&slip)
  }

  /// D wages, employer's social security / C what is owed to the employee, the tax office, social security and (other
  /// deductions) whoever they are kept back for; the other way round where a correction takes something back.
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
    if slip.otherDeductions != 0 {
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
    if employees.isEmpty { employees = known.slips.filter { $0.owed > 0 }.map(\.code) }
    guard !employees.isEmpty else {
      throw .refuse(
        "payroll.paid", "Everybody in payroll run \(run) has been paid.",
        remedy: "Nothing needs to be done.")
    }
    let currency = try d.currency(nil, s)
    let bank = try d.ownAccount(account, holding: currency.code, s)
    let wagesPayable = try s.chart().account(.wagesPayable)
    for (i, employee) in employees.enumerated() {
      guard let slip = known.slips.first(where: { $0.code == employee }) else {
        throw .refuse(
          "payroll.noPayslip", "\(employee) has no payslip in payroll run \(run).",
          remedy: "Check the employee and the run.")
      }
      if slip.owed == 0 || employees[..<i].contains(employee) {
        throw .refuse(
          "payroll.paid", "\(employee) has been paid for payroll run \(run) already.",
          remedy: "Leave \(employee) out.")
      }
      d.mention(slip.employee)
      // Who was paid too much pays back: the move goes the other way.
      d.move(
        slip.owed, worth: slip.owed, of: currency.id, from: bank,
        to: Place(wagesPayable, slip.employee))
    }
  }
}
