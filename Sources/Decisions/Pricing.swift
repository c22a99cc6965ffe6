// Why: the arithmetic that every priced document shares: codes into currencies and quantities, a line's net
// amount rounded once, foreign amounts into the books' currency at the rate of the day.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// A currency as it is used in one document: its number, its decimals, its rate on the day.
struct DocumentCurrency: Sendable {
  let id: NameID
  let code: Code
  let decimals: Int
  /// Units of the books' currency for one unit; `nil` for the books' own.
  let rate: ExactDecimal?
  let baseDecimals: Int

  /// What `amount` smallest units are worth in the smallest unit of the books' currency.
  func value(_ amount: Int64) throws(Obstacle) -> Int64 {
    guard let rate else { return amount }
    return try refusing("amount") { () throws(WireError) in
      try Exact.product(
        ExactDecimal(digits: amount, scale: decimals), rate, decimals: baseDecimals)
    }
  }

  /// A decimal amount in smallest units.
  func units(_ amount: ExactDecimal, _ field: String) throws(Obstacle) -> Int64 {
    try refusing(field) { () throws(WireError) in
      try Exact.bounded(try amount.units(decimals: decimals), decimals: decimals)
    }
  }

  /// `amount` smallest units as a decimal text.
  func text(_ amount: Int64) -> String {
    ExactDecimal(digits: amount, scale: decimals).formatted(decimals: decimals) + " \(code)"
  }
}

extension Decision {
  /// The currency `code` (the books' own when absent) at the rate of the event's day.
  mutating func currency(
    _ code: Code?, _ s: any Situation
  ) throws(Obstacle) -> DocumentCurrency {
    let chart = try s.chart()
    guard let code, code != chart.currency else {
      return DocumentCurrency(
        id: chart.currencyID, code: chart.currency, decimals: chart.decimals, rate: nil,
        baseDecimals: chart.decimals)
    }
    guard let currency = Currency(code) else {
      throw .refuse(
        "currency.unknown", "ISO 4217 lists no currency \(code).",
        remedy: "Use a code such as EUR or USD.")
    }
    guard let id = try s.id(.currency, code),
      let rate = try s.document(ExchangeRates.self, id).rate(on: on)
    else {
      throw .refuse(
        "rate.missing", "There is no exchange rate of \(code) on or before \(on).",
        remedy: "Record rate.set for \(code) on that day first.")
    }
    mention(id)
    return DocumentCurrency(
      id: id, code: code, decimals: currency.decimals, rate: rate, baseDecimals: chart.decimals)
  }

  /// A product that may be traded, with its number.
  mutating func product(
    _ code: Code, _ s: any Situation
  ) throws(Obstacle) -> (id: NameID, product: Product) {
    let id = try refer(.product, code, s)
    return (id, try s.document(Product.self, id))
  }

  /// A quantity in the product's smallest unit.
  /// - Throws: a refusal when it is zero or negative, or has more decimals than the product.
  func units(
    _ quantity: ExactDecimal, _ code: Code, _ product: Product
  ) throws(Obstacle) -> Int64 {
    guard quantity.digits > 0 else {
      throw .refuse(
        "quantity.notPositive", "The quantity of \(code) is \(quantity).",
        remedy: "Give a quantity above zero.")
    }
    return try refusing("quantity of \(code)") { () throws(WireError) in
      try Exact.bounded(
        try quantity.units(decimals: product.decimals), decimals: product.decimals)
    }
  }
}

/// The net amount of a line in smallest units: quantity × price less the discount, rounded once, half away from zero.
func netAmount(
  quantity: ExactDecimal, price: ExactDecimal, discount: ExactDecimal?, decimals: Int
) throws(Obstacle) -> Int64 {
  guard price.scale <= 6 else {
    throw .refuse(
      "price.tooPrecise", "The price \(price) has more than 6 decimals.",
      remedy: "Round it to 6 decimals.")
  }
  try checkDiscount(discount)
  guard !price.isNegative else {
    throw .refuse(
      "price.negative", "The price \(price) is negative.",
      remedy: "Credit goods with invoice.corrected instead.")
  }
  return try refusing("line") { () throws(WireError) in
    try netUnits(quantity: quantity, price: price, discount: discount, decimals: decimals)
  }
}

/// Checks that a discount is a percent between 0 and 100.
func checkDiscount(_ discount: ExactDecimal?) throws(Obstacle) {
  if let discount,
    discount.isNegative || discount.scale > 6 || discount.digits > 100 * power(discount.scale)
  {
    throw .refuse(
      "discount.invalid", "A discount of \(discount) % is not between 0 and 100.",
      remedy: "Give the percent that comes off the price.")
  }
}

/// The same for a line that has been checked before, as documents read it back.
func netUnits(
  quantity: ExactDecimal, price: ExactDecimal, discount: ExactDecimal?, decimals: Int
) throws(WireError) -> Int64 {
  guard let discount else {
    return try Exact.product(quantity, price, decimals: decimals)
  }
  let keep = ExactDecimal(
    digits: 100 * power(discount.scale) - discount.digits, scale: Int(discount.scale))
  return try Exact.product(quantity, price, keep, percentWithDecimals: decimals)
}

private func power(_ scale: UInt8) -> Int64 {
  (0..<scale).reduce(1) { power, _ in power * 10 }
}
