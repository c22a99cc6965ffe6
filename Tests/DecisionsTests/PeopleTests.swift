// Payslips worked out by a scheme, days away, shifts, tasks and what is laid to projects, by hand.

import Events
import Testing
import Wire

@Suite struct `People and projects` {
  let scheme =
    shop + [
      "{'event':'employee.revised','on':'2026-01-01','employee':'E-7','monthlyGross':'3000.00','withholding':'10'}",
      "{'event':'payrollScheme.defined','on':'2026-01-01','scheme':'X','name':'Example','items':[{'item':'A','name':'pension','kind':'employee','percent':'5'},{'item':'B','name':'pension','kind':'employer','percent':'20'},{'item':'C','name':'canteen','kind':'deduction','amount':'30.00'}]}",
    ]

  func run(_ rest: String = "", code: String = "R", through: String = "2026-02-28") -> String {
    "{'event':'payroll.run','on':'\(through)','run':'\(code)','from':'\(through.prefix(8))01','through':'\(through)','scheme':'X','payslips':[{'employee':'E-7'\(rest)}]}"
  }

  @Test func `a payslip needs only the employee`() throws {
    // 3000.00; 5 % = 150.00; IRPF 10 % = 300.00; canteen 30.00; the company's 20 % = 600.00.
    let run = try Given(scheme).when(run())
    try run.then(
      "2520.00 EUR = 2520.00: 2400/E-7 > 6000/E-7", "300.00 EUR = 300.00: 2300 > 6000/E-7",
      "150.00 EUR = 150.00: 2350 > 6000/E-7", "30.00 EUR = 30.00: 2500/E-7 > 6000/E-7",
      "600.00 EUR = 600.00: 2350 > 6050/E-7")
    let slip = try run.stored(PayrollRun.self).payslips[0]
    #expect(slip.items.map(\.text) == ["wage"])
    #expect(slip.deductions.map(\.text) == ["pension", "withholding 10 %", "canteen"])
    #expect(slip.contributionBase == "3000.00" && slip.paidDays == 30 && slip.unpaidDays == 0)
  }

  @Test func `what is given is left as it is, the rest is worked out`() throws {
    // Overtime 100.00 on top: 3100.00; 5 % = 155.00; withheld as given; 30.00 for the canteen; 20 % = 620.00.
    try Given(scheme).when(
      run(",'items':[{'text':'overtime','amount':'100.00'}],'withholding':'1.00'")
    ).then(
      "2914.00 EUR = 2914.00: 2400/E-7 > 6000/E-7", "1.00 EUR = 1.00: 2300 > 6000/E-7",
      "155.00 EUR = 155.00: 2350 > 6000/E-7", "30.00 EUR = 30.00: 2500/E-7 > 6000/E-7",
      "620.00 EUR = 620.00: 2350 > 6050/E-7")
  }

  @Test func `an extra payment is earned day by day over its period`() throws {
    // Half a year has 180 days of 30 a month. Hired on 16 April: 15 + 30 + 30 = 75: 3000.00 × 75 ÷ 180 = 1250.00; IRPF 10 %.
    // Three days of strike in May: 72: 1200.00.
    let hired =
      scheme + [
        "{'event':'employee.hired','on':'2026-04-16','employee':'E-9','name':'Eva','monthlyGross':'3000.00','withholding':'10'}"
      ]
    let extra =
      "{'event':'payroll.run','on':'2026-06-20','run':'X-1','from':'2026-01-01','through':'2026-06-30','scheme':'X','extraPayment':true,'payslips':[{'employee':'E-9'}]}"
    try Given(hired).when(extra).then(
      "1125.00 EUR = 1125.00: 2400/E-9 > 6000/E-9", "125.00 EUR = 125.00: 2300 > 6000/E-9")
    try Given(
      hired + [
        "{'event':'absence.recorded','on':'2026-05-04','employee':'E-9','from':'2026-05-04','through':'2026-05-06','reason':'strike'}"
      ]
    ).when(extra).then(
      "1080.00 EUR = 1080.00: 2400/E-9 > 6000/E-9", "120.00 EUR = 120.00: 2300 > 6000/E-9")
    // Who was here all the time gets one wage.
    try Given(scheme).when(extra.replacing("E-9", with: "E-7")).then(
      "2700.00 EUR = 2700.00: 2400/E-7 > 6000/E-7", "300.00 EUR = 300.00: 2300 > 6000/E-7")
  }

  @Test func `a correction moves the difference only`() throws {
    // Three unpaid days: 27 ÷ 30: 2700.00; 135.00; 270.00; 540.00. The canteen stays.
    let given = try Given(
      scheme + [
        run(),
        "{'event':'absence.recorded','on':'2026-03-01','employee':'E-7','from':'2026-02-02','through':'2026-02-04','reason':'strike'}",
      ])
    let correct =
      "{'event':'payroll.corrected','on':'2026-03-01','run':'R','payslip':{'employee':'E-7'},'reason':'strike'}"
    try given.when(correct).then(
      "255.00 EUR = 255.00: 6000/E-7 > 2400/E-7", "30.00 EUR = 30.00: 6000/E-7 > 2300",
      "15.00 EUR = 15.00: 6000/E-7 > 2350", "60.00 EUR = 60.00: 6050/E-7 > 2350")
    try given.when(correct).refused("payroll.unchanged")
    try given.when(correct.replacing("2026-03-01", with: "2026-02-27")).refused("payroll.early")
    try given.when(correct.replacing("E-7", with: "E-9")).refused("payroll.noPayslip")
    try given.when("{'event':'payroll.paid','on':'2026-03-01','run':'R','account':'1000'}")
      .then("2265.00 EUR = 2265.00: 1000 > 2400/E-7")
    try given.check()
  }

  @Test(arguments: [
    ("'items':[{'item':'A','name':'a','kind':'employee'}]", "scheme.item"),
    (
      "'items':[{'item':'A','name':'a','kind':'employee','percent':'1'},{'item':'A','name':'b','kind':'employer','percent':'1'}]",
      "lines.duplicate"
    ),
    ("'items':[{'item':'A','name':'a','kind':'employee','percent':'-1'}]", "scheme.negative"),
    ("'items':[],'extraPayments':13", "scheme.extraPayments"),
    ("'items':[],'maximumBase':'1','minimumBase':'2'", "scheme.base"),
  ]) func `a scheme that cannot be is refused`(rest: String, refusal: String) throws {
    try Given(shop).when(
      "{'event':'payrollScheme.defined','on':'2026-01-01','scheme':'Y','name':'y',\(rest)}"
    ).refused(refusal)
  }

  @Test func `a payslip without a wage or without rules is refused`() throws {
    let given = try Given(shop)
    try given.when(run()).refused("payrollScheme.unknown")
    try given.and([
      "{'event':'payrollScheme.defined','on':'2026-03-01','scheme':'X','name':'x','items':[]}"
    ])
    try given.when(run()).refused("scheme.notYet")
    try given.when(run(through: "2026-03-31")).refused("payslip.wage")
  }

  @Test func `nobody is away twice, works while away, or in two places at once`() throws {
    func away(_ from: String, _ through: String) -> String {
      "{'event':'absence.recorded','on':'2026-02-01','employee':'E-7','from':'\(from)','through':'\(through)','reason':'holiday'}"
    }
    func shift(_ on: String, _ start: String, _ minutes: Int) -> String {
      "{'event':'shift.scheduled','on':'\(on)','employee':'E-7','start':'\(start)','minutes':\(minutes)}"
    }
    let given = try Given(
      shop + [away("2026-02-10", "2026-02-12"), shift("2026-02-09", "09:00", 240)])
    try given.when(away("2026-02-12", "2026-02-13")).refused("absence.overlap")
    try given.when(away("2026-02-14", "2026-02-13")).refused("absence.period")
    try given.when(away("2025-12-31", "2026-01-01")).refused("absence.notEmployed")
    try given.when(shift("2026-02-11", "09:00", 60)).refused("shift.absent")
    try given.when(shift("2026-02-09", "12:59", 60)).refused("shift.overlap")
    try given.when(shift("2026-02-09", "23:00", 61)).refused("shift.invalid")
    try given.and([shift("2026-02-09", "13:00", 60)])
  }

  @Test func `a day has 1440 minutes, and none of them on unpaid leave`() throws {
    func time(_ minutes: Int, _ on: String = "2026-02-03") -> String {
      "{'event':'time.recorded','on':'\(on)','employee':'E-7','minutes':\(minutes)}"
    }
    func away(_ from: String, _ through: String, _ reason: String) -> String {
      "{'event':'absence.recorded','on':'2026-02-01','employee':'E-7','from':'\(from)','through':'\(through)','reason':'\(reason)'}"
    }
    let given = try Given(shop + [time(480), away("2026-02-09", "2026-02-10", "unpaidLeave")])
    try given.when(time(961)).refused("time.exceeded")
    try given.and([time(960)])
    try given.when(time(60, "2026-02-10")).refused("time.absent")
    try given.when(away("2026-02-02", "2026-02-04", "unpaidLeave")).refused("absence.worked")
    // Who falls ill in the afternoon has worked in the morning.
    try given.and([away("2026-02-03", "2026-02-04", "sickness"), time(60, "2026-02-11")])
  }

  @Test func `a review is by somebody else, and says something`() throws {
    func review(_ rest: String) -> String {
      "{'event':'review.recorded','on':'2026-02-01','employee':'E-7',\(rest)}"
    }
    let given = try Given(shop)
    try given.when(review("'reviewer':'E-7','text':'good'")).refused("review.self")
    try given.when(review("'rating':6,'text':'good'")).refused("review.rating")
    try given.when(review("'text':' '")).refused("text.empty")
    try given.when(review("'rating':5,'text':'good'")).then().mentions("E-7")
  }

  @Test func `a task takes hours of its own project while it is open`() throws {
    func time(_ on: String, _ rest: String) -> String {
      "{'event':'time.recorded','on':'\(on)','employee':'E-7','minutes':60,\(rest)}"
    }
    let given = try Given(
      shop + [
        "{'event':'project.opened','on':'2026-01-01','project':'PR-2','name':'Door'}",
        "{'event':'task.opened','on':'2026-01-01','task':'T','project':'PR-1','name':'Plan'}",
      ])
    try given.when(time("2026-01-02", "'task':'T'")).then("60 PR-1 = 0.00: 9410/PR-1 > 9400/E-7")
      .mentions("E-7", "PR-1", "T")
    try given.when(time("2026-01-02", "'task':'T','project':'PR-2'")).refused("task.project")
    try given.and([
      "{'event':'task.closed','on':'2026-01-31','task':'T'}",
      "{'event':'project.closed','on':'2026-01-31','project':'PR-2'}",
    ])
    try given.when(time("2026-02-01", "'task':'T'")).refused("task.closed")
    try given.when(time("2026-02-01", "'project':'PR-2'")).refused("project.closed")
    try given.when("{'event':'task.closed','on':'2026-02-01','task':'T'}").refused("task.closed")
    try given.when("{'event':'project.revised','on':'2026-02-01','project':'PR-1','minutes':-1}")
      .refused("project.plan")
  }

  @Test func `no more of a document is laid to projects than it says`() throws {
    func charge(_ amount: String, _ rest: String = "'invoice':'F-1'") -> String {
      "{'event':'project.charged','on':'2026-02-01','project':'PR-1','side':'benefit','amount':'\(amount)',\(rest)}"
    }
    let given = try Given(
      shop + [
        "{'event':'invoice.issued','on':'2026-01-10','invoice':'F-1','customer':'C-17','currency':'EUR','lines':[{'text':'a','quantity':'1','price':'100.00','tax':'IVA21'}]}",
        "{'event':'bill.received','on':'2026-01-10','bill':'B-1','supplier':'S-3','currency':'EUR','lines':[{'text':'b','account':'6230','quantity':'1','price':'50.00','tax':'SOP21'}]}",
        "{'event':'task.opened','on':'2026-01-01','task':'T','project':'PR-1','name':'Plan'}",
        "{'event':'project.opened','on':'2026-01-01','project':'PR-2','name':'Door'}",
      ])
    try given.and([charge("60.00")])
    try given.when(charge("40.01")).refused("charge.exceeded")
    try given.when(charge("-60.01")).refused("charge.exceeded")
    try given.and([charge("40.00"), charge("-100.00")])
    try given.when(charge("1.00", "'bill':'B-1'")).refused("charge.side")
    try given.when(charge("1.00").replacing("benefit", with: "cost")).refused("charge.side")
    try given.when(charge("50.01", "'bill':'B-1'").replacing("benefit", with: "cost"))
      .refused("charge.exceeded")
    try given.when(charge("1.00", "'bill':'B-1','invoice':'F-1'")).refused("charge.document")
    try given.when(charge("0")).refused("charge.zero")
    // Half of F-1 and 20.00 of B-1 are credited: 50.00 and 30.00 are left of them.
    try given.and([
      "{'event':'invoice.corrected','on':'2026-02-02','correction':'A-1','invoice':'F-1','lines':[{'text':'a','quantity':'0.5'}]}",
      "{'event':'bill.corrected','on':'2026-02-02','correction':'C-1','bill':'B-1','lines':[{'account':'6230','quantity':'1','price':'20.00'}]}",
    ])
    try given.when(charge("50.01")).refused("charge.exceeded")
    try given.when(charge("30.01", "'bill':'B-1'").replacing("benefit", with: "cost"))
      .refused("charge.exceeded")
    try given.and([
      charge("50.00"), charge("30.00", "'bill':'B-1'").replacing("benefit", with: "cost"),
    ])
    try given.when(
      "{'event':'project.charged','on':'2026-02-01','project':'PR-2','task':'T','side':'cost','amount':'1'}"
    ).refused("task.project")
  }
}
