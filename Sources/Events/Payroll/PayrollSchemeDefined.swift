// Why: what is kept back and paid on top differs by country and year; it is recorded, not programmed, and valid from a day.

public import Wire

/// Rules by which payslips are worked out are valid from this day.
public struct PayrollSchemeDefined: Event {
  /// The scheme's code; defined again, it replaces the former rules from that day on.
  public var scheme = Code()
  /// What people call it.
  public var name = ""
  /// The items of a payslip, in their order.
  public var items: [SchemeItem] = []
  /// How many extra monthly wages a year are paid apart; their share is part of each month's contribution base.
  public var extraPayments: Int64?
  /// The most of a month that social security is reckoned on.
  public var maximumBase: ExactDecimal?
  /// The least of a whole month that social security is reckoned on.
  public var minimumBase: ExactDecimal?

  public init() {}
  public static let kind = Kind(207, "payrollScheme.defined")
  public static let purpose = "Rules by which payslips are worked out are valid from this day."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "scheme", &scheme)
    try f.field(2, "name", &name)
    try f.field(3, "items", &items)
    try f.field(4, "extraPayments", &extraPayments)
    try f.field(5, "maximumBase", &maximumBase)
    try f.field(6, "minimumBase", &minimumBase)
  }
  public static var example: PayrollSchemeDefined {
    var event = PayrollSchemeDefined()
    event.scheme = "ES"
    event.name = "Régimen General"
    event.items = [.example]
    event.extraPayments = 2
    event.maximumBase = "5101.20"
    event.minimumBase = "1424.40"
    return event
  }
}
