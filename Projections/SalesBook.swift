// Why: what was sold of which product to whom, and what it cost, is asked by product, customer, segment, region and month. A
// sale names its product and its event the customer; the cost of goods stands under their order, whose customer the
// event names too. A restatement of the cost of an older order may come with anybody's event: it stays under that order,
// and a report finds whose it is. What a landed cost adds to goods that have gone names the product, and no order.

public import Events
internal import Ledger
public import Summaries

/// Sales and cost of sales. Keys: account, customer, product (none for a line of text), value only; and for goods:
/// account, customer (or order, for what was restated later; or none, for what was landed later), product, with quantities.
public enum SalesBook: TallyProjection {
  public static let name = "sales"
  public static let version = 2
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    // Opening balances are about many customers at once.
    if record.kind == OpeningPosted.kind.number { return }
    let customer = record.mention(.customer)
    let order = record.mention(.order)
    for index in 0..<record.moveCount {
      let move = record.move(index)
      if move.commodity.is(.product) {
        // What moves between places of one order, or within one account, is a memorandum.
        if move.from.subject == move.to.subject || move.from.account == move.to.account { continue }
        let own = customer.isNone ? .none : order
        if let subject = subject(of: move.to, own, customer) {
          lines.debit(
            TallyKey(move.to.account, subject, move.commodity), on: move.on, amount: move.amount,
            value: move.value)
        }
        if let subject = subject(of: move.from, own, customer) {
          lines.credit(
            TallyKey(move.from.account, subject, move.commodity), on: move.on,
            amount: move.amount, value: move.value)
        }
      } else if move.commodity.is(.currency), !customer.isNone {
        if move.to.subject.is(.product) || move.to.subject.isNone {
          lines.debit(
            TallyKey(move.to.account, customer, move.to.subject), on: move.on, amount: 0,
            value: move.value)
        }
        if move.from.subject.is(.product) || move.from.subject.isNone {
          lines.credit(
            TallyKey(move.from.account, customer, move.from.subject), on: move.on, amount: 0,
            value: move.value)
        }
      }
    }
  }

  /// Under whom goods stand that pass through `place`: the customer of the event's own order, another order, nobody; `nil` for a place of
  /// no sale.
  private static func subject(of place: Place, _ own: NameID, _ customer: NameID) -> NameID? {
    if place.subject.is(.order) { return place.subject == own ? customer : place.subject }
    return place.subject.is(.landing) ? NameID.none : nil
  }
}
