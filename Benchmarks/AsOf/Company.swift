// Why: ten million records would not fit in memory; each one is laid out again whenever it is asked for, always the same.

import Events
import Ledger
import Summaries
import SummarySupport
import Wire

/// A company with 10,000 accounts: invoices, payments, receipts and shipments, 5 % of them late by up to 45 days.
struct Company: RecordSource {
  /// Events on one day.
  static let perDay = 10_000
  static let accounts = 10_000
  private static let receivable = NameID(.account, 1)
  private static let inventory = NameID(.account, 10)
  private static let costOfSales = NameID(.account, 11)
  static let firstDay = Day(number: 19_000)

  /// The event at `position`.
  static func event(_ position: Position) -> Recorded {
    var random = SplitMix(position &* 0x1234_5678_9abc_def1)
    var record = Recorded()
    record.position = position
    let late = random.happens(5) ? random.below(46) : 0
    record.on = firstDay + (Int(position) / perDay - late)
    record.at = Instant(microseconds: Int64(position))
    record.kind = UInt16(16 + random.below(4))
    func name(_ kind: NameKind, _ count: Int) -> NameID {
      NameID(kind, UInt32(random.below(count) + 1))
    }
    let customer = name(.customer, 20_000)
    let euro = NameID(.currency, 1)
    record.mentions = [customer]
    func move(_ from: Place, _ to: Place, _ commodity: NameID) {
      let amount = Int64(random.below(1_000_000) + 1)
      let value = commodity == euro ? amount : Int64(random.below(1_000_000) + 1)
      record.moves.append(
        Move(
          amount: amount, value: value, commodity: commodity, from: from, to: to, on: record.on))
    }
    // A customer's sales and payments have accounts of their own, as in books that keep sub-accounts.
    let own = NameID(.account, 100 + customer.sequence % UInt32(accounts - 100))
    let invoice = NameID(.invoice, UInt32(position / 4 % 60_000_000 + 1))
    switch position % 4 {
    case 0:  // An invoice: receivable, sales, tax, tax base.
      record.mentions.append(invoice)
      let tax = name(.tax, 4)
      move(Place(own), Place(receivable, invoice), euro)
      move(Place(NameID(.account, 2), tax), Place(receivable, invoice), euro)
      move(Place(NameID(.account, 3)), Place(NameID(.account, 4), tax), euro)
    case 1:  // The payment of the invoice of two days before, in full.
      let back = UInt64(2 * perDay)
      guard position > back + 1 else { break }
      let paid = position - 1 - back
      let moves = event(paid).moves
      record.mentions = [event(paid).mentions[0], event(paid).mentions[1]]
      for move in moves.prefix(2) {
        record.moves.append(
          Move(
            amount: move.amount, value: move.value, commodity: euro, from: move.to,
            to: Place(NameID(.account, UInt32(5 + random.below(5)))), on: record.on))
      }
    case 2:  // A shipment of two products.
      for _ in 0..<2 {
        move(Place(inventory, name(.warehouse, 4)), Place(costOfSales), name(.product, 5_000))
      }
    default:  // Goods received.
      let supplier = NameID(.account, UInt32(12 + random.below(88)))
      record.mentions = [NameID(.supplier, supplier.sequence)]
      move(Place(supplier), Place(inventory, name(.warehouse, 4)), name(.product, 5_000))
    }
    return record
  }

  func scan(
    _ positions: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    try Self.frame(positions).scan(body)
  }

  /// The records of `positions`, laid out.
  static func frame(_ positions: ClosedRange<Position>) -> Records {
    var frame = Frame()
    for position in positions { frame.append(event(position)) }
    return Records(bytes: frame.bytes)
  }
}

/// Records one after the other.
struct Records {
  let bytes: [UInt8]

  func scan(
    _ body: (borrowing RecordView) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    let span = bytes.raw
    var offset = 0
    while offset < span.byteCount {
      guard let record = RecordView(in: span, at: offset) else {
        throw SummaryError(.source, "A record is damaged.", remedy: "Correct the benchmark.")
      }
      try body(record)
      offset += record.length
    }
  }
}
