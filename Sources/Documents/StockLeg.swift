// Why: everything that ever moved a product between stock and elsewhere, as costing sees it. Whether a leg's
// value is given (a receipt) or worked out (an issue, at cost) follows from the places alone.

package import Events
package import Ledger

/// One move of a product into, out of, or between stock places.
package struct StockLeg: Sendable, Hashable {
  /// How its value comes about.
  package enum Valuation: Sendable, Hashable {
    /// The value is what the move says: a receipt, a gain, a landed cost.
    case given
    /// The value is the cost of what leaves: an issue, a scrapping, a transfer.
    case atCost
    /// The value is that of the original issue, in proportion: a customer's return.
    case asIssued
    /// A value-only correction of legs at cost; not a leg of its own.
    case restatement
  }
  package var position: Position
  package var on: Day
  package var amount: Int64
  package var value: Int64
  package var from: Place
  package var to: Place
  package var fromStock: Bool
  package var toStock: Bool
  package var valuation: Valuation
  /// The purchase or shipment it belongs to: links a bill to its receipt and a return to its issue.
  package var tag: NameID
  /// The goods receipt or the assembly that brought the goods, where one is named.
  package var receipt: NameID
  /// Whether the goods that leave are those of `receipt` or `tag`, if they still lie there: they go back to their supplier.
  package var takesItsOwn: Bool

  /// The leg that `move` makes; `nil` when it does not touch stock. `made` are the assemblies that made the product.
  package init?(
    _ move: Move, position: Position, of mentions: [NameID], chart: Chart, made: Set<NameID> = []
  ) {
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
    tag = StockLeg.tag(of: mentions)
    receipt = mentions.first { $0.is(.receipt) } ?? .none
    takesItsOwn = toRole == .purchaseVariance
    if amount == 0 {
      let (other, otherRole) = fromStock ? (move.to, toRole) : (move.from, fromRole)
      // What a change of the standard revalues has no subject; what an assembly's components cost more, its product does.
      let isRevaluation =
        otherRole == .purchaseVariance && other.subject.isNone || made.contains(other.subject)
      let isAtCost = fromStock && toStock || (otherRole?.takesCost ?? false)
      valuation = isAtCost && !isRevaluation ? .restatement : .given
      // A landed cost names several receipts; each of its moves says which one it is for.
      if other.subject.is(.receipt) || other.subject.is(.assembly) { receipt = other.subject }
    } else if fromStock {
      valuation = .atCost
    } else {
      valuation = fromRole == .costOfSales ? .asIssued : .given
      if move.from.subject.is(.assembly) { receipt = move.from.subject }
    }
  }

  /// The purchase, shipment or transfer that an event's stock moves belong to.
  private static func tag(of mentions: [NameID]) -> NameID {
    mentions.first { $0.is(.shipment) } ?? mentions.first { $0.is(.purchase) } ?? .none
  }

  /// What its goods are found by: the receipt, where one is named, else the purchase or shipment.
  package var goods: NameID { receipt.isNone ? tag : receipt }

  /// The order in which goods really moved.
  package static func precedes(_ a: StockLeg, _ b: StockLeg) -> Bool {
    (a.on, a.position) < (b.on, b.position)
  }
}

extension Role {
  /// Whether goods lie in accounts of this role.
  package var keepsStock: Bool { self == .inventory || self == .inTransit }
  /// Whether accounts of this role take goods at what they cost.
  package var takesCost: Bool {
    switch self {
    case .costOfSales, .stockAdjustment, .scrap, .purchaseVariance: true
    default: false
    }
  }
}
