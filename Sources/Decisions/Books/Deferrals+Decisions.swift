// Why: what belongs to later months waits on an account of its own, one place for each deferral, and goes from there to the
// months to which it belongs.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension ExpenseDeferred: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.introduce(.deferral, deferral, s)
    let bearing = try d.account(account, of: .expense, s)
    let amount = try d.checked(self.amount, from, through, s)
    let other = try against.map { (code) throws(Obstacle) in try d.bearer(code, s) } ?? bearing
    d.move(
      amount, worth: amount, of: try s.chart().currencyID, from: other,
      to: Place(try s.chart().account(.deferredExpense), id))
  }
}

extension IncomeDeferred: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.introduce(.deferral, deferral, s)
    let bearing = try d.account(account, of: .income, s)
    let amount = try d.checked(self.amount, from, through, s)
    let other = try against.map { (code) throws(Obstacle) in try d.bearer(code, s) } ?? bearing
    d.move(
      amount, worth: amount, of: try s.chart().currencyID,
      from: Place(try s.chart().account(.deferredIncome), id), to: other)
  }
}

extension DeferralReleased: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.entry, entry, s)
    let through = try d.through(self.through)
    self.through = through
    try d.post(&lines, of: Deferral.self, through: through, s)
    if d.moves.isEmpty {
      throw .refuse(
        "release.none", "Nothing deferred is due through \(through).",
        remedy: "Nothing needs to be posted; give an amount to release something beside its plan.")
    }
  }
}

extension Decision {
  /// The amount and the days of a deferral, checked.
  fileprivate mutating func checked(
    _ amount: ExactDecimal, _ from: Day, _ through: Day, _ s: any Situation
  ) throws(Obstacle) -> Int64 {
    guard from <= through else {
      throw .refuse(
        "deferral.days", "The deferral would end on \(through), before it begins on \(from).",
        remedy: "Give a last day on or after the first.")
    }
    return try positive(amount, try currency(nil, s), "amount")
  }
}

extension AccrualPosted: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.entry, entry, s)
    let chart = try s.chart()
    let currency = try d.currency(nil, s)
    let id = try d.bearer(account, s).account
    guard let kind = chart.accounts[id]?.kind, kind == .income || kind == .expense else {
      throw .refuse(
        "account.kind", "Account \(account) is no account of income or expenses.",
        remedy: "Name the account that the bill or the invoice will concern.")
    }
    let amount = try d.positive(self.amount, currency, "amount")
    if let reverses, reverses <= d.on {
      throw .refuse(
        "accrual.reverses", "The accrual of \(d.on) would be taken back on \(reverses).",
        remedy: "Give a later day, as a rule the first of the next month.")
    }
    var line = JournalLine()
    line.account = account
    line.subject = subject
    let place = Place(id, try line.knownSubject(&d, s))
    let accrued = Place(try chart.account(.accrued))
    let (from, to) = kind == .expense ? (accrued, place) : (place, accrued)
    d.move(amount, worth: amount, of: currency.id, from: from, to: to)
    if let reverses {
      d.move(amount, worth: amount, of: currency.id, from: to, to: from, on: reverses)
    }
  }
}
