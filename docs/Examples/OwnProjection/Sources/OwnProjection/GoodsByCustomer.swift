// Why: Diario keeps goods by warehouse and money by customer, but not which customer has had how much of which product. This
// file is all that it takes to keep that too: built while recording, answered at any day, as known at any position.

import Events
import Ledger
import Summaries

/// Goods that customers have had, and what they cost us. Key: none, customer, product.
enum GoodsByCustomer: TallyProjection {
  static let name = "goods-by-customer"
  static let version = 1
  static let keepsNetOnly = false

  static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    let customer = record.mention(.customer)
    if customer.isNone { return }
    for index in 0..<record.moveCount {
      let move = record.move(index)
      guard move.commodity.is(.product) else { continue }
      let key = TallyKey(.none, customer, move.commodity)
      // Shipped goods leave a warehouse for a place without one; returned goods come back the other way.
      switch (move.from.subject.is(.warehouse), move.to.subject.is(.warehouse)) {
      case (true, false): lines.debit(key, on: move.on, amount: move.amount, value: move.value)
      case (false, true): lines.credit(key, on: move.on, amount: move.amount, value: move.value)
      default: break
      }
    }
  }
}
