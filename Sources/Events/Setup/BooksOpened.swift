// Why: the first event of any books: it fixes what every later amount and day means.

public import Wire

/// A company's books have begun, in a currency and a time zone.
public struct BooksOpened: Event {
  /// What the company is called.
  public var name = ""
  /// The books' currency (ISO 4217): every value is in it, for ever.
  public var currency = Code()
  /// Where the company's days begin and end (IANA): `Europe/Madrid`.
  public var timeZone = ""
  /// The chart of accounts with which the books began: `generic`, `pgc`.
  public var chart = Code()

  public init() {}
  public static let kind = Kind(1, "books.opened")
  public static let purpose = "A company's books have begun, in a currency and a time zone."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "name", &name)
    try f.field(2, "currency", &currency)
    try f.field(3, "timeZone", &timeZone)
    try f.field(4, "chart", &chart)
  }
  public static var example: BooksOpened {
    var event = BooksOpened()
    event.name = "Ferretería Aranda S.L."
    event.currency = "EUR"
    event.timeZone = "Europe/Madrid"
    event.chart = "generic"
    return event
  }
}
