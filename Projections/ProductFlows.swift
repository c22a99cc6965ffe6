// Why: how much of a product was sold, came back, was lost, is the sum of what moved between stock and the account that
// says why. Only accounts matter, not whose order or which warehouse it was, so there are few keys.

public import Events
internal import Ledger
public import Summaries

/// Goods by account. Key: account, none, product.
public enum ProductFlows: TallyProjection {
  public static let name = "product-flows"
  public static let version = 1
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount {
      let move = record.move(index)
      // Orders and reservations pass between places of one subject or one account; they are no goods yet.
      guard move.commodity.is(.product), move.from.account != move.to.account,
        move.from.subject != move.to.subject || move.from.subject.isNone
      else { continue }
      lines.debit(
        TallyKey(move.to.account, .none, move.commodity), on: move.on, amount: move.amount,
        value: move.value)
      lines.credit(
        TallyKey(move.from.account, .none, move.commodity), on: move.on, amount: move.amount,
        value: move.value)
    }
  }
}
