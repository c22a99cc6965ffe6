// Why: an accountant writes debits and credits; a move has both. Debits are paired with credits in the order in
// which they stand, each taking what it can, so that the same entry always makes the same moves.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// One checked line of an entry: how much stands on which side of which place.
struct JournalSide: Sendable {
  var place: Place
  /// In the smallest unit of the books' currency, above zero.
  var value: Int64
  /// In the line's own currency.
  var amount: Int64
  var currency: NameID
  /// Whether the account can hold no other currency: a bank or cash account, an open item.
  var isFixed: Bool
}

extension JournalLine {
  /// The line's side, place and amounts; `true` for a debit.
  func checked(
    _ subject: NameID, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> (isDebit: Bool, side: JournalSide) {
    let chart = try s.chart()
    let books = try d.currency(nil, s)
    let id = try d.openAccount(account, s)
    guard (debit == nil) != (credit == nil), let given = debit ?? credit else {
      throw .refuse(
        "journal.side", "A line on account \(account) is not on one side.",
        remedy: "Give either a debit or a credit.")
    }
    let value = try d.positive(given, books, debit == nil ? "credit" : "debit")
    let known = chart.accounts[id]
    let held = known?.currency ?? chart.currency
    let isMoney = known?.role == .bank || known?.role == .cash
    let used = currency ?? chart.currency
    if isMoney || known?.currency != nil, used != held {
      throw .refuse(
        "journal.currency", "Account \(account) holds \(held), the line is in \(used).",
        remedy: "Give the line \"currency\": \"\(held)\" and its amount in \(held).")
    }
    var side = JournalSide(
      place: Place(id, subject), value: value, amount: value, currency: chart.currencyID,
      isFixed: isMoney || known?.role?.holdsOpenItems ?? false)
    guard used != chart.currency else {
      if let amount, amount != given {
        throw .refuse(
          "journal.currency", "A line on account \(account) is \(given) and \(amount) at once.",
          remedy: "Leave out the amount, or name its currency.")
      }
      return (debit != nil, side)
    }
    guard let amount, let currency = Currency(used), let commodity = try s.id(.currency, used)
    else {
      throw .refuse(
        "journal.currency", "A line on account \(account) says no amount in \(used).",
        remedy: "Give the amount too, and record a rate of \(used) once (rate.set).")
    }
    d.mention(commodity)
    let foreign = DocumentCurrency(
      id: commodity, code: used, decimals: currency.decimals, rate: nil,
      baseDecimals: chart.decimals)
    side.amount = try d.positive(amount, foreign, "amount")
    side.currency = commodity
    return (debit != nil, side)
  }
}

extension Decision {
  /// Pairs debits with credits, which must come to the same.
  mutating func post(
    debits: [JournalSide], credits: [JournalSide], on day: Day? = nil, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    var (debits, credits) = (debits, credits)
    var (i, j) = (0, 0)
    while i < debits.count, j < credits.count {
      let value = min(debits[i].value, credits[j].value)
      let common = debits[i].amount(ofWhole: value, with: credits[j])
      let (debit, credit) = (debits[i].take(value, common), credits[j].take(value, common))
      let foreign = debits[i].currency == chart.currencyID ? credits[j] : debits[i]
      if debits[i].currency != credits[j].currency,
        debits[i].isFixed && credits[j].isFixed
          || debits[i].currency != chart.currencyID && credits[j].currency != chart.currencyID
      {
        throw .refuse(
          "journal.currency", "The entry changes money of one currency into another.",
          remedy: "Record payment.transferred, or an entry for each currency.")
      }
      let isDebitForeign = foreign.currency == debits[i].currency
      move(
        isDebitForeign ? debit : credit, worth: value, of: foreign.currency,
        from: credits[j].place, to: debits[i].place, on: day)
      if debits[i].value == 0 { i += 1 }
      if credits[j].value == 0 { j += 1 }
    }
  }

  /// Checks that the lines of an entry come to nothing.
  func balance(
    _ debits: [JournalSide], _ credits: [JournalSide], _ s: any Situation
  ) throws(Obstacle) {
    guard let debit = debits.total, let credit = credits.total else {
      throw .refuse(
        "decimal.overflow", "The entry is too large.", remedy: "Amounts go up to 10^15.")
    }
    if debit != credit {
      let decimals = try s.chart().decimals
      let difference = ExactDecimal(digits: abs(debit - credit), scale: decimals)
        .formatted(decimals: decimals)
      throw .refuse(
        "journal.unbalanced",
        "The \(debit > credit ? "debits" : "credits") are \(difference) more than the \(debit > credit ? "credits" : "debits").",
        remedy: "Let debits equal credits.")
    }
  }
}

extension JournalSide {
  /// What two lines in one currency exchange when one of them is paired whole: its amount, though the other may carry it at
  /// another value. `nil` when they have none in common, or the other has less.
  fileprivate func amount(ofWhole part: Int64, with other: JournalSide) -> Int64? {
    guard currency == other.currency else { return nil }
    let amount = part == value ? self.amount : other.amount
    return amount <= self.amount && amount <= other.amount ? amount : nil
  }

  /// Takes `value` off; the amount in the line's currency that goes with it: `given`, else its share. The last part takes all
  /// of it.
  fileprivate mutating func take(_ part: Int64, _ given: Int64?) -> Int64 {
    let amount = given ?? (part == value ? self.amount : Exact.share(self.amount, part, of: value))
    self.value -= part
    self.amount -= amount
    return amount
  }
}

extension [JournalSide] {
  /// What they come to; `nil` when it does not fit.
  fileprivate var total: Int64? {
    var sum: Int64 = 0
    for side in self {
      let (next, overflow) = sum.addingReportingOverflow(side.value)
      if overflow { return nil }
      sum = next
    }
    return sum
  }
}
