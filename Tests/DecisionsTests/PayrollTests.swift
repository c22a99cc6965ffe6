// A payroll month, its payment and the hours behind it, worked by hand.

import Events
import Testing
import Wire

@Suite struct `Payroll` {
  func run(_ payslip: String, code: String = "2026-02", from: String = "2026-02-01") -> String {
    "{'event':'payroll.run','on':'2026-02-28','run':'\(code)','from':'\(from)','through':'2026-02-28','payslips':[{'employee':'E-7',\(payslip)}]}"
  }
  let february =
    "'gross':'2000.00','items':[{'text':'base','amount':'1900'},{'text':'extra','amount':'100'}],'employeeSocialSecurity':'129.60','withholding':'240.00','otherDeductions':'10.00','employerSocialSecurity':'611.00'"

  @Test func `wages are a cost and four debts, and the company's social security another`() throws {
    // 2000.00 − 129.60 − 240.00 − 10.00 = 1620.40.
    let given = try Given(shop)
    try given.when(run(february)).then(
      "1620.40 EUR = 1620.40: 2400/E-7 > 6000/E-7", "240.00 EUR = 240.00: 2300 > 6000/E-7",
      "129.60 EUR = 129.60: 2350 > 6000/E-7", "10.00 EUR = 10.00: 2500/E-7 > 6000/E-7",
      "611.00 EUR = 611.00: 2350 > 6050/E-7"
    ).mentions("2026-02", "E-7")
    let paid = try given.when(
      "{'event':'payroll.paid','on':'2026-02-28','run':'2026-02','account':'1000'}")
    try paid.then("1620.40 EUR = 1620.40: 1000 > 2400/E-7").mentions("2026-02", "1000", "E-7")
    #expect(try paid.stored(PayrollPaid.self).employees == ["E-7"])
    try given.when("{'event':'payroll.paid','on':'2026-02-28','run':'2026-02','account':'1000'}")
      .refused("payroll.paid")
    try given.check()
  }

  @Test(arguments: [
    (
      "'gross':'100','employeeSocialSecurity':'60','withholding':'40.01','employerSocialSecurity':'0'",
      "payslip.net"
    ),
    (
      "'gross':'100','employeeSocialSecurity':'-1','withholding':'0','employerSocialSecurity':'0'",
      "payslip.negative"
    ),
    (
      "'gross':'100','items':[{'text':'base','amount':'99'}],'employeeSocialSecurity':'0','withholding':'0','employerSocialSecurity':'0'",
      "payslip.items"
    ),
  ])
  func `a payslip that cannot be is refused`(payslip: String, refusal: String) throws {
    try Given(shop).when(run(payslip)).refused(refusal)
  }

  @Test func `a payslip is for one who works here, once a period`() throws {
    let given = try Given(shop + [run(february)])
    try given.when(run(february, code: "again")).refused("payroll.duplicate")
    try given.when(run(february)).refused("payrollRun.duplicate")
    try given.and([run(february, code: "half", from: "2026-02-15")])
    try given.when(
      "{'event':'payroll.run','on':'2026-02-28','run':'old','from':'2025-12-01','through':'2025-12-31','payslips':[{'employee':'E-7',\(february)}]}"
    ).refused("employee.notYet")
    try given.and(["{'event':'employee.left','on':'2026-03-10','employee':'E-7'}"])
    try given.when(
      "{'event':'payroll.run','on':'2026-04-30','run':'late','from':'2026-04-01','through':'2026-04-30','payslips':[{'employee':'E-7',\(february)}]}"
    ).refused("employee.left")
    try given.and([
      "{'event':'payroll.run','on':'2026-03-31','run':'last','from':'2026-03-01','through':'2026-03-31','payslips':[{'employee':'E-7',\(february)}]}"
    ])
  }

  @Test(arguments: [
    ("'on':'2026-02-27','run':'2026-02','account':'1000'", "payroll.early"),
    ("'on':'2026-02-28','run':'2026-03','account':'1000'", "payrollRun.unknown"),
    ("'on':'2026-02-28','run':'2026-02','account':'1010'", "payment.currency"),
    ("'on':'2026-02-28','run':'2026-02','account':'1000','employees':['E-8']", "payroll.noPayslip"),
    (
      "'on':'2026-02-28','run':'2026-02','account':'1000','employees':['E-7','E-7']", "payroll.paid"
    ),
  ])
  func `a payment of wages that cannot be is refused`(rest: String, refusal: String) throws {
    try Given(shop + [run(february)]).when("{'event':'payroll.paid',\(rest)}").refused(refusal)
  }

  @Test func `hours are a memorandum`() throws {
    let given = try Given(shop)
    try given.when(
      "{'event':'time.recorded','on':'2026-02-17','employee':'E-7','project':'PR-1','minutes':480}"
    ).then("480 PR-1 = 0.00: 9410/PR-1 > 9400/E-7").mentions("E-7", "PR-1")
    try given.when("{'event':'time.recorded','on':'2026-02-17','employee':'E-7','minutes':30}")
      .then("30 - = 0.00: 9410 > 9400/E-7")
    try given.when("{'event':'time.recorded','on':'2026-02-17','employee':'E-7','minutes':1441}")
      .refused("time.invalid")
    try given.when("{'event':'time.recorded','on':'2025-02-17','employee':'E-7','minutes':1}")
      .refused("employee.notYet")
  }
}
