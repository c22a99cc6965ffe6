// Why: tax is worked out once for each tax code on the summed base of a document, and rounded once. The base is
// kept beside it as a memorandum, so that the tax book can be read off the moves.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Which side of a trade a document stands on.
enum TaxSide: Sendable {
  case sale, purchase

  /// Whether taxes of `kind` may stand on such a document.
  func allows(_ kind: TaxKind) -> Bool {
    kind == .exempt || kind == (self == .sale ? .collected : .deductible)
  }
}

/// What one tax code comes to in a document, in the document's currency and in value.
struct TaxAmount: Sendable, Hashable {
  var tax: NameID
  var base: Int64
  var baseValue: Int64
  var amount: Int64
  var value: Int64
}

extension Decision {
  /// What each tax code comes to, in the order in which the lines first name them. Mentions the codes.
  mutating func taxes(
    on lines: [(net: Int64, tax: Code?)], _ side: TaxSide, _ currency: DocumentCurrency,
    _ s: any Situation
  ) throws(Obstacle) -> [TaxAmount] {
    var found: [TaxAmount] = []
    var rates: [ExactDecimal] = []
    for line in lines {
      guard let code = line.tax else { continue }
      let id = try refer(.tax, code, s)
      let value = try currency.value(line.net)
      if let i = found.firstIndex(where: { $0.tax == id }) {
        found[i].base += line.net
        found[i].baseValue += value
        continue
      }
      rates.append(try rate(of: id, code, side, s))
      found.append(
        TaxAmount(tax: id, base: line.net, baseValue: value, amount: 0, value: 0))
    }
    for i in found.indices {
      let base = ExactDecimal(digits: found[i].base, scale: currency.decimals)
      found[i].amount = try refusing("tax") { () throws(WireError) in
        try Exact.product(base, "1", rates[i], percentWithDecimals: currency.decimals)
      }
      found[i].value = try currency.value(found[i].amount)
    }
    return found
  }

  private func rate(
    of id: NameID, _ code: Code, _ side: TaxSide, _ s: any Situation
  ) throws(Obstacle) -> ExactDecimal {
    let definition = try s.document(TaxDefinition.self, id)
    guard side.allows(definition.kind) else {
      throw .refuse(
        "tax.kind",
        "\(code) is a tax of kind \(definition.kind.rawValue), which does not belong on \(side == .sale ? "an invoice" : "a bill or a charge").",
        remedy: "Use a tax code that is \(side == .sale ? "collected" : "deductible"), or exempt.")
    }
    guard let rate = definition.rate(on: on) else {
      throw .refuse(
        "tax.notYet", "The tax code \(code) has no rate on \(on).",
        remedy: "Record tax.defined with a validFrom on or before that day.")
    }
    return definition.kind == .exempt ? .zero : rate
  }

  /// Notes a tax base as a memorandum; a negative one takes it back.
  mutating func noteTaxBase(
    _ base: Int64, worth value: Int64, of currency: NameID, _ tax: NameID, _ chart: Chart
  ) throws(Obstacle) {
    let account = try chart.account(.taxBase)
    move(base, worth: value, of: currency, from: Place(account), to: Place(account, tax))
  }
}
