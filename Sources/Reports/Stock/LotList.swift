// Why: what expires first must leave first, and a bad lot must be found wherever it lies.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// The lots on hand, those that expire first before all others.
public enum LotList: Report {
  public static let name = "lots"
  public static let title = "Lots"
  public static let summary = "Lots on hand by product, the first to expire first"
  public static let subject = ReportSubject.optional([.product, .lot, .warehouse])
  public static let columns = [
    Column("product", "Product", .code), Column("lot", "Lot", .code),
    Column("expires", "Expires", .day), Column("daysLeft", "Days left", .number),
    Column("warehouse", "Warehouse", .code), Column("transfer", "In transit", .code),
    Column("unit", "Unit", .text), Column("quantity", "Quantity", .quantity),
  ]
  public static let keys = ["product", "lot", "warehouse", "transfer"]
  public static let measures = ["quantity"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    for (product, book) in try inquiry.lotBooks() {
      if inquiry.subject.is(.product), product != inquiry.subject { continue }
      let known = try inquiry.product(product)
      var rows: [(lot: NameID, units: Int64, place: Place)] = []
      for place in book.levels.keys.sorted() {
        guard inquiry.chart.role(of: place.account)?.keepsStock ?? false else { continue }
        for (lot, units) in book.levels[place] ?? [:] where units > 0 {
          rows.append((lot, units, place))
        }
      }
      func key(_ row: (lot: NameID, units: Int64, place: Place)) -> (Day, NameID, Place) {
        (book.expiry[row.lot] ?? Day(number: .max), row.lot, row.place)
      }
      for row in rows.sorted(by: { key($0) < key($1) }) {
        if inquiry.subject.is(.lot), row.lot != inquiry.subject { continue }
        if inquiry.subject.is(.warehouse), row.place.subject != inquiry.subject { continue }
        let expires = book.expiry[row.lot]
        let isInside = row.place.subject.is(.warehouse)
        let place = try inquiry.cell(row.place.subject)
        table.add(
          [
            try inquiry.cell(product), try inquiry.cell(row.lot),
            expires.map { .day($0) } ?? .empty,
            expires.map { .number(Int64($0.number - inquiry.ageingDay.number)) } ?? .empty,
            isInside ? place : .empty, isInside ? .empty : place, .text(known.unit),
            .amount(row.units, decimals: known.decimals),
          ], basis: .history(row.lot))
      }
    }
  }
}

extension Inquiry {
  /// The lots of every product that is kept in lots, as of the report's day, in the order of the codes.
  func lotBooks() throws(ReportError) -> [(product: NameID, book: LotBook)] {
    if try names(of: .lot).isEmpty { return [] }
    var books: [(product: NameID, book: LotBook)] = []
    for (product, _) in try sorted(try names(of: .product)) {
      guard try self.product(product).tracksLots else { continue }
      var book = LotBook(through: asOf)
      for event in try recorded(Histories.self, of: product) {
        try decoding { () throws(WireError) in try book.evolve(event, product, chart) }
      }
      books.append((product, book))
    }
    return books
  }

  /// The product that a lot is of.
  func product(ofLot lot: NameID) throws(ReportError) -> NameID {
    guard let event = try introduction(of: lot) else { return .none }
    return LotBook.moves(of: event).first { $0.move.commodity == lot }?.product ?? .none
  }
}
