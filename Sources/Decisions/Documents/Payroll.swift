// Why: a payslip is made once, put right openly, and paid once; what is still owed is what is right less what was paid.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// The amounts of a payslip in smallest units.
struct PayslipAmounts: Sendable, Equatable {
  var gross: Int64 = 0
  var employeeSocialSecurity: Int64 = 0
  var withholding: Int64 = 0
  var otherDeductions: Int64 = 0
  var employerSocialSecurity: Int64 = 0
  var net: Int64 { gross - employeeSocialSecurity - withholding - otherDeductions }

  /// The amounts of `slip`; what is absent is nothing.
  init(_ slip: Payslip, decimals: Int) throws(WireError) {
    func units(_ amount: ExactDecimal?) throws(WireError) -> Int64 {
      try (amount ?? .zero).units(decimals: decimals)
    }
    gross = try units(slip.gross)
    employeeSocialSecurity = try units(slip.employeeSocialSecurity)
    withholding = try units(slip.withholding)
    otherDeductions = try units(slip.otherDeductions)
    employerSocialSecurity = try units(slip.employerSocialSecurity)
  }

  init() {}

  static func - (a: PayslipAmounts, b: PayslipAmounts) -> PayslipAmounts {
    var difference = a
    difference.gross -= b.gross
    difference.employeeSocialSecurity -= b.employeeSocialSecurity
    difference.withholding -= b.withholding
    difference.otherDeductions -= b.otherDeductions
    difference.employerSocialSecurity -= b.employerSocialSecurity
    return difference
  }
}

/// A payroll run: what is owed to whom, and who has been paid.
struct Payroll: Document {
  /// One employee's payslip as it is right now, and what was paid of it.
  struct Slip {
    var employee: NameID
    var code: Code
    var amounts: PayslipAmounts
    var paid: Int64 = 0
    /// What is still to be paid; negative when too much was.
    var owed: Int64 { amounts.net - paid }
  }
  private(set) var on = Day()
  private(set) var from = Day()
  private(set) var through = Day()
  private(set) var scheme: Code?
  private(set) var isExtraPayment = false
  /// In the order of the payslips.
  private(set) var slips: [Slip] = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let run = try event.event(PayrollRun.self) {
      on = event.on
      from = run.from
      through = run.through
      scheme = run.scheme
      isExtraPayment = run.extraPayment ?? false
      // The decision mentions the employees in the order of the payslips.
      for (employee, slip) in zip(event.mentions.filter { $0.is(.employee) }, run.payslips) {
        slips.append(
          Slip(
            employee: employee, code: slip.employee,
            amounts: try PayslipAmounts(slip, decimals: chart.decimals)))
      }
    } else if let corrected = try event.event(PayrollCorrected.self) {
      guard let i = slips.firstIndex(where: { $0.code == corrected.payslip.employee }) else {
        return
      }
      slips[i].amounts = try PayslipAmounts(corrected.payslip, decimals: chart.decimals)
    } else if try event.event(PayrollPaid.self) != nil {
      for move in event.moves {
        for (place, value) in [(move.to, move.value), (move.from, -move.value)]
        where chart.plays(.wagesPayable, place.account) {
          guard let i = slips.firstIndex(where: { $0.employee == place.subject }) else { continue }
          slips[i].paid += value
        }
      }
    }
  }
}

/// The periods for which an employee has had payslips.
struct PayslipHistory: Document {
  private(set) var periods: [(from: Day, through: Day, isExtraPayment: Bool)] = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let run = try event.event(PayrollRun.self) {
      periods.append((run.from, run.through, run.extraPayment ?? false))
    }
  }
}
