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
  var amount: Int64
}

extension Decision {
  /// The open items that `allocations` settle, under `role`, for `party`, in the payment's currency. Each is mentioned.
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
      let open = item.open(role)
      if let open, open.currency != currency.id {
        throw .refuse(
          "allocation.currency",
          "\(code) is in \(try s.code(open.currency)), the payment in \(currency.code).",
          remedy:
            "Exchange the money first (payment.transferred), and pay in the document's currency.")
      }
      if found.contains(where: { $0.item.place.subject == id }) {
        throw .refuse(
          "lines.duplicate", "\(code) stands on two lines.",
          remedy: "Put each document on one line.")
      }
      guard let open, units <= open.amount else {
        throw .refuse(
          "allocation.exceeded",
          "\(currency.text(open?.amount ?? 0)) of \(code) is open, not \(currency.text(units)).",
          remedy: "Settle at most what is open; the rest of a payment is kept as an advance.")
      }
      found.append(Settlement(item: open, amount: units))
    }
    return found
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
