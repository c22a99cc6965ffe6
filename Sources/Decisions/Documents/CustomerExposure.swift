// Why: before more is sold on credit it must be known what a customer owes already and what is on order for it.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// What a customer owes, and what it has ordered and not been sent.
struct CustomerExposure: Document {
  private var code = Code()
  private var invoices: Set<NameID> = []
  /// Debit − credit of its invoices, in the books' currency.
  private(set) var owed: Int64 = 0
  /// The net value of its open orders.
  private(set) var backlog: Int64 = 0

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let registered = try event.event(CustomerRegistered.self) { code = registered.customer }
    if let opening = try event.event(OpeningPosted.self) {
      // Opening balances are about many customers.
      let own = Set(opening.lines.filter { $0.party == code }.compactMap(\.subject))
      for name in event.introduced where own.contains(name.code) { invoices.insert(name.id) }
    } else {
      for name in event.introduced where name.id.is(.invoice) { invoices.insert(name.id) }
    }
    for move in event.moves {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] {
        if invoices.contains(place.subject), chart.plays(.receivable, place.account) {
          owed += sign * move.value
        } else if chart.plays(.backlog, place.account) {
          backlog += sign * move.value
        }
      }
    }
  }
}

extension Decision {
  /// Checks what the moves so far add to a customer's open orders against its credit limit.
  func checkCredit(
    of customer: NameID, allowedBy: String?, _ s: any Situation
  ) throws(Obstacle) {
    let party = try s.document(Party.self, customer)
    guard let limit = party.creditLimit, party.beyondLimit == .refuse,
      allowedBy?.isEmpty ?? true
    else { return }
    let chart = try s.chart()
    var added: Int64 = 0
    for move in moves {
      if chart.plays(.backlog, move.to.account) { added += move.value }
      if chart.plays(.backlog, move.from.account) { added -= move.value }
    }
    if added <= 0 { return }
    let known = try s.document(CustomerExposure.self, customer)
    let most = try refusing("creditLimit") { () throws(WireError) in
      try limit.units(decimals: chart.decimals)
    }
    let exposure = known.owed + known.backlog + added
    guard exposure > most else { return }
    func text(_ units: Int64) -> String {
      ExactDecimal(digits: units, scale: chart.decimals).formatted(decimals: chart.decimals)
    }
    throw .refuse(
      "credit.exceeded",
      "\(try s.code(customer)) owes \(text(known.owed)) and has \(text(known.backlog)) on order; with \(text(added)) more it is \(text(exposure - most)) beyond its limit of \(text(most)) \(chart.currency).",
      remedy: "Wait for a payment, raise the limit, or say who allows it: \"allowedBy\".")
  }
}
