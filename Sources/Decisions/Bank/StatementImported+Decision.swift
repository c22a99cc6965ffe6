// Why: a statement that does not add up, or does not follow the last one, was damaged on its way. It is refused where it
// first breaks. The first one must begin where the books stand, or nothing after it could ever agree.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension StatementImported: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.statement, statement, s)
    let chart = try s.chart()
    let account = try d.openAccount(self.account, s)
    let currency = try d.currency(chart.accounts[account]?.currency, s)
    _ = try d.ownAccount(self.account, holding: currency.code, s)
    let through = try d.through(self.through)
    self.through = through
    guard from <= through else {
      throw .refuse(
        "statement.days", "The statement would end on \(through), before it begins on \(from).",
        remedy: "Give a last day on or after the first.")
    }
    try checkSum(currency)
    let known = try d.reconciliation(self.account, s)
    let begins = try currency.units(opening, "opening")
    if known.statements.isEmpty {
      let days = try s.document(AccountDays.self, account)
      let before = days.amount(of: currency.id, through: from + -1)
      // Opening balances are posted on the first day of the books, and were there before.
      let opened = days.opened(of: currency.id, on: from)
      if before != begins, before + opened != begins {
        let atEnd = days.amount(of: currency.id, through: from)
        throw .refuse(
          "statement.opening",
          "The statement opens with \(currency.text(begins)); the books have \(currency.text(before)) before \(from).",
          remedy: atEnd == begins
            ? "They have it at the end of \(from): begin with \(from + 1)."
            : "Record what is missing first, or begin with a statement on which both agree.")
      }
      return
    }
    guard let last = known.last.through, from > last else {
      throw .refuse(
        "statement.order",
        "Statement \(known.last.statement) reaches \(known.last.through ?? from) already.",
        remedy: "Take in statements in their order, each day once.")
    }
    let closed = try currency.units(known.last.closing, "closing")
    if closed != begins {
      throw .refuse(
        "statement.gap",
        "Statement \(known.last.statement) closes with \(currency.text(closed)) on \(last), this one opens with \(currency.text(begins)).",
        remedy: "Take in the statement between them first.")
    }
  }

  /// Opening + entries = closing, and each balance on the way.
  private func checkSum(_ currency: DocumentCurrency) throws(Obstacle) {
    var balance = try currency.units(opening, "opening")
    for (i, entry) in entries.enumerated() {
      guard entry.on >= from, entry.on <= through ?? from else {
        throw .refuse(
          "statement.day", "Entry \(i + 1) is of \(entry.on), outside of the statement.",
          remedy: "Give the statement's days as the bank does.")
      }
      let amount = try currency.units(entry.amount, "entry \(i + 1)")
      if amount == 0 {
        throw .refuse(
          "statement.zero", "Entry \(i + 1) is of nothing.", remedy: "Leave it out.")
      }
      let (sum, overflow) = balance.addingReportingOverflow(amount)
      if overflow {
        throw .refuse(
          "decimal.overflow", "The statement is too large.", remedy: "Amounts go up to 10^15.")
      }
      balance = sum
      guard let said = entry.balance else { continue }
      let stated = try currency.units(said, "balance of entry \(i + 1)")
      if stated != balance {
        throw .refuse(
          "statement.break",
          "After entry \(i + 1) of \(entry.on) the balance is \(currency.text(balance)), not \(currency.text(stated)).",
          remedy: "An entry is missing or wrong there: get the statement from the bank again.")
      }
    }
    let closes = try currency.units(closing, "closing")
    if balance != closes {
      throw .refuse(
        "statement.sum",
        "Opening and \(entries.count) entries come to \(currency.text(balance)), the statement closes with \(currency.text(closes)).",
        remedy: "An entry is missing or wrong: get the statement from the bank again.")
    }
  }
}

extension Decision {
  /// All statements of an account, mentioned.
  mutating func reconciliation(
    _ account: Code, _ s: any Situation
  ) throws(Obstacle) -> Reconciliation {
    try s.document(Reconciliation.self, try referOrIntroduce(.reconciliation, account, s))
  }
}
