// Why: a payslip follows from the contract, the days away and the rules of the scheme; it is worked out where it is
// recorded, and stored in full, so that nobody has to work it out again. A month has 30 days, as Spain's social security
// counts them; each item is rounded by itself to the cent, half away from zero, and the totals are sums of items.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// What a payslip is worked out from.
struct PayslipCalculation {
  let rules: PayrollSchemeDefined
  let employment: Employment
  var from: Day
  var through: Day
  let isExtraPayment: Bool
  let decimals: Int

  /// Days of a month, for wages and social security.
  static let monthDays: Int64 = 30

  /// Completes what `slip` leaves open.
  func complete(_ slip: inout Payslip) throws(Obstacle) {
    let days = paidDays
    slip.unpaidDays = Int64(employment.unpaidDays(from: from, through: through))
    slip.paidDays = isExtraPayment ? nil : days
    let isGiven = slip.gross != nil && slip.items.isEmpty
    let hasTotal = slip.gross != nil
    if !hasTotal { try addEarnings(to: &slip, days) }
    let gross = try units(slip.gross ?? .zero)
    func sum(_ counts: (PayslipItem) -> Bool?) throws(Obstacle) -> Int64 {
      if isGiven { return gross }
      var sum: Int64 = 0
      for item in slip.items where counts(item) ?? true { try add(units(item.amount), to: &sum) }
      return sum
    }
    let base = isExtraPayment ? 0 : try contributionBase(of: try sum(\.contributes), days)
    slip.contributionBase = decimal(base)
    let deductions = slip.deductions
    slip.deductions = []
    try complete(&slip.employeeSocialSecurity, .employee, of: base, into: &slip.deductions)
    try withhold(from: try sum(\.taxed), &slip)
    if slip.otherDeductions == nil, rules.items.contains(where: { $0.kind == .deduction }) {
      try complete(
        &slip.otherDeductions, .deduction, of: isExtraPayment ? 0 : gross, into: &slip.deductions)
    }
    if !deductions.isEmpty { slip.deductions = deductions }
    let employerItems = slip.employerItems
    slip.employerItems = []
    try complete(&slip.employerSocialSecurity, .employer, of: base, into: &slip.employerItems)
    if !employerItems.isEmpty { slip.employerItems = employerItems }
  }

  /// The days of the month that are paid: 30 of a whole month, else those employed; less the unpaid ones.
  private var paidDays: Int64 {
    let employed = employment.daysEmployed(from: from, through: through)
    let unpaid = employment.unpaidDays(from: from, through: through)
    if employed == unpaid { return 0 }
    return max(0, nominalDays(employed: employed) - Int64(unpaid))
  }

  /// The days that `employed` days of the period count for: 30 for a whole month.
  private func nominalDays(employed: Int) -> Int64 {
    let isWholeMonth = from.civil.day == 1 && (through + 1).civil.day == 1
    return isWholeMonth && employed == through - from + 1
      ? Self.monthDays : min(Self.monthDays, Int64(employed))
  }

  /// What of an extra payment was earned in its period, month by month, by the days employed and not unpaid.
  private func earnedOfExtraPayment(_ wage: Int64) -> Int64 {
    var (paid, whole): (Int64, Int64) = (0, 0)
    for days in from.months(through: through) {
      var month = self
      (month.from, month.through) = (days.lowerBound, days.upperBound)
      paid += month.paidDays
      whole += month.nominalDays(employed: month.through - month.from + 1)
    }
    return Exact.share(wage, paid, of: whole)
  }

  /// The wage of the days that are paid, the scheme's earnings, and what was given besides.
  private func addEarnings(to slip: inout Payslip, _ days: Int64) throws(Obstacle) {
    guard let wage = employment.terms(on: through)?.monthlyGross else {
      throw .refuse(
        "payslip.wage", "\(slip.employee) has no monthly wage on \(through).",
        remedy: "Record it with employee.revised, or give the gross wage.")
    }
    let month = try units(wage)
    let paid =
      isExtraPayment
      ? earnedOfExtraPayment(month) : Exact.share(month, days, of: Self.monthDays)
    var items = [item(isExtraPayment ? "extra payment" : "wage", paid)]
    for rule in rules.items where rule.kind == .earning && !isExtraPayment {
      var earned = item(
        rule.name, try amount(of: rule, paid, part: days), code: rule.item)
      earned.contributes = rule.contributes
      earned.taxed = rule.taxed
      items.append(earned)
    }
    slip.items = items + slip.items
    var gross: Int64 = 0
    for item in slip.items { try add(units(item.amount), to: &gross) }
    slip.gross = decimal(gross)
  }

  /// What was earned, with the month's share of the extra payments, between the least and the most for the days paid.
  private func contributionBase(of earned: Int64, _ days: Int64) throws(Obstacle) -> Int64 {
    var base = earned
    if let extras = rules.extraPayments, let wage = employment.terms(on: through)?.monthlyGross {
      let share = Int128(try units(wage)) * Int128(extras) * Int128(days)
      try add(Exact.divide(share, 12 * Int128(Self.monthDays)) ?? 0, to: &base)
    }
    if let least = rules.minimumBase {
      base = max(base, Exact.share(try units(least), days, of: Self.monthDays))
    }
    if let most = rules.maximumBase {
      base = min(base, Exact.share(try units(most), days, of: Self.monthDays))
    }
    return base
  }

  private func withhold(from taxed: Int64, _ slip: inout Payslip) throws(Obstacle) {
    let percent = employment.terms(on: through)?.withholding ?? .zero
    if slip.withholding == nil {
      slip.withholding = decimal(try share(taxed, percent))
    }
    let withheld = try units(slip.withholding ?? .zero)
    if withheld != 0 { slip.deductions.append(item("withholding \(percent) %", withheld)) }
  }

  /// Fills in a total as the sum of its items, unless it is given; then it has no items.
  private func complete(
    _ total: inout ExactDecimal?, _ kind: SchemeItemKind, of base: Int64,
    into items: inout [PayslipItem]
  ) throws(Obstacle) {
    guard total == nil else { return }
    var sum: Int64 = 0
    for rule in rules.items where rule.kind == kind {
      let part = try amount(of: rule, base, part: Self.monthDays)
      if part == 0 { continue }
      try add(part, to: &sum)
      items.append(item(rule.name, part, code: rule.item))
    }
    total = decimal(sum)
  }

  private func amount(of rule: SchemeItem, _ base: Int64, part: Int64) throws(Obstacle) -> Int64 {
    if let fixed = rule.amount {
      return base == 0 ? 0 : Exact.share(try units(fixed), part, of: Self.monthDays)
    }
    return try share(base, rule.percent ?? .zero)
  }

  private func share(_ base: Int64, _ percent: ExactDecimal) throws(Obstacle) -> Int64 {
    try refusing("percent") { () throws(WireError) in
      try Exact.product(decimal(base), "1", percent, percentWithDecimals: decimals)
    }
  }

  private func item(_ text: String, _ amount: Int64, code: Code? = nil) -> PayslipItem {
    var item = PayslipItem()
    item.text = text
    item.amount = decimal(amount)
    item.item = code
    return item
  }

  private func decimal(_ units: Int64) -> ExactDecimal {
    ExactDecimal(digits: units, scale: decimals)
  }

  private func units(_ amount: ExactDecimal) throws(Obstacle) -> Int64 {
    try refusing("amount") { () throws(WireError) in
      try Exact.bounded(try amount.units(decimals: decimals), decimals: decimals)
    }
  }

  private func add(_ part: Int64, to sum: inout Int64) throws(Obstacle) {
    try refusing("payslip") { () throws(WireError) in try Exact.add(part, to: &sum) }
  }
}
