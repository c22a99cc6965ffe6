// Why: receivables and payables are lists of what is still open, document by document. What is settled must not burden
// tomorrow's answer: only balances are kept, so an invoice that is issued and paid inside a range vanishes from its summary.
// Goods received and not yet billed are open too, but goods come in and bills are paid in money: they
// are kept by value only, under no commodity, so that they cancel.

public import Events
internal import Ledger
public import Summaries

/// What is open on documents and parties. Key: account, document or party, currency; purchases: account, purchase, none.
public enum OpenItems: TallyProjection {
  public static let name = "open-items"
  public static let version = 1
  public static let keepsNetOnly = true

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount {
      let move = record.move(index)
      if let (key, amount) = item(move.to, move) {
        lines.debit(key, on: move.on, amount: amount, value: move.value)
      }
      if let (key, amount) = item(move.from, move) {
        lines.credit(key, on: move.on, amount: amount, value: move.value)
      }
    }
  }

  private static func item(_ place: Place, _ move: Move) -> (key: TallyKey, amount: Int64)? {
    switch place.subject.kind {
    case .invoice, .correction, .bill, .payment, .payrollRun, .employee, .customer, .supplier:
      guard move.commodity.is(.currency) else { return nil }
      return (TallyKey(place.account, place.subject, move.commodity), move.amount)
    case .purchase:
      return (TallyKey(place.account, place.subject), 0)
    default:
      return nil
    }
  }
}
