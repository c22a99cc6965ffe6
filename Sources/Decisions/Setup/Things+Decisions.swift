// Why: warehouses, products, taxes, rates and projects: they move nothing, but what comes later refers to them.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension WarehouseOpened: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.warehouse, warehouse, s)
  }
}

extension ProductRegistered: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.product, product, s)
    guard (0...6).contains(decimals) else {
      throw .refuse(
        "product.decimals", "Quantities of \(product) would have \(decimals) decimals.",
        remedy: "Give 0 to 6.")
    }
    if costing == .standard {
      guard let standardCost, !standardCost.isNegative, standardCost.scale <= 6 else {
        throw .refuse(
          "product.standardCost", "\(product) has no standard cost to be valued at.",
          remedy: "Give \"standardCost\", zero or more with at most 6 decimals.")
      }
    }
    if let tax { _ = try d.refer(.tax, tax, s) }
  }
}

extension ProductRevised: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.refer(.product, product, s)
    if let tax { _ = try d.refer(.tax, tax, s) }
    if let standardCost { try d.setStandard(standardCost, of: id, product, s) }
  }
}

extension ProductRetired: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.refer(.product, product, s)
    if try s.document(Product.self, id).isRetired {
      throw .refuse(
        "product.retired", "\(product) is retired already.", remedy: "Nothing needs to be done.")
    }
  }
}

extension TaxDefined: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.referOrIntroduce(.tax, tax, s)
    guard !rate.isNegative, rate.scale <= 6 else {
      throw .refuse(
        "tax.rate", "A tax rate of \(rate) % is not possible.",
        remedy: "Give a percent from 0 up, with at most 6 decimals.")
    }
    let known = try s.document(TaxDefinition.self, id)
    if !known.rates.isEmpty, known.kind != kind {
      throw .refuse(
        "tax.kind", "The tax code \(tax) is \(known.kind.rawValue), not \(kind.rawValue).",
        remedy: "Define another code for another kind; the same code may only change its rate.")
    }
    try checkClaimable()
    guard (besides == nil) == (kind != .surcharge), besides != tax else {
      throw .refuse(
        "tax.besides", "It is not clear beside which tax \(tax) stands.",
        remedy: "A surcharge, and nothing else, names in \"besides\" the tax that it is added to.")
    }
    if let besides { _ = try d.refer(.tax, besides, s) }
  }
}

extension TaxDefined {
  fileprivate func checkClaimable() throws(Obstacle) {
    guard let claimable else { return }
    try checkDiscount(claimable)
    if ![.deductible, .reverseCharge, .intraCommunity].contains(kind) {
      throw .refuse(
        "tax.claimable", "Nothing of \(tax), of kind \(kind.rawValue), is ever claimed back.",
        remedy: "Leave out \"claimable\".")
    }
  }
}

extension RateSet: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let chart = try s.chart()
    guard Currency(currency) != nil, currency != chart.currency else {
      throw .refuse(
        "rate.currency", "A rate cannot be set for \(currency).",
        remedy: "Use an ISO 4217 code other than the books' own \(chart.currency).")
    }
    guard rate.digits > 0, rate.scale <= 12 else {
      throw .refuse(
        "rate.invalid", "An exchange rate of \(rate) is not possible.",
        remedy: "Give \(chart.currency) for one \(currency), above zero, at most 12 decimals.")
    }
    _ = try d.referOrIntroduce(.currency, currency, s)
  }
}
