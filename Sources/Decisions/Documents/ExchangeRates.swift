// Why: what a foreign amount is worth is decided by the rate of its day: the last one set on or before it.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// The rates of one currency: units of the books' currency for one unit of it.
struct ExchangeRates: Document {
  private var rates: [(on: Day, rate: ExactDecimal)] = []

  init() {}
  static let isDefinition = true

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard let set = try event.event(RateSet.self) else { return }
    rates.append((event.on, set.rate))
  }

  /// The rate that holds on `day`.
  func rate(on day: Day) -> ExactDecimal? {
    var found: (on: Day, rate: ExactDecimal)?
    for rate in rates where rate.on <= day && rate.on >= (found?.on ?? rate.on) { found = rate }
    return found?.rate
  }
}
