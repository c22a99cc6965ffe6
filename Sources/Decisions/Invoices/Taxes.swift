// Why: tax is worked out once for each tax code on the summed base of a document, and rounded once. The base is
// kept beside it as a memorandum, so that the tax book can be read off the moves.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Which side of a trade a document stands on.
enum TaxSide: Sendable {
  case sale, purchase

  /// Whether taxes of `kind` may stand on lines of such a document.
  func allows(_ kind: TaxKind) -> Bool {
    switch kind {
    case .exempt, .reverseCharge, .intraCommunity: true
    case .collected: self == .sale
    case .deductible: self == .purchase
    case .withheld, .surcharge: false
    }
  }

  /// Whether such a document adds a tax of `kind` to what it claims, or only reports the base.
  fileprivate func charges(_ kind: TaxKind) -> Bool {
    kind != .exempt && (self == .purchase || kind == .collected)
  }
}

/// What one tax code comes to in a document, in the document's currency and in value.
struct TaxAmount: Sendable, Hashable {
  var tax: NameID
  var kind = TaxKind.collected
  var base: Int64
  var baseValue: Int64
  var amount: Int64 = 0
  var value: Int64 = 0
  /// What of it may be claimed back.
  var claimed: Int64 = 0
  var claimedValue: Int64 = 0
}

extension Decision {
  /// What each tax code comes to, in the order in which the lines first name them. Mentions the codes.
  mutating func taxes(
    on lines: [(net: Int64, tax: Code?)], _ side: TaxSide, _ currency: DocumentCurrency,
    _ s: any Situation
  ) throws(Obstacle) -> [TaxAmount] {
    var found: [TaxAmount] = []
    var rates: [TaxDefinition.Rate] = []
    for line in lines {
      guard let code = line.tax else { continue }
      let id = try refer(.tax, code, s)
      let value = try currency.value(line.net)
      if let i = found.firstIndex(where: { $0.tax == id }) {
        try refusing("tax") { () throws(WireError) in
          try Exact.add(line.net, to: &found[i].base)
          try Exact.add(value, to: &found[i].baseValue)
        }
        continue
      }
      let (kind, rate) = try rate(of: id, code, side, s)
      rates.append(rate)
      found.append(TaxAmount(tax: id, kind: kind, base: line.net, baseValue: value))
    }
    for i in found.indices { try found[i].workOut(rates[i], currency) }
    return found
  }

  /// The surcharges that stand beside `taxes`. Mentions their codes.
  mutating func surcharges(
    on taxes: [TaxAmount], _ currency: DocumentCurrency, _ s: any Situation
  ) throws(Obstacle) -> [NameID: TaxAmount] {
    var found: [NameID: TaxAmount] = [:]
    for tax in taxes {
      let surcharge = try s.document(TaxDefinition.self, tax.tax).surcharge
      if surcharge.isNone { continue }
      mention(surcharge)
      guard let rate = try s.document(TaxDefinition.self, surcharge).rate(on: on) else { continue }
      var added = TaxAmount(
        tax: surcharge, kind: .surcharge, base: tax.base, baseValue: tax.baseValue)
      try added.workOut(rate, currency)
      found[tax.tax] = added
    }
    return found
  }

  private func rate(
    of id: NameID, _ code: Code, _ side: TaxSide, _ s: any Situation
  ) throws(Obstacle) -> (TaxKind, TaxDefinition.Rate) {
    let definition = try s.document(TaxDefinition.self, id)
    guard side.allows(definition.kind) else {
      throw .refuse(
        "tax.kind",
        "\(code) is a tax of kind \(definition.kind.rawValue), which does not belong on \(side == .sale ? "an invoice's lines" : "the lines of a bill or a charge").",
        remedy:
          "Use a tax code that is \(side == .sale ? "collected" : "deductible"), reverse charge, intra-community or exempt."
      )
    }
    guard var rate = definition.rate(on: on) else {
      throw .refuse(
        "tax.notYet", "The tax code \(code) has no rate on \(on).",
        remedy: "Record tax.defined with a validFrom on or before that day.")
    }
    if !side.charges(definition.kind) { rate.percent = .zero }
    return (definition.kind, rate)
  }

  /// What is kept back for the tax office: a tax of kind withheld on all that a document bills. Mentions the code.
  mutating func withheld(
    _ code: Code, on base: Int64, _ currency: DocumentCurrency, _ s: any Situation
  ) throws(Obstacle) -> TaxAmount {
    let id = try refer(.tax, code, s)
    let definition = try s.document(TaxDefinition.self, id)
    guard definition.kind == .withheld, let rate = definition.rate(on: on) else {
      throw .refuse(
        "tax.withholding", "\(code) is not withheld, or has no rate on \(on).",
        remedy: "Name a tax code of kind withheld that is valid on that day.")
    }
    var tax = TaxAmount(
      tax: id, kind: .withheld, base: base, baseValue: try currency.value(base))
    try tax.workOut(rate, currency)
    return tax
  }

  /// Notes a tax base as a memorandum; a negative one takes it back.
  mutating func noteTaxBase(
    _ base: Int64, worth value: Int64, of currency: NameID, _ tax: NameID, _ chart: Chart
  ) throws(Obstacle) {
    let account = try chart.account(.taxBase)
    move(base, worth: value, of: currency, from: Place(account), to: Place(account, tax))
  }
}

extension TaxAmount {
  /// Takes off what has been taken back of it.
  mutating func take(off part: TaxAmount) {
    base -= part.base
    baseValue -= part.baseValue
    amount -= part.amount
    value -= part.value
    claimed -= part.claimed
    claimedValue -= part.claimedValue
  }

  fileprivate mutating func workOut(
    _ rate: TaxDefinition.Rate, _ currency: DocumentCurrency
  ) throws(Obstacle) {
    let decimals = currency.decimals
    let base = ExactDecimal(digits: self.base, scale: decimals)
    amount = try refusing("tax") { () throws(WireError) in
      try Exact.product(base, "1", rate.percent, percentWithDecimals: decimals)
    }
    value = try currency.value(amount)
    let whole = ExactDecimal(digits: amount, scale: decimals)
    claimed = try refusing("tax") { () throws(WireError) in
      try Exact.product(whole, "1", rate.claimable, percentWithDecimals: decimals)
    }
    claimedValue = claimed == amount ? value : try currency.value(claimed)
  }
}
