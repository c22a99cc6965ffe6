// Why: everything that ever moved a product between stock and elsewhere, as costing sees it. Whether a leg's
// value is given (a receipt) or worked out (an issue, at cost) follows from the places alone.

internal import Documents
internal import Events
internal import Ledger

/// One move of a product into, out of, or between stock places.
struct StockLeg: Sendable, Hashable {
  /// How its value comes about.
  enum Valuation: Sendable, Hashable {
    /// The value is what the move says: a receipt, a gain, a landed cost.
    case given
    /// The value is the cost of what leaves: an issue, a scrapping, a transfer.
    case atCost
    /// The value is that of the original issue, in proportion: a customer's return.
    case asIssued
    /// A value-only correction of legs at cost; not a leg of its own.
    case restatement
  }
  var position: Position
  var on: Day
  var amount: Int64
  var value: Int64
  var from: Place
  var to: Place
  var fromStock: Bool
  var toStock: Bool
  var valuation: Valuation
  /// The purchase or shipment it belongs to: links a bill to its receipt and a return to its issue.
  var tag: NameID

  /// The leg that `move` makes; `nil` when it does not touch stock.
  init?(_ move: Move, position: Position, tag: NameID, chart: Chart) {
    let fromRole = chart.role(of: move.from.account)
    let toRole = chart.role(of: move.to.account)
    fromStock = fromRole?.keepsStock ?? false
    toStock = toRole?.keepsStock ?? false
    guard fromStock || toStock else { return nil }
    self.position = position
    on = move.on
    amount = move.amount
    value = move.value
    from = move.from
    to = move.to
    self.tag = tag
    if amount == 0 {
      let other = fromStock ? toRole : fromRole
      valuation = fromStock && toStock || (other?.takesCost ?? false) ? .restatement : .given
    } else if fromStock {
      valuation = .atCost
    } else {
      valuation = fromRole == .costOfSales ? .asIssued : .given
    }
  }

  /// The order in which goods really moved.
  static func precedes(_ a: StockLeg, _ b: StockLeg) -> Bool {
    (a.on, a.position) < (b.on, b.position)
  }
}

extension Role {
  /// Whether goods lie in accounts of this role.
  var keepsStock: Bool { self == .inventory || self == .inTransit }
  /// Whether accounts of this role take goods at what they cost.
  var takesCost: Bool {
    self == .costOfSales || self == .stockAdjustment || self == .scrap
  }
}
