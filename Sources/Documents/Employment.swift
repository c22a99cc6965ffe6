// Why: a payslip follows the contract as it was in its period, and the days that the employee was away; both change
// over time, and late.

package import Events
package import Ledger
package import Wire

/// An employee's contract and absences, by day.
package struct Employment: Document {
  /// What was agreed from a day on.
  package struct Terms: Sendable {
    package var on: Day
    package var position: String?
    package var contract: ContractKind?
    package var through: Day?
    package var monthlyGross: ExactDecimal?
    package var weeklyMinutes: Int64?
    package var withholding: ExactDecimal?
    package var department: Code?
  }
  /// Days away.
  package struct Absence: Sendable {
    package var from: Day
    package var through: Day
    package var reason: AbsenceReason
    package var isPaid: Bool
  }
  package private(set) var name = ""
  package private(set) var hiredOn: Day?
  package private(set) var leftOn: Day?
  /// In the order of the days.
  package private(set) var terms: [Terms] = []
  package private(set) var absences: [Absence] = []
  /// What is planned, in the order of the recording.
  package private(set) var shifts: [(on: Day, from: Int64, through: Int64)] = []
  /// Ratings of reviews, in the order of the recording.
  package private(set) var reviews: [(on: Day, rating: Int64?)] = []

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let hired = try event.event(EmployeeHired.self) {
      name = hired.name
      hiredOn = event.on
      terms = [
        Terms(
          on: event.on, position: hired.position, contract: hired.contract,
          through: hired.through, monthlyGross: hired.monthlyGross,
          weeklyMinutes: hired.weeklyMinutes, withholding: hired.withholding,
          department: hired.department)
      ]
    } else if let revised = try event.event(EmployeeRevised.self) {
      name = revised.name ?? name
      revise(revised, on: event.on)
    } else if try event.event(EmployeeLeft.self) != nil {
      leftOn = event.on
    } else if let absence = try event.event(AbsenceRecorded.self) {
      absences.append(
        Absence(
          from: absence.from, through: absence.through, reason: absence.reason,
          isPaid: absence.paid ?? absence.reason.isPaid))
    } else if let shift = try event.event(ShiftScheduled.self) {
      let start = try shift.startMinute()
      shifts.append((event.on, start, start + shift.minutes))
    } else if let review = try event.event(ReviewRecorded.self), event.mention(.employee) == id {
      reviews.append((event.on, review.rating))
    }
  }

  /// What is revised holds from its day on, also in what was agreed for later without saying otherwise.
  private mutating func revise(_ revised: EmployeeRevised, on day: Day) {
    let place = terms.lastIndex { $0.on <= day } ?? 0
    guard place < terms.count else { return }
    let before = terms[place]
    var new = before
    new.on = day
    new.take(revised)
    terms.insert(new, at: place + 1)
    for i in terms.indices.dropFirst(place + 2) { terms[i].fill(from: before, with: new) }
  }

  /// What was agreed on `day`.
  package func terms(on day: Day) -> Terms? { terms.last { $0.on <= day } ?? terms.first }

  /// How many days of `first` to `last` the employee was employed.
  package func daysEmployed(from first: Day, through last: Day) -> Int {
    let from = max(first, hiredOn ?? first)
    let through = min(last, leftOn ?? last)
    return max(0, through - from + 1)
  }

  /// How many days of `first` to `last`, while employed, the employee was away without pay.
  package func unpaidDays(from first: Day, through last: Day) -> Int {
    days(from: first, through: last) { !$0.isPaid }
  }

  /// How many days of `first` to `last`, while employed, the employee was away for a reason that counts; a day that stands in two
  /// absences counts once.
  package func days(
    from first: Day, through last: Day, _ counts: (Absence) -> Bool = { _ in true }
  ) -> Int {
    let (first, last) = (max(first, hiredOn ?? first), min(last, leftOn ?? last))
    let spans = absences.filter(counts)
      .map { (from: max(first, $0.from), through: min(last, $0.through)) }
      .filter { $0.from <= $0.through }.sorted { $0.from < $1.from }
    var (days, end) = (0, first + -1)
    for span in spans where span.through > end {
      days += span.through - max(span.from, end + 1) + 1
      end = span.through
    }
    return days
  }
}

extension Employment.Terms {
  fileprivate mutating func take(_ revised: EmployeeRevised) {
    position = revised.position ?? position
    contract = revised.contract ?? contract
    through = revised.through ?? through
    monthlyGross = revised.monthlyGross ?? monthlyGross
    weeklyMinutes = revised.weeklyMinutes ?? weeklyMinutes
    withholding = revised.withholding ?? withholding
    department = revised.department ?? department
  }

  /// Later terms that only carried on what was `before` carry on what is `new`.
  fileprivate mutating func fill(from before: Self, with new: Self) {
    if position == before.position { position = new.position }
    if contract == before.contract { contract = new.contract }
    if through == before.through { through = new.through }
    if monthlyGross == before.monthlyGross { monthlyGross = new.monthlyGross }
    if weeklyMinutes == before.weeklyMinutes { weeklyMinutes = new.weeklyMinutes }
    if withholding == before.withholding { withholding = new.withholding }
    if department == before.department { department = new.department }
  }
}

extension ShiftScheduled {
  /// The minute of the day at which it begins.
  /// - Throws: `WireError` `.invalidValue` when `start` is no time of the day.
  package func startMinute() throws(WireError) -> Int64 {
    let parts = start.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = UInt8(parts[0]),
      let minute = UInt8(parts[1]), hour < 24, minute < 60
    {
      return Int64(hour) * 60 + Int64(minute)
    }
    throw WireError(
      .invalidValue, "\"\(start)\" is not a time of the day.", remedy: "Write it as 09:00.",
      path: "start")
  }
}
