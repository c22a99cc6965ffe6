// Why: a payslip is made once and paid once.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// A payroll run: what is owed to whom, and who has been paid.
struct Payroll: Document {
  private(set) var on = Day()
  /// The net wages, in the books' currency, in the order of the payslips.
  private(set) var net: [(employee: NameID, code: Code, value: Int64)] = []
  private(set) var paid: Set<Code> = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let run = try event.event(PayrollRun.self) {
      on = event.on
      // The decision mentions the employees in the order of the payslips.
      for (employee, slip) in zip(event.mentions.filter { $0.is(.employee) }, run.payslips) {
        let value = event.moves.reduce(0) {
          $0
            + (chart.plays(.wagesPayable, $1.from.account) && $1.from.subject == employee
              ? $1.value : 0)
        }
        net.append((employee, slip.employee, value))
      }
    } else if let payment = try event.event(PayrollPaid.self) {
      paid.formUnion(payment.employees)
    }
  }
}

/// The periods for which an employee has had payslips.
struct PayslipHistory: Document {
  private(set) var periods: [(from: Day, through: Day)] = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let run = try event.event(PayrollRun.self) { periods.append((run.from, run.through)) }
  }
}
