// Why: what an account came to on a day in the past is asked seldom: when a year is closed, when a bank's first statement
// comes in. It is read from the account's whole history then, and forgotten.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// What an account's balance changed by, day by day.
struct AccountDays: Document {
  private var values: [Day: Int64] = [:]
  private var amounts: [NameID: [Day: Int64]] = [:]
  /// What opening balances brought, by day: it was there before.
  private var opened: [NameID: [Day: Int64]] = [:]

  init() {}
  static let isKept = false

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    for move in event.moves {
      if move.to.account == id { add(move.value, move.amount, of: move) }
      if move.from.account == id { add(-move.value, -move.amount, of: move) }
      guard event.kind == OpeningPosted.kind.number, move.commodity.is(.currency) else { continue }
      if move.to.account == id { open(move.amount, of: move) }
      if move.from.account == id { open(-move.amount, of: move) }
    }
  }

  private mutating func add(_ value: Int64, _ amount: Int64, of move: Move) {
    values[move.on, default: 0] += value
    if move.commodity.is(.currency) {
      amounts[move.commodity, default: [:]][move.on, default: 0] += amount
    }
  }

  private mutating func open(_ amount: Int64, of move: Move) {
    opened[move.commodity, default: [:]][move.on, default: 0] += amount
  }

  /// Whether nothing has ever moved through it.
  var isUntouched: Bool { values.isEmpty }

  /// Debit − credit at the end of `day`, in the smallest unit of the books' currency.
  func balance(through day: Day) -> Int64 {
    values.reduce(0) { $1.key <= day ? $0 + $1.value : $0 }
  }

  /// The same in that of `currency`, of what moved in it.
  func amount(of currency: NameID, through day: Day) -> Int64 {
    (amounts[currency] ?? [:]).reduce(0) { $1.key <= day ? $0 + $1.value : $0 }
  }

  /// What opening balances of `day` brought, in the smallest unit of `currency`.
  func opened(of currency: NameID, on day: Day) -> Int64 { opened[currency]?[day] ?? 0 }
}
