// Why: filing empties the tax accounts into one debt or claim, under the filing's own name: the tax codes keep what
// documents made of them, and what has been declared stands against it as one sum. What was withheld from wages, fees and
// rents is declared by filings of its own.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension TaxFiled: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let filing = try d.introduce(.filing, self.filing, s)
    try checkPeriod(d.on, s)
    let chart = try s.chart()
    let settlement = Place(try chart.account(.taxSettlement), filing)
    let sums = try declareTaxes(&d, s)
    let owed = sums.collected + (try declareWages(&d, s))
    d.move(
      owed, worth: owed, of: chart.currencyID, from: settlement,
      to: Place(try chart.account(isOfWithholdings ? .withholdingPayable : .taxCollected), filing))
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
    if lines.isEmpty, wageLines.isEmpty, carries.isEmpty {
      throw .refuse(
        "filing.nothing", "No tax has come together through \(through) that is not filed.",
        remedy: "Nothing needs to be declared in the books.")
    }
  }

  /// The tax codes that it declares: the withholdings named, else all that is not withheld.
  private func declared(_ s: any Situation) throws(Obstacle) -> [NameID] {
    var taxes: [NameID] = []
    guard isOfWithholdings else {
      for tax in try s.names(of: .tax) {
        let definition = try s.document(TaxDefinition.self, tax)
        if !definition.rates.isEmpty, definition.kind != .withheld { taxes.append(tax) }
      }
      return taxes
    }
    for code in withholdings {
      guard let tax = try s.id(.tax, code),
        try s.document(TaxDefinition.self, tax).kind == .withheld, !taxes.contains(tax)
      else {
        throw .refuse(
          "filing.withholding", "\(code) is no tax that is withheld, or stands there twice.",
          remedy: "Name each tax code of kind withheld once; leave all out to declare the others.")
      }
      taxes.append(tax)
    }
    return taxes
  }

  private mutating func declareTaxes(
    _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> TaxPosition.Sums {
    lines = []
    var sums = TaxPosition.Sums()
    for tax in try declared(s) {
      let own = try s.document(TaxPosition.self, tax).unfiled(through: through)
      if own == TaxPosition.Sums() { continue }
      d.mention(tax)
      sums.add(own)
      lines.append(TaxFiledLine(try s.code(tax), own, decimals: try s.chart().decimals))
    }
    return sums
  }

  /// Declares what was withheld from wages; how much that is.
  private mutating func declareWages(
    _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> Int64 {
    wageLines = []
    guard wages ?? false else { return 0 }
    let chart = try s.chart()
    var withheld: Int64 = 0
    for account in chart.accounts.values.filter({ $0.role == .wages }).sorted(by: { $0.id < $1.id })
    {
      let own = try s.document(WagePosition.self, account.id).unfiled(through: through)
      if own.gross == 0, own.withheld == 0 { continue }
      d.mention(account.id)
      withheld += own.withheld
      var line = WagesFiledLine()
      line.account = account.code
      line.employees = Int64(own.employees)
      line.gross = ExactDecimal(digits: own.gross, scale: chart.decimals)
      line.withheld = ExactDecimal(digits: own.withheld, scale: chart.decimals)
      wageLines.append(line)
    }
    return withheld
  }

  private func checkPeriod(_ on: Day, _ s: any Situation) throws(Obstacle) {
    guard from <= through, through <= on, due.map({ $0 >= on }) ?? true else {
      throw .refuse(
        "filing.period", "The period from \(from) through \(through), filed on \(on), cannot be.",
        remedy: "Date the filing on or after the period's last day, and its payment not before it.")
    }
    for id in try s.names(of: .filing) {
      let earlier = try s.document(Filing.self, id)
      if earlier.through >= from, earlier.overlaps(self) {
        throw .refuse(
          "filing.overlap", "These taxes have been filed through \(earlier.through) already.",
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
