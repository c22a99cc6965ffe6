// Why: a credit note takes back what an invoice says and no more: line by line what was billed, for how much, with
// how much tax, and what has been credited of it.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// An invoice with what has been credited of it.
struct Invoice: Document {
  /// One line as billed, in the invoice's currency and in value.
  struct Line: Sendable, Hashable {
    var line: InvoiceLine
    var product = NameID.none
    var tax = NameID.none
    var net: Int64 = 0
    var value: Int64 = 0
    /// How much of its quantity has been credited.
    var credited = ExactDecimal()
  }
  private(set) var customer = NameID.none
  private(set) var order = NameID.none
  private(set) var on = Day()
  private(set) var currency = Code()
  private(set) var lines: [Line] = []
  private(set) var taxes: [TaxAmount] = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let issued = try event.event(InvoiceIssued.self) {
      customer = event.mention(.customer) ?? .none
      order = event.mention(.order) ?? .none
      on = event.on
      currency = issued.currency ?? chart.currency
      try read(issued.lines, event, chart)
    } else if let corrected = try event.event(InvoiceCorrected.self) {
      for line in corrected.lines { _ = try credit(line) }
    }
  }

  /// Credits a line; what is left of it then, or `nil` when the invoice has none such.
  mutating func credit(_ line: CorrectionLine) throws(WireError) -> ExactDecimal? {
    guard let i = lines.firstIndex(where: { $0.line.isCredited(by: line) }) else { return nil }
    lines[i].credited = try lines[i].credited.adding(line.quantity)
    return try lines[i].line.quantity.adding(lines[i].credited.negated)
  }

  /// The decision makes one move from sales for each line that comes to anything, in their order, and mentions the
  /// products and the tax codes in the order in which the lines first name them.
  private mutating func read(
    _ billed: [InvoiceLine], _ event: Recorded, _ chart: Chart
  ) throws(WireError) {
    var products = event.mentions.filter { $0.is(.product) }[...]
    var sales = event.moves.filter { chart.plays(.sales, $0.from.account) }[...]
    var taxIDs: [Code: NameID] = [:]
    var left = event.mentions.filter { $0.is(.tax) }[...]
    for line in billed {
      var known = Line(line: line)
      if line.product != nil { known.product = products.popFirst() ?? .none }
      if let tax = line.tax {
        known.tax = taxIDs[tax] ?? left.popFirst() ?? .none
        taxIDs[tax] = known.tax
      }
      if try !line.comesToNothing(currency), let move = sales.popFirst() {
        known.net = move.amount
        known.value = move.value
      }
      lines.append(known)
    }
    for move in event.moves {
      if chart.plays(.taxBase, move.to.account) {
        change(move.to.subject) {
          $0.base += move.amount
          $0.baseValue += move.value
        }
      } else if chart.plays(.taxCollected, move.from.account) {
        change(move.from.subject) {
          $0.amount += move.amount
          $0.value += move.value
        }
      }
    }
  }

  private mutating func change(_ tax: NameID, _ body: (inout TaxAmount) -> Void) {
    if let i = taxes.firstIndex(where: { $0.tax == tax }) { return body(&taxes[i]) }
    var new = TaxAmount(tax: tax, base: 0, baseValue: 0, amount: 0, value: 0)
    body(&new)
    taxes.append(new)
  }
}

extension InvoiceLine {
  /// Whether a credit note's line speaks of this line: by its product, or by its text when it has none.
  func isCredited(by line: CorrectionLine) -> Bool {
    product == nil ? line.product == nil && line.text == text : line.product == product
  }

  /// Whether its net amount rounds to nothing, so that it makes no move.
  fileprivate func comesToNothing(_ currency: Code) throws(WireError) -> Bool {
    try netUnits(
      quantity: quantity, price: price ?? .zero, discount: discount,
      decimals: Currency(currency)?.decimals ?? 2) == 0
  }
}
