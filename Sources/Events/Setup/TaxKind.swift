// Why: a tax code says on which side of the tax account its amounts stand.

public import Wire

/// What a tax does to a document.
public enum TaxKind: String, Choice {
  /// Added to a sale and owed to the tax office.
  case collected
  /// Added to a purchase and claimed back from the tax office.
  case deductible
  /// Kept back from a payment and owed to the tax office.
  case withheld
  /// Added to a sale beside another tax, such as Spain's recargo de equivalencia.
  case surcharge
  /// Owed and claimed back at once by the buyer.
  case reverseCharge
  /// No tax, but the base is reported.
  case exempt
  /// Trade with another member state: no tax on a sale, owed and claimed back at once on a purchase.
  case intraCommunity
  public init() { self = .collected }
}
