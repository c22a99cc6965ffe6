// Why: what settles an open item closes it at what it is carried at; the money is worth what the rate of the day
// says. In the books' own currency the two are equal; in another, the difference is an exchange gain or loss, and
// both sides close at zero in amount and in value.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// Moves money that leaves `from` worth `given` and reaches `to` worth `taken`.
  mutating func settle(
    _ amount: Int64, of currency: NameID, from: Place, worth given: Int64, to: Place,
    worth taken: Int64, _ chart: Chart
  ) throws(Obstacle) {
    move(amount, worth: min(given, taken), of: currency, from: from, to: to)
    if taken > given {
      move(
        0, worth: taken - given, of: currency, from: Place(try chart.account(.exchangeGain)),
        to: to)
    } else if given > taken {
      move(
        0, worth: given - taken, of: currency, from: from,
        to: Place(try chart.account(.exchangeLoss)))
    }
  }

  /// Adds `value` to what lies at `place`, as an exchange gain; a negative one takes it off, as a loss.
  mutating func exchangeDifference(
    _ value: Int64, of currency: NameID, at place: Place, _ chart: Chart
  ) throws(Obstacle) {
    if value == 0 { return }
    let other = Place(try chart.account(value > 0 ? .exchangeGain : .exchangeLoss))
    move(0, worth: value, of: currency, from: other, to: place)
  }
}

/// A part of a payment, checked: what it settles, and at what that is carried.
struct Settlement: Sendable {
  var item: OpenItem.Balance
  /// What is paid for it, in the payment's currency.
  var amount: Int64
  /// What that settles, in the document's currency.
  var settled: Int64
  /// What is let off besides, for early payment, in the document's currency.
  var discount: Int64 = 0
}

extension Decision {
  /// The open items that `allocations` settle, under `role`, for `party`, by a payment in `currency`. Each is mentioned.
  mutating func settlements(
    _ allocations: [Allocation], under role: Role, of party: NameID, _ currency: DocumentCurrency,
    _ s: any Situation
  ) throws(Obstacle) -> [Settlement] {
    var found: [Settlement] = []
    for allocation in allocations {
      let (kind, code) = try allocation.target(role)
      let id = try refer(kind, code, s)
      let item = try s.document(OpenItem.self, id)
      let units = try positive(allocation.amount, currency, "amount of \(code)")
      try check(item, code, kind, party, s)
      if found.contains(where: { $0.item.place.subject == id }) {
        throw .refuse(
          "lines.duplicate", "\(code) stands on two lines.",
          remedy: "Put each document on one line.")
      }
      let open = item.open(role)
      var own = currency
      if let open, open.currency != currency.id { own = try carried(open.currency, s) }
      let settled = try settled(by: allocation, units, code, role, currency, own)
      let discount = try earlyDiscount(allocation.discount, code, role, own)
      guard let open, settled + discount <= open.amount else {
        throw .refuse(
          "allocation.exceeded",
          "\(own.text(open?.amount ?? 0)) of \(code) is open, not \(own.text(settled + discount)).",
          remedy: "Settle at most what is open; the rest of a payment is kept as an advance.")
      }
      try check(settled + discount, of: open, code, own)
      found.append(Settlement(item: open, amount: units, settled: settled, discount: discount))
    }
    return found
  }

  /// What an allocation settles in the document's own currency.
  private func settled(
    by allocation: Allocation, _ units: Int64, _ code: Code, _ role: Role,
    _ paid: DocumentCurrency, _ own: DocumentCurrency
  ) throws(Obstacle) -> Int64 {
    if own.id == paid.id {
      if let settles = allocation.settles, settles != allocation.amount {
        throw .refuse(
          "allocation.settles",
          "\(code) is in \(own.code) like the payment, but settles otherwise.",
          remedy: "Leave out \"settles\"; it is for documents in another currency.")
      }
      return units
    }
    guard let settles = allocation.settles, role == .receivable || role == .payable else {
      throw .refuse(
        "allocation.currency", "\(code) is in \(own.code), the payment in \(paid.code).",
        remedy: role == .receivable || role == .payable
          ? "Say how much of the document it settles: \"settles\", in \(own.code)."
          : "Pay it back in its own currency.")
    }
    return try positive(settles, own, "part of \(code)")
  }

  /// Settles a document with money that is at `money`, or for a supplier leaves from there, worth `value` of the payment's
  /// currency. When the document is in another currency, the two meet in the account that bears the difference of
  /// their values.
  mutating func settle(
    _ settlement: Settlement, with currency: NameID, at money: Place, worth value: Int64,
    by payment: NameID, _ s: any Situation
  ) throws(Obstacle) {
    let (item, chart) = (settlement.item, try s.chart())
    let worth = item.carrying(settlement.settled)
    let isReceivable = item.role.opensOnDebit
    if item.currency == currency {
      try settle(
        settlement.amount, of: currency, from: isReceivable ? item.place : money,
        worth: isReceivable ? worth : value, to: isReceivable ? money : item.place,
        worth: isReceivable ? value : worth, chart)
    } else {
      let isGain = isReceivable ? value >= worth : worth >= value
      let exchange = Place(try chart.account(isGain ? .exchangeGain : .exchangeLoss), payment)
      move(
        settlement.settled, worth: worth, of: item.currency,
        from: isReceivable ? item.place : exchange, to: isReceivable ? exchange : item.place)
      move(
        settlement.amount, worth: value, of: currency, from: isReceivable ? exchange : money,
        to: isReceivable ? money : exchange)
    }
    try letOff(settlement, s)
  }

  /// Checks that an open item is `party`'s, and not younger than what settles it.
  func check(
    _ item: OpenItem, _ code: Code, _ kind: NameKind, _ party: NameID, _ s: any Situation
  ) throws(Obstacle) {
    var owner = item.party
    if owner.isNone, let known = item.partyCode, let kind = party.kind {
      owner = try s.id(kind, known) ?? .none
    }
    if owner != party {
      throw .refuse(
        "allocation.otherParty", "The \(kind.label) \(code) is not \(try s.code(party))'s.",
        remedy: "Settle documents of the same customer or supplier only.")
    }
    if on < item.on {
      throw .refuse(
        "allocation.early", "The \(kind.label) \(code) is of \(item.on), after \(on).",
        remedy: "Allocate it on or after \(item.on): record payment.allocated on that day.")
    }
  }

  /// An amount above zero, in smallest units.
  func positive(
    _ amount: ExactDecimal, _ currency: DocumentCurrency, _ field: String
  ) throws(Obstacle) -> Int64 {
    guard amount.digits > 0 else {
      throw .refuse(
        "amount.notPositive", "The \(field) is \(amount).", remedy: "Give an amount above zero.")
    }
    return try currency.units(amount, field)
  }

  /// One of the company's own accounts: a bank or cash account that is open and holds `currency`.
  mutating func ownAccount(
    _ code: Code, holding currency: Code, _ s: any Situation
  ) throws(Obstacle) -> Place {
    let id = try openAccount(code, s)
    let chart = try s.chart()
    guard chart.plays(.bank, id) || chart.plays(.cash, id) else {
      throw .refuse(
        "payment.account", "Account \(code) is neither a bank nor a cash account.",
        remedy: "Name an account with the role bank or cash.")
    }
    let held = chart.accounts[id]?.currency ?? chart.currency
    if held != currency {
      throw .refuse(
        "payment.currency", "Account \(code) holds \(held), not \(currency).",
        remedy: "Name an account in \(currency), or the amount in \(held).")
    }
    return Place(id)
  }
}

extension Allocation {
  /// The one document that it names, of a kind that fits `role`.
  fileprivate func target(_ role: Role) throws(Obstacle) -> (NameKind, Code) {
    let given: [(NameKind, Code)] = [
      invoice.map { (.invoice, $0) }, bill.map { (.bill, $0) },
      correction.map { (.correction, $0) },
    ].compactMap { $0 }
    let fitting: NameKind =
      switch role {
      case .receivable: .invoice
      case .payable: .bill
      default: .correction
      }
    guard given.count == 1, given[0].0 == fitting else {
      throw .refuse(
        "allocation.document", "An allocation here names one \(fitting.label).",
        remedy: "Give each allocation the field \"\(fitting)\" and an amount.")
    }
    return given[0]
  }
}
