// Why: a tax code has a rate from a day on; a document is taxed at the rate of its own day.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// A tax code with its rates.
struct TaxDefinition: Document {
  /// What holds from a day on.
  struct Rate: Sendable {
    var from: Day
    /// Percent of the base.
    var percent: ExactDecimal
    /// Percent of the tax that may be claimed back.
    var claimable: ExactDecimal
  }
  private(set) var kind = TaxKind.collected
  /// In the order of their recording.
  private(set) var rates: [Rate] = []
  /// The surcharge that stands beside this tax; none when there is none.
  private(set) var surcharge = NameID.none

  init() {}
  static let isDefinition = true

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard let defined = try event.event(TaxDefined.self) else { return }
    // A surcharge mentions itself first, then the tax beside which it stands.
    guard let own = event.mention(.tax), own == id else {
      surcharge = event.mention(.tax) ?? .none
      return
    }
    kind = defined.kind
    rates.append(
      Rate(
        from: defined.validFrom ?? (rates.isEmpty ? Day(number: .min) : event.on),
        percent: defined.rate, claimable: defined.claimable ?? "100"))
  }

  /// What holds on `day`: the rate that began last; of two that began together the later recorded.
  func rate(on day: Day) -> Rate? {
    var found: Rate?
    for rate in rates where rate.from <= day && rate.from >= (found?.from ?? rate.from) {
      found = rate
    }
    return found
  }
}
