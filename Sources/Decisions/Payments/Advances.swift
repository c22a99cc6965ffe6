// Why: an advance, or a customer's credit from a credit note, settles documents later, on its own day.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension PaymentAllocated: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let advance = try d.advance(payment, s)
    let isSupplier = advance.item.open(.supplierAdvances) != nil
    let party = try advance.party(isSupplier ? .supplier : .customer, s)
    d.mention(party)
    try d.check(advance.item, payment, advance.kind, party, s)
    guard !allocations.isEmpty else {
      throw .refuse(
        "lines.empty", "There are no allocations.", remedy: "Say which documents it settles.")
    }
    let role: Role = isSupplier ? .supplierAdvances : .customerAdvances
    guard var open = advance.item.open(role) else {
      throw .refuse(
        "allocation.exceeded", "Nothing of \(payment) is left.",
        remedy: "It has been allocated or paid back already.")
    }
    let currency = try d.carried(open.currency, s)
    for settlement in try d.settlements(
      allocations, under: isSupplier ? .payable : .receivable, of: party, currency, s)
    {
      guard settlement.amount <= open.amount else {
        throw .refuse(
          "allocation.exceeded",
          "The allocations come to \(currency.text(settlement.amount - open.amount)) more than is left of \(payment).",
          remedy: "Allocate at most what is left.")
      }
      let value = open.carrying(settlement.amount)
      try d.check(settlement.amount, of: open, payment, currency)
      try d.settle(
        settlement, with: currency.id, at: open.place, worth: value, by: advance.id, s)
      open.amount -= settlement.amount
      open.value -= value
      open.changes[d.on, default: 0] -= settlement.amount
    }
  }
}

/// A payment or a credit note of which something may be left.
struct Advance: Sendable {
  var id: NameID
  var kind: NameKind
  var item: OpenItem

  /// Whose it is.
  func party(_ kind: NameKind, _ s: any Situation) throws(Obstacle) -> NameID {
    if let code = item.partyCode, item.party.isNone { return try s.id(kind, code) ?? .none }
    return item.party
  }

  /// What is open of it under `role`, which must be at least `amount`, in `currency`.
  func open(
    _ role: Role, _ amount: Int64, _ code: Code, _ currency: DocumentCurrency
  ) throws(Obstacle) -> OpenItem.Balance {
    guard let open = item.open(role), open.currency == currency.id, open.amount >= amount else {
      let left = item.open(role).map { $0.currency == currency.id ? $0.amount : 0 } ?? 0
      throw .refuse(
        "allocation.exceeded",
        "\(currency.text(left)) of \(code) is left, not \(currency.text(amount)).",
        remedy: "Pay back at most what is left of it, in its own currency.")
    }
    return open
  }
}

extension Decision {
  /// The payment or credit note called `code`; mentioned.
  mutating func advance(_ code: Code, _ s: any Situation) throws(Obstacle) -> Advance {
    let kind: NameKind = try s.id(.payment, code) == nil ? .correction : .payment
    guard let id = try s.id(kind, code) else {
      throw .refuse(
        "payment.unknown", "There is no payment and no credit note \(code).",
        remedy: "Check the code, or record the payment first.")
    }
    mention(id)
    return Advance(id: id, kind: kind, item: try s.document(OpenItem.self, id))
  }

  /// The currency `id` for amounts that are carried at a value already, so that no rate is needed.
  mutating func carried(_ id: NameID, _ s: any Situation) throws(Obstacle) -> DocumentCurrency {
    let chart = try s.chart()
    let code = try s.code(id)
    if id != chart.currencyID { mention(id) }
    return DocumentCurrency(
      id: id, code: code, decimals: Currency(code)?.decimals ?? chart.decimals, rate: nil,
      baseDecimals: chart.decimals)
  }
}
