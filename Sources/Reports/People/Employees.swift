// Why: one line for each employee: the contract, the time, the cost, and how the work is judged.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Figures of each employee.
public enum Employees: Report {
  public static let name = "employees"
  public static let title = "Employees"
  public static let summary = "Contract, hours, absences, cost and review by employee"
  public static let subject = ReportSubject.optional([.employee])
  public static let takesFrom = true
  public static let chart: Table.Chart? = Table.Chart("employee", "cost")
  public static let columns = [
    Column("employee", "Employee", .code), Column("name", "Name", .text),
    Column("position", "Position", .text), Column("department", "Department", .code),
    Column("contract", "Contract", .text), Column("hired", "Hired", .day),
    Column("left", "Left", .day), Column("monthlyGross", "Month", .money),
    Column("hours", "Hours", .quantity), Column("daysAway", "Days away", .number),
    Column("unpaidDays", "Unpaid", .number), Column("gross", "Gross", .money),
    Column("employerSocialSecurity", "Employer's", .money), Column("cost", "Cost", .money),
    Column("tickets", "Answers", .number), Column("rating", "Rating", .number),
    Column("reviewed", "Reviewed", .day),
  ]
  public static let keys = ["employee"]
  public static let measures = ["hours", "daysAway", "gross", "cost"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let slips = try inquiry.payslips()
    var totals = [Int64](repeating: 0, count: 4)
    let asked = try inquiry.asked(.employee)
    var worked: [NameID: [(on: Day, minutes: Int64)]] = [:]
    let employments = try inquiry.employments(of: asked) { employee, event in
      worked[employee, default: []].append(
        (event.on, event.moves.reduce(0) { $0 + $1.amount }))
    }
    let answered = try answers(of: asked, inquiry)
    for (id, code) in try inquiry.sorted(asked) {
      let employment = employments[id] ?? Employment()
      guard let hired = employment.hiredOn else { continue }
      let last = inquiry.asOf ?? max(inquiry.ageingDay, hired)
      let first = inquiry.request.from ?? hired
      let terms = employment.terms(on: last)
      let minutes = (worked[id] ?? []).reduce(0) { $0 + ($1.on >= first ? $1.minutes : 0) }
      let answers = (answered[id] ?? []).count { $0 >= first }
      let own = slips.filter { $0.employee == id && $0.on >= first }
      let review = employment.reviews.max { $0.on < $1.on }
      let sums = [
        minutes, own.reduce(0) { $0 + $1.gross },
        own.reduce(0) { $0 + $1.employerSocialSecurity }, own.reduce(0) { $0 + $1.cost },
      ]
      for (i, sum) in sums.enumerated() { totals[i] += sum }
      let month = try terms?.monthlyGross.map { (gross) throws(ReportError) in
        try decoding { () throws(WireError) in try gross.units(decimals: inquiry.chart.decimals) }
      }
      table.add(
        table.row([
          "employee": .text(code.text), "name": .text(employment.name),
          "position": (terms?.position).map { .text($0) } ?? .empty,
          "department": (terms?.department).map { .text($0.text) } ?? .empty,
          "contract": (terms?.contract).map { .text($0.rawValue) } ?? .empty,
          "hired": .day(hired), "left": employment.leftOn.map { .day($0) } ?? .empty,
          "monthlyGross": month.map(inquiry.money) ?? .empty, "hours": inquiry.hours(minutes),
          "daysAway": .number(Int64(employment.days(from: first, through: last))),
          "unpaidDays": .number(Int64(employment.unpaidDays(from: first, through: last))),
          "gross": inquiry.money(sums[1]), "employerSocialSecurity": inquiry.money(sums[2]),
          "cost": inquiry.money(sums[3]), "tickets": .number(Int64(answers)),
          "rating": (review?.rating).map { .number($0) } ?? .empty,
          "reviewed": review.map { .day($0.on) } ?? .empty,
        ]), basis: .history(id))
    }
    table.totals = table.row([
      "employee": .text("Total"), "hours": inquiry.hours(totals[0]),
      "gross": inquiry.money(totals[1]), "employerSocialSecurity": inquiry.money(totals[2]),
      "cost": inquiry.money(totals[3]),
    ])
  }

  /// The days on which each of `employees` answered tickets.
  private static func answers(
    of employees: [NameID], _ inquiry: Inquiry
  ) throws(ReportError) -> [NameID: [Day]] {
    var days: [NameID: [Day]] = [:]
    try inquiry.forEachView(Histories.self, ofEach: employees) { (employees, view) in
      guard view.kind == TicketAnswered.kind.number, inquiry.isInTime(view) else { return }
      for employee in employees { days[employee, default: []].append(view.on) }
    }
    return days
  }
}
