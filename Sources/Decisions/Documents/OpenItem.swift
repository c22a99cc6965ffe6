// Why: an invoice, a bill, an advance or a customer's credit is open until it is settled. What is open is not kept
// anywhere: it is the balance of the places whose subject is the document, in its currency and in value.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// What is still open of one document.
struct OpenItem: Document {
  /// What one account says about it, debit − credit.
  struct Balance: Sendable, Hashable {
    var place: Place
    var role: Role
    var currency: NameID
    var amount: Int64 = 0
    var value: Int64 = 0
    /// What changed of the amount, by day.
    var changes: [Day: Int64] = [:]
  }
  /// Whose it is; none for an item that the opening balances brought, see ``partyCode``.
  private(set) var party = NameID.none
  /// Whose it is, for an item that the opening balances brought.
  private(set) var partyCode: Code?
  /// The day of the document.
  private(set) var on = Day()
  private(set) var balances: [Balance] = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let own = event.introduced.first(where: { $0.id == id }) {
      on = event.on
      if let opening = try event.event(OpeningPosted.self) {
        partyCode = opening.lines.first { $0.subject == own.code }?.party
      } else {
        party = event.mention(.customer) ?? event.mention(.supplier) ?? .none
      }
    }
    for move in event.moves {
      if move.to.subject == id { note(move, move.to, 1, chart) }
      if move.from.subject == id { note(move, move.from, -1, chart) }
    }
  }

  private mutating func note(_ move: Move, _ place: Place, _ sign: Int64, _ chart: Chart) {
    guard let role = chart.role(of: place.account), role.holdsOpenItems else { return }
    let known = balances.firstIndex { $0.place == place && $0.currency == move.commodity }
    let i = known ?? balances.endIndex
    if known == nil {
      balances.append(Balance(place: place, role: role, currency: move.commodity))
    }
    balances[i].amount += sign * move.amount
    balances[i].value += sign * move.value
    if move.amount != 0 { balances[i].changes[move.on, default: 0] += sign * move.amount }
  }

  /// What is open under `role`, as a positive amount; `nil` when nothing is.
  func open(_ role: Role) -> Balance? {
    let sign: Int64 = role.opensOnDebit ? 1 : -1
    for balance in balances where balance.role == role && balance.amount * sign > 0 {
      var balance = balance
      balance.amount *= sign
      balance.value *= sign
      balance.changes = balance.changes.mapValues { $0 * sign }
      return balance
    }
    return nil
  }
}

extension OpenItem.Balance {
  /// What `part` of it is carried at, in proportion; the last part takes all that is left.
  func carrying(_ part: Int64) -> Int64 {
    part == amount ? value : Exact.share(value, part, of: amount)
  }

  /// What of it was open on `day` and on every day since: what had settled it may have come back.
  func lasting(from day: Day) -> Int64 { max(0, min(amount, changes.least(from: day))) }
}

extension Decision {
  /// Refuses to settle `units` of an open item on a day on which less of it was open than is now.
  func check(
    _ units: Int64, of open: OpenItem.Balance, _ code: Code, _ currency: DocumentCurrency
  ) throws(Obstacle) {
    let then = open.lasting(from: on)
    if units <= then { return }
    let again = open.changes.keys.sorted().first { $0 > on && open.lasting(from: $0) >= units }
    throw .refuse(
      "allocation.notThen",
      "\(currency.text(then)) of \(code) was open on \(on), not \(currency.text(units)); what had settled it came back later.",
      remedy: "Date it \(again ?? on) or later; what was paid before is an advance until then.")
  }
}

extension Role {
  /// Whether accounts of this role consist of open items, one for each subject.
  var holdsOpenItems: Bool {
    switch self {
    case .receivable, .payable, .customerAdvances, .supplierAdvances: true
    default: false
    }
  }

  /// Whether an open item of this role is a debit.
  var opensOnDebit: Bool { self == .receivable || self == .supplierAdvances }
}
