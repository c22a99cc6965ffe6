// Why: goods that lie too long are money that sleeps. Whatever the costing, goods leave in the order in which they came, so
// what is left came last; its value is that of the valuation, so that both agree to the cent.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// What lies in each warehouse, by how long it has been in the books.
public enum StockAgeing: Report {
  public static let name = "stock-ageing"
  public static let title = "Stock by age"
  public static let summary = "Value of stock by how long the goods have been here"
  public static let subject = ReportSubject.optional([.product, .warehouse])
  public static let columns =
    [
      Column("product", "Product", .code), Column("name", "Name", .text),
      Column("warehouse", "Warehouse", .code), Column("transfer", "In transit", .code),
      Column("oldest", "Oldest of", .day), Column("quantity", "Quantity", .quantity),
      Column("value", "Value", .money),
    ] + ages.map { Column($0.name, $0.label, .money) }
  public static let keys = ["product", "warehouse", "transfer"]
  public static let measures = ["quantity", "value"] + ages.map(\.name)

  /// Up to so many days, and how it is called.
  private static let ages: [(days: Int, name: String, label: String)] = [
    (30, "days30", "0–30"), (90, "days90", "31–90"), (180, "days180", "91–180"),
    (365, "days365", "181–365"), (.max, "older", "Over 365"),
  ]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var total = [Int64](repeating: 0, count: ages.count)
    let rows = try inquiry.stockRows()
    let products = rows.map(\.key.commodity)
    let legs = try inquiry.stockLegs(ofEach: products)
    try inquiry.prepare(products)
    var runs: [NameID: CostingRun] = [:]
    for row in rows {
      let product = row.key.commodity
      let run: CostingRun
      if let known = runs[product] {
        run = known
      } else {
        run = try firstInFirstOut(legs[product] ?? [])
        runs[product] = run
      }
      let layers = run.pool(Place(row.key.account, row.key.subject)).layers
      let values = share(row.sums.value, among: layers, inquiry.ageingDay)
      for i in total.indices { total[i] += values[i] }
      let isInside = row.key.subject.is(.warehouse)
      let place = try inquiry.cell(row.key.subject)
      table.add(
        [
          try inquiry.cell(product), .text(try inquiry.product(product).name),
          isInside ? place : .empty, isInside ? .empty : place,
          layers.map(\.on).min().map { .day($0) } ?? .empty,
          try inquiry.quantity(row.sums.amount, product), inquiry.money(row.sums.value),
        ] + values.map(inquiry.money), basis: .moves([.key(row.key)]))
    }
    var sums: [String: Cell] = [
      "product": .text("Total"), "value": inquiry.money(total.reduce(0, +)),
    ]
    for (age, value) in zip(ages, total) { sums[age.name] = inquiry.money(value) }
    table.totals = table.row(sums)
  }

  /// What lies where of a product after `legs`.
  private static func firstInFirstOut(_ legs: [StockLeg]) throws(ReportError) -> CostingRun {
    var run = CostingRun(.fifo)
    try decoding { () throws(WireError) in
      for leg in legs.sorted(by: StockLeg.precedes) { _ = try run.take(leg) }
    }
    return run
  }

  /// The value of the goods in `layers` by age: as the layers are worth; the youngest take what is left.
  private static func share(
    _ value: Int64, among layers: [StockPool.Layer], _ today: Day
  ) -> [Int64] {
    var values = [Int64](repeating: 0, count: ages.count)
    var (left, weight) = (value, layers.reduce(0) { $0 + $1.value })
    for (i, layer) in layers.enumerated() {
      let part =
        i == layers.count - 1 ? left : weight == 0 ? 0 : Exact.share(left, layer.value, of: weight)
      let days = Int(today.number - layer.on.number)
      values[ages.firstIndex { days <= $0.days } ?? 0] += part
      left -= part
      weight -= layer.value
    }
    if layers.isEmpty { values[0] = value }
    return values
  }
}

extension Inquiry {
  /// What moved each of `products` between stock and elsewhere, as of the report's day, in the order of recording.
  func stockLegs(
    ofEach products: some Sequence<NameID>
  ) throws(ReportError) -> [NameID: [StockLeg]] {
    var legs: [NameID: [StockLeg]] = [:]
    try forEachView(Histories.self, ofEach: products) { (products, view) in
      let mentions = (0..<view.mentionCount).map { view.mention($0) }
      for index in 0..<view.moveCount {
        let move = view.move(index)
        guard products.contains(move.commodity), look.point.counts(move.on, view.position),
          let leg = StockLeg(move, position: view.position, of: mentions, chart: chart)
        else { continue }
        legs[move.commodity, default: []].append(leg)
      }
    }
    return legs
  }
}
