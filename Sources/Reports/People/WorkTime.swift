// Why: an hour costs what the month's payslip costs, shared among the hours of the month. Where the contract says how long a
// week is, hours that were recorded for nothing in particular take their share too, so that one hour written down does not
// carry a whole month. The last line takes the cent: the parts of a payslip add up to it.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Hours of one employee on one day, and what they cost.
struct WorkTime {
  var employee: NameID
  var project: NameID
  /// The task's code, or what was written.
  var task: String
  var on: Day
  var minutes: Int64
  /// In the smallest unit of the books' currency; nothing before the payslip is made.
  var cost: Int64 = 0
  /// Whether a payslip says what it cost.
  var isCosted = false
}

/// All the hours, and what of the wages belongs to none of them.
struct WorkTimes {
  var times: [WorkTime] = []
  /// Wages and social security for time that is not recorded, by employee and day of the payslip.
  var unrecorded: [(employee: NameID, on: Day, cost: Int64)] = []
}

extension Inquiry {
  /// The hours up to the last day that counts, in the order of employees and days, with their cost.
  func workTimes() throws(ReportError) -> WorkTimes {
    var result = WorkTimes()
    let slips = try payslips()
    let employees = try names(of: .employee)
    var recorded: [NameID: [WorkTime]] = [:]
    let employments = try employments(of: employees) { (employee, event) throws(ReportError) in
      let time = try decoding { () throws(WireError) in try event.event(TimeRecorded.self) }
      guard let time else { return }
      recorded[employee, default: []].append(
        WorkTime(
          employee: employee, project: event.mention(.project) ?? .none, task: time.task ?? "",
          on: event.on, minutes: time.minutes))
    }
    for (employee, _) in try sorted(employees) {
      var times = (recorded[employee] ?? []).sorted { $0.on < $1.on }
      let terms = employments[employee] ?? Employment()
      for slip in slips where slip.employee == employee {
        let rest = share(slip, terms, among: &times)
        if rest != 0 { result.unrecorded.append((employee, slip.on, rest)) }
      }
      result.times += times
    }
    return result
  }

  /// Shares a payslip's cost among the hours of its period; returns what is left for hours that are not recorded.
  private func share(
    _ slip: PayslipLine, _ employment: Employment, among times: inout [WorkTime]
  ) -> Int64 {
    let places = times.indices.filter {
      times[$0].on >= slip.from && times[$0].on <= slip.through
    }
    let recorded = places.reduce(0) { $0 + times[$1].minutes }
    let weekly = Int128(employment.terms(on: slip.through)?.weeklyMinutes ?? 0)
    // A month is the twelfth part of 52 weeks.
    let agreed =
      slip.paidDays.map { Exact.divide(weekly * 52 * Int128($0), 12 * 30) ?? 0 }
      ?? Exact.divide(weekly * Int128(slip.through - slip.from + 1), 7) ?? 0
    let whole = max(recorded, agreed)
    if whole == 0 { return slip.cost }
    var (minutes, given) = (Int64(0), Int64(0))
    for place in places {
      minutes += times[place].minutes
      let until = Exact.share(slip.cost, minutes, of: whole)
      times[place].cost += until - given
      times[place].isCosted = true
      given = until
    }
    return slip.cost - given
  }

  /// Minutes as hours with two decimals.
  func hours(_ minutes: Int64) -> Cell {
    .amount(Exact.divide(Int128(minutes) * 100, 60) ?? 0, decimals: 2)
  }
}
