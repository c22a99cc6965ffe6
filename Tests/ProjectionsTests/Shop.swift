// A shop of eleven events, small enough to work by hand. Amounts in cents; T is a product, counted in pieces.

import Events
import Ledger
import Projections
import Summaries
import SummarySupport

/// The shop's names.
enum Shop {
  static let bank = NameID(.account, 1)
  static let receivable = NameID(.account, 2)
  static let sales = NameID(.account, 3)
  static let taxCollected = NameID(.account, 4)
  static let taxBase = NameID(.account, 5)
  static let inventory = NameID(.account, 6)
  static let costOfSales = NameID(.account, 7)
  static let notInvoiced = NameID(.account, 8)
  static let payable = NameID(.account, 9)
  static let ordered = NameID(.account, 10)
  static let backlog = NameID(.account, 11)
  static let reserved = NameID(.account, 12)
  static let wages = NameID(.account, 13)
  static let wagesPayable = NameID(.account, 14)

  static let euro = NameID(.currency, 1)
  static let dollar = NameID(.currency, 2)
  static let product = NameID(.product, 1)
  static let warehouse = NameID(.warehouse, 1)
  static let customer = NameID(.customer, 1)
  static let supplier = NameID(.supplier, 1)
  static let employee = NameID(.employee, 1)
  static let order = NameID(.order, 1)
  static let purchase = NameID(.purchase, 1)
  static let bill = NameID(.bill, 1)
  static let first = NameID(.invoice, 1)
  static let second = NameID(.invoice, 2)
  static let tax = NameID(.tax, 1)

  private static func move(
    _ amount: Int64, _ value: Int64, _ commodity: NameID, _ from: Place, _ to: Place, _ on: Day
  ) -> Move {
    Move(amount: amount, value: value, commodity: commodity, from: from, to: to, on: on)
  }

  /// The events, in the order of their recording; kinds 1 to 5 stand for order, invoice, payment, supply, payroll.
  static var events: [Recorded] {
    func event(
      _ kind: UInt16, _ on: Day, _ mentions: [NameID], _ moves: [Move]
    ) -> Recorded {
      var record = Recorded()
      record.kind = kind
      record.on = on
      record.mentions = mentions
      record.moves = moves
      return record
    }
    func money(_ cents: Int64, _ from: Place, _ to: Place, _ on: Day) -> Move {
      move(cents, cents, euro, from, to, on)
    }
    let open = Place(receivable, first)
    return [
      // 1: ten pieces received for 14.00, not billed.
      event(
        4, "2026-01-05", [purchase, supplier],
        [
          move(
            10, 1400, product, Place(notInvoiced, purchase), Place(inventory, warehouse),
            "2026-01-05")
        ]),
      // 2: the bill.
      event(
        4, "2026-01-08", [bill, purchase, supplier],
        [
          money(1400, Place(payable, bill), Place(notInvoiced, purchase), "2026-01-08")
        ]),
      // 3: four pieces ordered, worth 10.00.
      event(
        1, "2026-01-10", [order, customer],
        [
          move(4, 1000, product, Place(ordered, order), Place(backlog, order), "2026-01-10")
        ]),
      // 4: two of them reserved.
      event(
        1, "2026-01-10", [order, warehouse],
        [
          move(2, 0, product, Place(reserved, order), Place(reserved, warehouse), "2026-01-10")
        ]),
      // 5: three shipped, at cost 4.20; the reservation falls.
      event(
        1, "2026-01-12", [order, customer],
        [
          move(3, 750, product, Place(backlog, order), Place(ordered, order), "2026-01-12"),
          move(
            3, 420, product, Place(inventory, warehouse), Place(costOfSales, order),
            "2026-01-12"),
          move(2, 0, product, Place(reserved, warehouse), Place(reserved, order), "2026-01-12"),
        ]),
      // 6: invoiced, 7.50 and 21 % of it.
      event(
        2, "2026-01-12", [first, customer],
        [
          money(750, Place(sales, product), open, "2026-01-12"),
          money(158, Place(taxCollected, tax), open, "2026-01-12"),
          money(750, Place(taxBase), Place(taxBase, tax), "2026-01-12"),
        ]),
      // 7: paid in full.
      event(
        3, "2026-01-20", [first, customer],
        [
          money(908, open, Place(bank), "2026-01-20")
        ]),
      // 8: an invoice of 11.00 dollars, worth 10.00.
      event(
        2, "2026-01-21", [second, customer],
        [
          move(1100, 1000, dollar, Place(sales), Place(receivable, second), "2026-01-21")
        ]),
      // 9: half of it paid.
      event(
        3, "2026-01-25", [second, customer],
        [
          move(550, 500, dollar, Place(receivable, second), Place(bank), "2026-01-25")
        ]),
      // 10: wages of 20.00, of which 15.00 are paid.
      event(
        5, "2026-01-31", [employee],
        [
          money(2000, Place(wagesPayable, employee), Place(wages, employee), "2026-01-31"),
          money(1500, Place(bank), Place(wagesPayable, employee), "2026-01-31"),
        ]),
      // 11, late: the goods of the first event cost 1.00 more; 0.30 of it had been shipped on 12 January.
      event(
        4, "2026-02-03", [bill, supplier],
        [
          money(100, Place(payable, bill), Place(notInvoiced, purchase), "2026-02-03"),
          move(
            0, 100, product, Place(notInvoiced, purchase), Place(inventory, warehouse),
            "2026-02-03"),
          move(
            0, 30, product, Place(inventory, warehouse), Place(costOfSales, order),
            "2026-01-12"),
        ]),
    ]
  }

  /// Their log.
  static var log: MemoryLog {
    var log = MemoryLog()
    for event in events { log.append(event) }
    return log
  }

  /// Answers from the log alone and from trees of two shapes, which must agree.
  static func rows<P: TallyProjection>(
    _ projection: P.Type, asOf day: Day? = nil, knownAt position: Position = 11
  ) throws -> [TallyKey: TallySums] {
    let point = Point(asOf: day, knownAt: position)
    var answers: [TallyColumns] = []
    for tree in [SummaryTree.standard, SummaryTree(leafSize: 2, fanout: 2)] {
      var store = MemorySummaries()
      try SummaryBuild.build(
        AllProjections.list, tree.completed(from: 0, to: 11), tree: tree, in: &store, log: log)
      answers.append(try P.columns(at: point, tree: tree, in: store, log: log))
    }
    guard answers[0] == answers[1] else {
      throw SummaryError(.damaged, "The trees disagree.", remedy: "Look at both.")
    }
    return Dictionary(uniqueKeysWithValues: answers[0].map { ($0.key, $0.sums) })
  }
}

extension TallySums {
  /// A balance whose amount is its value.
  static func net(_ value: Int64) -> TallySums { net(value, value) }
  static func net(_ amount: Int64, _ value: Int64) -> TallySums {
    TallySums(debitAmount: amount, creditAmount: 0, debitValue: value, creditValue: 0)
  }
}
