// Why: what to buy and what to promise rest on the same sums.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries

/// What there is of one product, what is to come and what is to go, in its smallest unit.
struct GoodsLevel {
  var onHand: Int64 = 0
  var inTransit: Int64 = 0
  var onOrder: Int64 = 0
  var backlog: Int64 = 0
  /// What of that on hand may not be sold any more.
  var expired: Int64 = 0
  var basis: [KeyRange] = []

  /// What lies here, may be sold and is promised to nobody.
  var promisable: Int64 { onHand - expired - backlog }
}

extension Inquiry {
  /// The levels of every product of which there is anything, as of the report's day.
  func goodsLevels() throws(ReportError) -> [NameID: GoodsLevel] {
    var levels: [NameID: GoodsLevel] = [:]
    let rows =
      try rows(InventoryLevels.self, [.inventory, .inTransit], asOf: asOf)
      + rows(OrderBook.self, [.onOrder, .backlog], asOf: asOf)
    for row in rows where row.sums.amount != 0 {
      var level = levels[row.key.commodity] ?? GoodsLevel()
      switch chart.role(of: row.key.account) {
      case .inventory: level.onHand += row.sums.amount
      case .inTransit: level.inTransit += row.sums.amount
      case .onOrder: level.onOrder += row.sums.amount
      default: level.backlog += row.sums.amount
      }
      level.basis.append(.key(row.key))
      levels[row.key.commodity] = level
    }
    for (product, expired) in try expiredGoods() { levels[product]?.expired = expired }
    return levels
  }

  /// What lies on hand in lots that had expired before the report's day, by product.
  func expiredGoods() throws(ReportError) -> [NameID: Int64] {
    var expired: [NameID: Int64] = [:]
    for (product, book) in try lotBooks() {
      for (place, lots) in book.levels where chart.plays(.inventory, place.account) {
        for (lot, units) in lots where units > 0 && book.hasExpired(lot, by: ageingDay) {
          expired[product, default: 0] += units
        }
      }
    }
    return expired
  }
}
