// Why: what was sold of which product, and to whom, and what it cost, is asked by product, customer, segment, region and month; nobody asks
// for both at once, of which a large company has millions of pairs. A sale names its product and its event the customer; the cost of
// goods stands under their order, whose customer the event names too. A restatement of the cost of an older order may come with
// anybody's event: it stays under that order, and a report finds whose it is. What a landed cost adds to goods that have gone
// names the product, and no order.

public import Events
internal import Ledger
public import Summaries

/// Sales and cost of sales, twice. By product: account, none, product; of goods with quantities. By customer: account, customer (or order,
/// for what was restated later), none; with values only.
public enum SalesBook: TallyProjection {
  public static let name = "sales"
  public static let version = 3
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    // Opening balances are about many customers at once.
    if record.kind == OpeningPosted.kind.number { return }
    let customer = record.mention(.customer)
    let order = customer.isNone ? NameID.none : record.mention(.order)
    for index in 0..<record.moveCount {
      let move = record.move(index)
      let isGoods = move.commodity.is(.product)
      // What moves between places of one order, or within one account, is a memorandum.
      if isGoods, move.from.subject == move.to.subject || move.from.account == move.to.account {
        continue
      }
      let amount = isGoods ? move.amount : 0
      func note(_ place: Place, _ add: (_ key: TallyKey, _ amount: Int64) -> Void) {
        let sale = sale(at: place, move.commodity, order, customer)
        if !sale.product.isNone { add(TallyKey(place.account, .none, sale.product), amount) }
        if !sale.buyer.isNone { add(TallyKey(place.account, sale.buyer), 0) }
      }
      note(move.to) { lines.debit($0, on: move.on, amount: $1, value: move.value) }
      note(move.from) { lines.credit($0, on: move.on, amount: $1, value: move.value) }
    }
  }

  /// Which product was sold, and under whom it stands, as a place of a move says: the customer of the event's own `order`, or another
  /// order; none of both for a place of no sale.
  private static func sale(
    at place: Place, _ commodity: NameID, _ order: NameID, _ customer: NameID
  ) -> (product: NameID, buyer: NameID) {
    if commodity.is(.product) {
      if place.subject.is(.order) {
        return (commodity, place.subject == order ? customer : place.subject)
      }
      return (place.subject.is(.landing) ? commodity : .none, .none)
    }
    guard commodity.is(.currency), place.subject.is(.product) || place.subject.isNone else {
      return (.none, .none)
    }
    return customer.isNone ? (.none, .none) : (place.subject, customer)
  }
}
