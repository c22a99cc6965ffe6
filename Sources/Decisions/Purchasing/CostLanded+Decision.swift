// Why: freight and duty belong to what goods cost. They are taken from the account that bore them and shared among the
// lines of the receipts; the last line takes the cent. What lies here on the day costs more from then on, and later issues
// are restated; what had gone by then is cost of sales of that day, so no closed period changes. Under average costing goods
// lose themselves among others: of each of several receipts as large a part is here as of all of them together. No more
// is taken off than was added, and nothing that lies here is ever worth less than nothing.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension CostLanded: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let landing = try d.introduce(.landing, self.landing, s)
    let account = try bearer(&d, s)
    let books = try d.currency(nil, s)
    let total = try books.units(amount, "amount")
    guard total != 0 else {
      throw .refuse(
        "amount.zero", "A landed cost of nothing changes nothing.",
        remedy: "Give what it cost; a negative amount takes off what was added too much.")
    }
    let goods = try goods(&d, s)
    let shares = try shares(of: total, among: goods, s)
    let chart = try s.chart()
    let costOfSales = Place(try chart.account(.costOfSales), landing)
    var moves: [NameID: [StockMove]] = [:]
    for (line, share) in zip(goods, shares) {
      let stock = try s.stock(line.product, back: d.on)
      let held = try d.held(line.product, of: line.receipt, s)
      let alike = stock.costing == .fifo ? [line] : goods.filter { $0.product == line.product }
      let came = alike.reduce(0) { $0 + $1.units }
      let here = min(came, held.reduce(0) { $0 + $1.units })
      let part = here == came ? share : Exact.share(share, here, of: came)
      let source = Place(account, line.receipt)
      let revaluations = d.revaluation(by: part, held: held, against: source)
      if share < 0 {
        try check(-share, takenOff: line, books, &d, s)
        // What lies together is taken off together.
        let before = stock.costing == .fifo ? [] : moves[line.product, default: []]
        try checkWorth(of: line.product, held, after: before + revaluations, books, s)
      }
      d.move(0, worth: share - part, of: line.product, from: source, to: costOfSales)
      moves[line.product, default: []] += revaluations
    }
    for (product, moves) in moves.sorted(by: { $0.key < $1.key }) {
      try d.moveStock(moves, of: product, s)
    }
  }

  /// The account that bore the cost. What takes goods at their cost would be put right with them, so it is none; nor are assets and deferrals,
  /// of which each document keeps its part.
  private func bearer(_ d: inout Decision, _ s: any Situation) throws(Obstacle) -> NameID {
    let chart = try s.chart()
    let place = try d.costAccount(account, in: chart.currency, s)
    guard let role = chart.role(of: place.account) else { return place.account }
    switch role {
    case .costOfSales, .purchaseVariance, .stockAdjustment, .scrap, .fixedAsset,
      .accumulatedDepreciation, .deferredIncome, .deferredExpense:
      throw .refuse(
        "account.control", "Account \(account) (\(role.rawValue)) is kept by documents of its own.",
        remedy: "Name the account to which the freight or the duty was billed.")
    default: return place.account
    }
  }

  /// A line of a receipt that shares the cost.
  private struct Goods {
    var receipt: NameID
    var product: NameID
    var units: Int64
    var value: Int64
  }

  /// Refuses to take more off a line than was added to it.
  private func check(
    _ off: Int64, takenOff line: Goods, _ books: DocumentCurrency, _ d: inout Decision,
    _ s: any Situation
  ) throws(Obstacle) {
    let added = try s.document(GoodsReceipt.self, line.receipt).landed(on: line.product, from: d.on)
    if off <= added { return }
    throw .refuse(
      "landing.exceeded",
      "\(books.text(max(0, added))) that was added to \(try s.code(line.product)) of receipt \(try s.code(line.receipt)) can be taken off on \(d.on), not \(books.text(off)).",
      remedy: "Take off at most what was added, shared alike, on its day or later.")
  }

  /// Refuses to leave goods that would be worth less than nothing: those that bore the cost may have gone.
  private func checkWorth(
    of product: NameID, _ held: [(place: Place, units: Int64, value: Int64)],
    after moves: [StockMove], _ books: DocumentCurrency, _ s: any Situation
  ) throws(Obstacle) {
    // At its standard a product keeps what it is worth: what differs is a variance.
    if try s.document(ProductStock.self, product).costing == .standard { return }
    for part in held {
      let left = moves.reduce(part.value) {
        $0 + ($1.to == part.place ? $1.value : 0) - ($1.from == part.place ? $1.value : 0)
      }
      if left >= 0 { continue }
      throw .refuse(
        "landing.belowZero",
        "What lies of \(try s.code(product)) in \(try s.code(part.place.subject)) would be worth \(books.text(left)).",
        remedy:
          "Those that bore the cost have gone: take off less, or name the receipts of those that lie here."
      )
    }
  }

  private func goods(_ d: inout Decision, _ s: any Situation) throws(Obstacle) -> [Goods] {
    var goods: [Goods] = []
    for code in receipts {
      let id = try d.refer(.receipt, code, s)
      let known = try s.document(GoodsReceipt.self, id)
      d.mention(known.purchase)
      d.mention(known.supplier)
      if goods.contains(where: { $0.receipt == id }) {
        throw .refuse(
          "lines.duplicate", "Receipt \(code) is named twice.", remedy: "Name each receipt once.")
      }
      if d.on < known.on {
        throw .refuse(
          "landing.early", "Receipt \(code) is of \(known.on), after \(d.on).",
          remedy: "Date the landed cost on or after \(known.on).")
      }
      for line in known.lines where line.units > 0 {
        d.mention(line.product)
        goods.append(
          Goods(receipt: id, product: line.product, units: line.units, value: line.value))
      }
    }
    guard !goods.isEmpty else {
      throw .refuse(
        "lines.empty", "There are no goods to bear the cost.",
        remedy: "Name goods receipts of which something was kept.")
    }
    return goods
  }

  /// What each line bears: its part rounded half away from zero, never beyond the whole; the last one takes what is left.
  private func shares(
    of total: Int64, among goods: [Goods], _ s: any Situation
  ) throws(Obstacle) -> [Int64] {
    var weights: [Int64] = []
    for line in goods { weights.append(try weight(of: line, s)) }
    let whole = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard whole > 0 else {
      throw .refuse(
        "landing.base", "The goods have no \(share.rawValue) to share the cost by.",
        remedy: "Share it by another measure.")
    }
    var left = abs(total)
    return weights.enumerated().map { i, weight in
      let part = Exact.divide(Int128(abs(total)) * Int128(weight), whole) ?? left
      let bounded = i == weights.count - 1 ? left : min(part, left)
      left -= bounded
      return total < 0 ? -bounded : bounded
    }
  }

  private func weight(of line: Goods, _ s: any Situation) throws(Obstacle) -> Int64 {
    let product = try s.document(Product.self, line.product)
    let quantity = ExactDecimal(digits: line.units, scale: product.decimals)
    let code = try s.code(line.product)
    switch share {
    case .value: return line.value
    case .quantity:
      return try refusing("quantity of \(code)") { () throws(WireError) in
        try quantity.units(decimals: 6)
      }
    case .weight:
      guard let weight = product.weight, !weight.isNegative else {
        throw .refuse(
          "landing.weight", "It is not known what \(code) weighs.",
          remedy: "Record product.revised with its weight, or share by value or quantity.")
      }
      return try refusing("weight of \(code)") { () throws(WireError) in
        try Exact.product(quantity, weight, decimals: 6)
      }
    }
  }
}
