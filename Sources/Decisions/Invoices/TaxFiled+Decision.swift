// Why: filing empties the tax accounts into one debt or claim, under the filing's own name: the tax codes keep what
// documents made of them, and what has been declared stands against it as one sum.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension TaxFiled: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let filing = try d.introduce(.filing, self.filing, s)
    try checkPeriod(d.on, s)
    let chart = try s.chart()
    lines = []
    var sums = TaxPosition.Sums()
    for sequence in 1...max(1, try s.count(of: .tax)) {
      let tax = NameID(.tax, sequence)
      let definition = try s.document(TaxDefinition.self, tax)
      if definition.rates.isEmpty || definition.kind == .withheld { continue }
      let own = try s.document(TaxPosition.self, tax).unfiled(through: through)
      if own == TaxPosition.Sums() { continue }
      d.mention(tax)
      sums.add(own)
      lines.append(TaxFiledLine(try s.code(tax), own, decimals: chart.decimals))
    }
    let settlement = Place(try chart.account(.taxSettlement), filing)
    d.move(
      sums.collected, worth: sums.collected, of: chart.currencyID, from: settlement,
      to: Place(try chart.account(.taxCollected), filing))
    d.move(
      sums.claimed, worth: sums.claimed, of: chart.currencyID,
      from: Place(try chart.account(.taxDeductible), filing), to: settlement)
    for code in carries {
      let id = try d.refer(.filing, code, s)
      let earlier = try s.document(Filing.self, id)
      guard earlier.open > 0, earlier.on <= d.on else {
        throw .refuse(
          "filing.carried", "The filing \(code) has no claim that could be set off.",
          remedy: "Name a filing of an earlier day that ended in a claim and was not paid back.")
      }
      d.move(
        earlier.open, worth: earlier.open, of: chart.currencyID,
        from: Place(settlement.account, id), to: settlement)
    }
    due = due ?? d.on
    if lines.isEmpty, carries.isEmpty {
      throw .refuse(
        "filing.nothing", "No tax has come together through \(through) that is not filed.",
        remedy: "Nothing needs to be declared in the books.")
    }
  }

  private func checkPeriod(_ on: Day, _ s: any Situation) throws(Obstacle) {
    guard from <= through, through <= on, due.map({ $0 >= on }) ?? true else {
      throw .refuse(
        "filing.period", "The period from \(from) through \(through), filed on \(on), cannot be.",
        remedy: "Date the filing on or after the period's last day, and its payment not before it.")
    }
    for sequence in 0..<(try s.count(of: .filing)) {
      let earlier = try s.document(Filing.self, NameID(.filing, sequence + 1))
      if earlier.through >= from {
        throw .refuse(
          "filing.overlap", "Taxes have been filed through \(earlier.through) already.",
          remedy:
            "Begin on \(earlier.through + 1); what was recorded late for days before comes with it."
        )
      }
    }
  }
}

extension TaxFiledLine {
  fileprivate init(_ code: Code, _ sums: TaxPosition.Sums, decimals: Int) {
    self.init()
    tax = code
    base = ExactDecimal(digits: sums.base, scale: decimals)
    collected = ExactDecimal(digits: sums.collected, scale: decimals)
    claimed = ExactDecimal(digits: sums.claimed, scale: decimals)
  }
}

extension TaxPaid: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.payment, payment, s)
    let id = try d.refer(.filing, filing, s)
    let known = try s.document(Filing.self, id)
    let currency = try d.currency(nil, s)
    let bank = try d.ownAccount(account, holding: currency.code, s)
    let settlement = Place(try s.chart().account(.taxSettlement), id)
    guard known.open != 0 else {
      throw .refuse(
        "filing.paid", "Nothing of the filing \(filing) is open.",
        remedy: "It has been paid or carried over already.")
    }
    if d.on < known.on {
      throw .refuse(
        "filing.early", "The filing \(filing) is of \(known.on), after \(d.on).",
        remedy: "Date the payment on or after \(known.on).")
    }
    var paid = abs(known.open)
    if let amount { paid = try d.positive(amount, currency, "amount") }
    guard paid <= abs(known.open) else {
      throw .refuse(
        "filing.exceeded",
        "\(currency.text(abs(known.open))) of \(filing) is open, not \(currency.text(paid)).",
        remedy: "Pay at most what is open; book interest and fines as charges of their own.")
    }
    amount = ExactDecimal(digits: paid, scale: currency.decimals)
    let isOwed = known.open < 0
    d.move(
      paid, worth: paid, of: currency.id, from: isOwed ? bank : settlement,
      to: isOwed ? settlement : bank)
  }
}
