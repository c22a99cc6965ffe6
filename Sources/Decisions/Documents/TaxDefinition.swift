// Why: a tax code has a rate from a day on; a document is taxed at the rate of its own day.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// A tax code with its rates.
struct TaxDefinition: Document {
  private(set) var kind = TaxKind.collected
  /// The rates in percent, each from a day on, in the order of their recording.
  private(set) var rates: [(from: Day, rate: ExactDecimal)] = []

  init() {}
  static let isDefinition = true

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard let defined = try event.event(TaxDefined.self) else { return }
    kind = defined.kind
    rates.append(
      (defined.validFrom ?? (rates.isEmpty ? Day(number: .min) : event.on), defined.rate))
  }

  /// The rate in percent on `day`: the one that began last; of two that began together the later recorded.
  func rate(on day: Day) -> ExactDecimal? {
    var found: (from: Day, rate: ExactDecimal)?
    for rate in rates where rate.from <= day && rate.from >= (found?.from ?? rate.from) {
      found = rate
    }
    return found?.rate
  }
}
