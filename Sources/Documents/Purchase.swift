// Why: what was ordered from a supplier, what came and went back, what was billed and credited: the sides of the match.

package import Events
package import Ledger
package import Wire

/// A purchase order.
package struct Purchase: Document {
  /// One product of it. Units are the product's smallest; quantities are in its unit.
  package struct Line: Sendable, Hashable {
    package var product: NameID
    package var code: Code
    package var price: ExactDecimal
    package var ordered: Int64 = 0
    /// What has come and was not rejected.
    package var received: Int64 = 0
    /// What is still to come is worth, in the books' currency.
    package var openValue: Int64 = 0
    /// What has come and has not gone back.
    package var kept = ExactDecimal()
    /// What has gone back after it was accepted.
    package var returned = ExactDecimal()
    /// What has been billed and not credited.
    package var billed = ExactDecimal()
    /// What the bills and credit notes came to beyond the order's price, in the smallest unit of the order's currency.
    package var priceDifference: Int64 = 0
    /// What the goods that were kept and are not billed are worth, in the books' currency; below zero what is to be
    /// credited for goods that went back.
    package var unbilledValue: Int64 = 0
    /// What all goods were worth that came, and how many came.
    private var arrivedValue: Int64 = 0
    private var arrived = ExactDecimal()
    /// When how much of it came; below zero what went back.
    package var receipts: [Receipt] = []

    package init(product: NameID, code: Code, price: ExactDecimal) {
      self.product = product
      self.code = code
      self.price = price
    }

    /// What is still to come.
    package var toCome: Int64 { ordered - received }
    /// What was kept and is not billed; below zero what is billed and went back.
    package var unbilled: ExactDecimal {
      get throws(WireError) { try kept.adding(billed.negated) }
    }

    /// What `quantity` of the goods not yet billed was worth when it came: its part in proportion; the last part is
    /// all that is left. Below zero for goods that went back and are to be credited.
    package func clearing(_ quantity: ExactDecimal) throws(WireError) -> Int64 {
      if quantity.isZero { return 0 }
      let unbilled = try unbilled
      let scale = Int(max(quantity.scale, unbilled.scale))
      let part = try quantity.units(decimals: scale)
      let whole = abs(try unbilled.units(decimals: scale))
      return part >= whole ? unbilledValue : Exact.share(unbilledValue, part, of: whole)
    }

    /// What `quantity` is worth that goes back or is billed: what is not billed yet what it came for, the rest what all
    /// that came was worth on the mean.
    package func worth(_ quantity: ExactDecimal) throws(WireError) -> Int64 {
      let unbilled = try unbilled
      let scale = Int(max(quantity.scale, max(unbilled.scale, arrived.scale)))
      let units = try quantity.units(decimals: scale)
      let part = min(units, max(0, try unbilled.units(decimals: scale)))
      let value = try clearing(ExactDecimal(digits: part, scale: scale))
      let whole = try arrived.units(decimals: scale)
      guard units > part, whole > 0 else { return value }
      return value + Exact.share(arrivedValue, units - part, of: whole)
    }

    /// What `quantity` at `price` comes to beyond the order's price.
    fileprivate func difference(
      _ quantity: ExactDecimal, _ price: ExactDecimal, _ decimals: Int
    ) throws(WireError) -> Int64 {
      try Exact.product(quantity, price, decimals: decimals)
        - Exact.product(quantity, self.price, decimals: decimals)
    }

    fileprivate mutating func arrive(_ quantity: ExactDecimal) throws(WireError) {
      kept = try kept.adding(quantity)
      arrived = try arrived.adding(quantity)
    }
    fileprivate mutating func arrive(worth value: Int64) { arrivedValue += value }
  }
  /// Goods that came on a day, or went back.
  package struct Receipt: Sendable, Hashable {
    package var on: Day
    package var units: Int64
  }
  package private(set) var supplier = NameID.none
  package private(set) var currency = Code()
  package private(set) var on = Day()
  package private(set) var lines: [Line] = []

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    switch event.kind {
    case PurchaseOrdered.kind.number:
      guard let ordered = try event.event(PurchaseOrdered.self) else { return }
      supplier = event.mention(.supplier) ?? .none
      currency = ordered.currency
      on = event.on
      let products = event.mentions.filter { $0.is(.product) }
      for line in ordered.lines where !lines.contains(where: { $0.code == line.product }) {
        lines.append(Line(product: products[lines.count], code: line.product, price: line.price))
      }
      noteMoves(of: event, chart)
    case PurchaseCancelled.kind.number: noteMoves(of: event, chart)
    case GoodsReceived.kind.number:
      noteMoves(of: event, chart)
      for line in try event.event(GoodsReceived.self)?.lines ?? [] {
        try change(line.product) { (l) throws(WireError) in
          try l.arrive(line.quantity)
        }
      }
    case GoodsRejected.kind.number:
      noteMoves(of: event, chart)
      for line in try event.event(GoodsRejected.self)?.lines ?? [] {
        try change(line.product) { (l) throws(WireError) in
          l.kept = try l.kept.adding(line.quantity.negated)
        }
      }
    case GoodsReturned.kind.number:
      noteMoves(of: event, chart)
      for line in try event.event(GoodsReturned.self)?.lines ?? [] {
        try change(line.product) { (l) throws(WireError) in
          l.kept = try l.kept.adding(line.quantity.negated)
          l.returned = try l.returned.adding(line.quantity)
        }
      }
    case BillReceived.kind.number:
      let decimals = decimals(chart)
      for line in try event.event(BillReceived.self)?.lines ?? [] {
        try change(line.product) { (l) throws(WireError) in
          l.unbilledValue -= try l.worth(line.quantity)
          l.priceDifference += try l.difference(line.quantity, line.price, decimals)
          l.billed = try l.billed.adding(line.quantity)
        }
      }
    case BillCorrected.kind.number: try credit(event, id, chart)
    default: break
    }
  }

  private func decimals(_ chart: Chart) -> Int {
    Currency(currency)?.decimals ?? chart.decimals
  }

  private mutating func change(
    _ code: Code?, _ body: (inout Line) throws(WireError) -> Void
  ) throws(WireError) {
    guard let i = lines.firstIndex(where: { $0.code == code }) else { return }
    try body(&lines[i])
  }

  /// Reads off the moves what was ordered, came and went back, in units and in value.
  private mutating func noteMoves(of event: Recorded, _ chart: Chart) {
    for move in event.moves where move.commodity.is(.product) {
      guard let i = lines.firstIndex(where: { $0.product == move.commodity }) else { continue }
      let isOrder = event.kind == PurchaseOrdered.kind.number
      if chart.plays(.onOrder, move.to.account) {
        if isOrder { lines[i].ordered += move.amount } else { lines[i].received -= move.amount }
        lines[i].openValue += move.value
      } else if chart.plays(.onOrder, move.from.account) {
        if event.kind == PurchaseCancelled.kind.number { lines[i].ordered -= move.amount }
        lines[i].openValue -= move.value
      } else if chart.plays(.goodsReceivedNotInvoiced, move.from.account) {
        lines[i].unbilledValue += move.value
        lines[i].received += move.amount
        lines[i].arrive(worth: move.value)
        if move.amount > 0 { lines[i].receipts.append(Receipt(on: event.on, units: move.amount)) }
      } else if chart.plays(.goodsReceivedNotInvoiced, move.to.account) {
        lines[i].unbilledValue -= move.value
        if event.kind == GoodsReceived.kind.number { lines[i].arrive(worth: -move.value) }
      } else if move.amount > 0, chart.plays(.purchaseVariance, move.to.account) {
        lines[i].receipts.append(Receipt(on: event.on, units: -move.amount))
      }
    }
  }

  /// A supplier's credit: goods that went back are settled; others count as not billed again.
  private mutating func credit(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    // What each line came to is read off the moves out of the goods not billed, which stand in the order of the lines.
    var credits = event.moves.filter {
      $0.from.subject == id && $0.amount > 0 && $0.commodity.is(.currency)
        && chart.plays(.goodsReceivedNotInvoiced, $0.from.account)
    }[...]
    let decimals = decimals(chart)
    for line in try event.event(BillCorrected.self)?.lines ?? [] where line.product != nil {
      let whole = try Exact.product(line.quantity, line.price, decimals: decimals)
      var net = whole
      var value: Int64 = 0
      while net > 0, let move = credits.popFirst() {
        net -= move.amount
        value += move.value
      }
      if line.keepsGoods {
        try change(line.product) { (l) throws(WireError) in l.priceDifference -= whole }
        continue
      }
      try change(line.product) { (l) throws(WireError) in
        let settled = try l.settledByCredit(line.quantity)
        l.unbilledValue -= try l.clearing(settled)
        l.unbilledValue += try l.unsettledValue(of: value, line.quantity, settled)
        l.billed = try l.billed.adding(line.quantity.negated)
        l.priceDifference -= try l.difference(line.quantity, line.price, decimals)
      }
    }
  }
}

extension Purchase.Line {
  /// How much of a credited quantity is for goods that went back after they were billed.
  package func settledByCredit(_ quantity: ExactDecimal) throws(WireError) -> ExactDecimal {
    let unbilled = try unbilled
    guard unbilled.isNegative else { return .zero }
    let scale = Int(max(quantity.scale, unbilled.scale))
    let units = min(
      try quantity.units(decimals: scale), try unbilled.negated.units(decimals: scale))
    return ExactDecimal(digits: units, scale: scale)
  }

  /// The part of a credit's value that is for goods that were kept: all but that of the `settled` quantity.
  package func unsettledValue(
    of value: Int64, _ quantity: ExactDecimal, _ settled: ExactDecimal
  ) throws(WireError) -> Int64 {
    let scale = Int(max(quantity.scale, settled.scale))
    let whole = try quantity.units(decimals: scale)
    return value - Exact.share(value, try settled.units(decimals: scale), of: whole)
  }
}
