// Why: what was agreed with each employee stands on the payslips; the accounts only sum them.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Wire

/// One payslip, in smallest units of the books' currency.
struct PayslipLine {
  var run: NameID
  var employee: NameID
  var position: Position
  var on: Day
  var from: Day
  var through: Day
  var gross: Int64
  var socialSecurity: Int64
  var withholding: Int64
  var otherDeductions: Int64
  var employerSocialSecurity: Int64
  var paid: Int64 = 0
  var items: [(text: String, amount: Int64)]
  /// What the deductions consist of, where the payslip says so.
  var deductionItems: [(text: String, amount: Int64)] = []
  /// For how many days of a month of 30 the wage is paid, where the payslip says so.
  var paidDays: Int64?
  /// The event that put it right last; 0 for none.
  var correctedAt: Position = 0

  var deductions: Int64 { socialSecurity + withholding + otherDeductions }
  var net: Int64 { gross - deductions }
  var cost: Int64 { gross + employerSocialSecurity }
}

extension Inquiry {
  /// Every payslip up to the last day that counts, run by run, with what of it has been paid by then.
  func payslips() throws(ReportError) -> [PayslipLine] {
    var lines: [PayslipLine] = []
    let runs = try names(of: .payrollRun)
    var events: [NameID: [Recorded]] = [:]
    try forEachEvent(Histories.self, ofEach: runs, where: isInTime) {
      events[$0, default: []].append($1)
    }
    for run in runs {
      let first = lines.count
      for event in events[run] ?? [] {
        let payroll = try decoding { () throws(WireError) in try event.event(PayrollRun.self) }
        if let payroll { lines += try payslips(of: payroll, run, event) }
        let corrected = try decoding { () throws(WireError) in
          try event.event(PayrollCorrected.self)
        }
        for i in lines.indices[first...] {
          let line = lines[i]
          if let corrected, event.mention(.employee) == line.employee {
            lines[i].take(try payslip(corrected.payslip, of: line.employee))
            lines[i].correctedAt = event.position
          }
          if event.kind == PayrollPaid.kind.number { lines[i].paid += paid(event, line.employee) }
        }
      }
    }
    return lines
  }

  /// What of wages payable an event settles.
  private func paid(_ event: Recorded, _ employee: NameID) -> Int64 {
    event.moves.reduce(0) { sum, move in
      func value(_ place: Place) -> Int64 {
        place.subject == employee && chart.plays(.wagesPayable, place.account) ? move.value : 0
      }
      return sum + value(move.to) - value(move.from)
    }
  }

  private func payslips(
    of payroll: PayrollRun, _ run: NameID, _ event: Recorded
  ) throws(ReportError) -> [PayslipLine] {
    var lines: [PayslipLine] = []
    // The decision mentions the employees in the order of the payslips.
    for (employee, slip) in zip(event.mentions.filter { $0.is(.employee) }, payroll.payslips) {
      var line = try payslip(slip, of: employee)
      line.run = run
      line.position = event.position
      line.on = event.on
      line.from = payroll.from
      line.through = payroll.through
      lines.append(line)
    }
    return lines
  }

  private func payslip(
    _ slip: Payslip, of employee: NameID
  ) throws(ReportError) -> PayslipLine {
    func units(_ amount: ExactDecimal?) throws(ReportError) -> Int64 {
      try decoding { () throws(WireError) in
        try (amount ?? .zero).units(decimals: chart.decimals)
      }
    }
    func list(_ items: [PayslipItem]) throws(ReportError) -> [(text: String, amount: Int64)] {
      var list: [(text: String, amount: Int64)] = []
      for item in items { list.append((item.text, try units(item.amount))) }
      return list
    }
    return PayslipLine(
      run: .none, employee: employee, position: 0, on: Day(), from: Day(), through: Day(),
      gross: try units(slip.gross), socialSecurity: try units(slip.employeeSocialSecurity),
      withholding: try units(slip.withholding),
      otherDeductions: try units(slip.otherDeductions),
      employerSocialSecurity: try units(slip.employerSocialSecurity),
      items: try list(slip.items), deductionItems: try list(slip.deductions),
      paidDays: slip.paidDays)
  }
}

extension PayslipLine {
  /// Takes the amounts of a corrected payslip.
  fileprivate mutating func take(_ right: PayslipLine) {
    gross = right.gross
    socialSecurity = right.socialSecurity
    withholding = right.withholding
    otherDeductions = right.otherDeductions
    employerSocialSecurity = right.employerSocialSecurity
    items = right.items
    deductionItems = right.deductionItems
    paidDays = right.paidDays
  }
}
