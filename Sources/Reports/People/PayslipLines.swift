// Why: what was agreed with each employee stands on the payslips; the accounts only sum them.

internal import Documents
internal import Events
internal import Ledger
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

  var deductions: Int64 { socialSecurity + withholding + otherDeductions }
  var net: Int64 { gross - deductions }
  var cost: Int64 { gross + employerSocialSecurity }
}

extension Inquiry {
  /// Every payslip up to the last day that counts, run by run, with what of it has been paid by then.
  func payslips() throws(ReportError) -> [PayslipLine] {
    var lines: [PayslipLine] = []
    for run in try names(of: .payrollRun) {
      let first = lines.count
      for event in try history(of: run) {
        let payroll = try decoding { () throws(WireError) in try event.event(PayrollRun.self) }
        if let payroll { lines += try payslips(of: payroll, run, event) }
        let payment = try decoding { () throws(WireError) in try event.event(PayrollPaid.self) }
        guard let payment else { continue }
        for i in lines.indices[first...] {
          let code = try code(lines[i].employee)
          if payment.employees.contains(code) { lines[i].paid = lines[i].net }
        }
      }
    }
    return lines
  }

  private func payslips(
    of payroll: PayrollRun, _ run: NameID, _ event: Recorded
  ) throws(ReportError) -> [PayslipLine] {
    func units(_ amount: ExactDecimal?) throws(ReportError) -> Int64 {
      try decoding { () throws(WireError) in
        try (amount ?? .zero).units(decimals: chart.decimals)
      }
    }
    var lines: [PayslipLine] = []
    // The decision mentions the employees in the order of the payslips.
    for (employee, slip) in zip(event.mentions.filter { $0.is(.employee) }, payroll.payslips) {
      var items: [(text: String, amount: Int64)] = []
      for item in slip.items { items.append((item.text, try units(item.amount))) }
      lines.append(
        PayslipLine(
          run: run, employee: employee, position: event.position, on: event.on,
          from: payroll.from, through: payroll.through, gross: try units(slip.gross),
          socialSecurity: try units(slip.employeeSocialSecurity),
          withholding: try units(slip.withholding),
          otherDeductions: try units(slip.otherDeductions),
          employerSocialSecurity: try units(slip.employerSocialSecurity), items: items))
    }
    return lines
  }
}
