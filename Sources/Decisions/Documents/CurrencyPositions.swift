// Why: a revaluation asks what was held and owed in a currency on a day, which may be weeks ago.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// All that ever moved of a currency on the company's own accounts and on open items that are settled in money.
struct CurrencyPositions: Document {
  /// What one place holds: debit − credit.
  struct Position: Sendable, Hashable {
    var place: Place
    var isOpenItem: Bool
    var amount: Int64 = 0
    var value: Int64 = 0
  }
  private struct Entry: Sendable {
    var on: Day
    var amount: Int64
    var value: Int64
  }
  private var entries: [Place: [Entry]] = [:]
  /// The day of the last revaluation.
  private(set) var revalued: Day?

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if event.kind == CurrencyRevalued.kind.number {
      revalued = max(revalued ?? event.on, event.on)
    }
    for move in event.moves where move.commodity == id {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)]
      where chart.role(of: place.account)?.isMonetary ?? false {
        entries[place, default: []].append(
          Entry(on: move.on, amount: sign * move.amount, value: sign * move.value))
      }
    }
  }

  /// What each place held at the end of `day`, in the order of the places.
  func positions(on day: Day, _ chart: Chart) -> [Position] {
    entries.keys.sorted().map { place in
      let role = chart.role(of: place.account)
      var position = Position(place: place, isOpenItem: role == .receivable || role == .payable)
      for entry in entries[place] ?? [] where entry.on <= day {
        position.amount += entry.amount
        position.value += entry.value
      }
      return position
    }
  }
}

extension Role {
  /// Whether what accounts of this role hold will be money: advances will be goods.
  fileprivate var isMonetary: Bool {
    self == .bank || self == .cash || self == .receivable || self == .payable
  }
}
