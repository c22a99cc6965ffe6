// Why: hours are kept twice, as moves and as what was written; and what a payslip costs must be found again, to the cent, among
// the hours that it is shared among.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

extension Identities {
  /// Hours by employee and project = the account of time; the cost of hours, and of time not recorded = the payslips.
  mutating func checkTime() throws(ReportError) {
    let work = try inquiry.workTimes()
    let accounts = inquiry.accounts(.timeWorked)
    if accounts.isEmpty { return }
    var moved: Int64 = 0
    for account in accounts {
      moved += try inquiry.tally(PayrollRegister.self, .account(account.id)).reduce(0) {
        $0 + $1.sums.amount
      }
    }
    let unit = (0..<inquiry.chart.decimals).reduce(Int64(1)) { unit, _ in unit * 10 }
    let codes = accounts.map(\.code.text).joined(separator: ", ")
    let basis = Basis.moves(accounts.map { .account($0.id) })
    expect(
      "minutes by project and task = account \(codes)",
      work.times.reduce(0) { $0 + $1.minutes } * unit, moved * unit, basis)
    expect(
      "cost of hours and of time not recorded = payslips",
      work.times.reduce(0) { $0 + $1.cost } + work.unrecorded.reduce(0) { $0 + $1.cost },
      try inquiry.payslips().reduce(0) { $0 + $1.cost }, basis)
  }
}
