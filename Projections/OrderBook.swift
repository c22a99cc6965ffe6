// Why: what is ordered and not yet shipped, received or given up is the balance of memorandum accounts, per order and product. An
// order's book moves between places of that order, or within one account (a reservation passes between order and
// warehouse); the cost of what was shipped does neither and stays out, or no order would ever vanish.

public import Events
internal import Ledger
public import Summaries

/// What is open on orders and purchases. Key: account, order or purchase, product.
public enum OrderBook: TallyProjection {
  public static let name = "orders"
  public static let version = 1
  public static let keepsNetOnly = true

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount {
      let move = record.move(index)
      guard move.commodity.is(.product),
        move.from.subject == move.to.subject || move.from.account == move.to.account
      else { continue }
      lines.add(move) { $0.is(.order) || $0.is(.purchase) }
    }
  }
}
