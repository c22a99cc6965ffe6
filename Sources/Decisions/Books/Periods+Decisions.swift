// Why: a closed period never changes; opening it again is possible, but in the open, with a reason.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension PeriodClosed: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    d.mention(.books)
    if let closed = try s.chart().closedThrough, through <= closed {
      throw .refuse(
        "period.closed", "The books are closed through \(closed) already.",
        remedy: "Close a later day, or reopen the period with a reason.")
    }
    if through > d.on {
      throw .refuse(
        "period.future", "\(through) lies after \(d.on), the day of closing.",
        remedy: "Close a period when it is over: date it \(through) or later.")
    }
    try d.refuseUnposted(through: through, leaving: leaving, s)
  }
}

extension PeriodReopened: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    d.mention(.books)
    try refuseEmpty(reason, remedy: "Say why the period is opened again: auditors will ask.")
    guard let closed = try s.chart().closedThrough, from <= closed else {
      throw .refuse(
        "period.notClosed", "\(from) is open.", remedy: "Nothing needs to be reopened.")
    }
    if let year = try s.chart().yearsClosed.last, from <= year {
      throw .refuse(
        "year.closed", "\(from) lies before \(year + 1), and the year through \(year) is closed.",
        remedy: "Date the correction \(year + 1) or later; a closed year never changes.")
    }
  }
}

extension YearClosed: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.entry, entry, s)
    d.mention(.books)
    let chart = try s.chart()
    if let closed = chart.yearsClosed.last, through <= closed {
      throw .refuse(
        "year.closed", "The years through \(closed) are closed already.",
        remedy: "Close a later one.")
    }
    if through > d.on {
      throw .refuse(
        "year.future", "\(through) lies after \(d.on), the day of closing.",
        remedy: "Close a year when it is over: date it \(through) or later.")
    }
    try d.refuseUnposted(through: through, leaving: leaving, s)
    let retained = Place(try chart.account(.retainedEarnings))
    let results = chart.accounts.values.filter { $0.kind == .income || $0.kind == .expense }
    for account in results.sorted(by: { $0.code < $1.code }) {
      let balance = try s.document(AccountDays.self, account.id).balance(through: through)
      d.move(
        balance, worth: balance, of: chart.currencyID, from: Place(account.id), to: retained,
        on: through)
    }
  }
}
