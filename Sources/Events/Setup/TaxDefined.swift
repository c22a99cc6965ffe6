// Why: tax rates change by law, on a day; a code with a later `validFrom` leaves the earlier rate
// to earlier days.

public import Ledger
public import Wire

/// A tax code has been given a rate and a kind.
public struct TaxDefined: Event {
  /// The tax code that lines name.
  public var tax = Code()
  /// What documents call it.
  public var name = ""
  /// Percent of the base.
  public var rate = ExactDecimal()
  /// What the tax does to a document.
  public var kind = TaxKind()
  /// The first day of this rate; the event's own day when absent.
  public var validFrom: Day?
  /// Percent of the tax that may be claimed back, where not all of it may.
  public var claimable: ExactDecimal?
  /// For a surcharge: the tax code beside which it stands.
  public var besides: Code?

  public init() {}
  public static let kind = Kind(13, "tax.defined")
  public static let purpose = "A tax code has been given a rate and a kind."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "tax", &tax)
    try f.field(2, "name", &name)
    try f.field(3, "rate", &rate)
    try f.field(4, "kind", &kind)
    try f.field(5, "validFrom", &validFrom)
    try f.field(6, "claimable", &claimable)
    try f.field(7, "besides", &besides)
  }
  public static var example: TaxDefined {
    var event = TaxDefined()
    event.tax = "IVA21"
    event.name = "IVA 21 %"
    event.rate = "21"
    event.kind = .collected
    event.validFrom = "2026-01-01"
    event.claimable = "100"
    event.besides = "IVA10"
    return event
  }
}
