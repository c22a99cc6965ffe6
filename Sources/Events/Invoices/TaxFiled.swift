// Why: at the end of a period the taxes of all documents become one debt to the tax office, or one claim. What was
// withheld from employees, suppliers and landlords is declared by filings of its own.

public import Ledger
public import Wire

/// What a filing says of one tax code, in the books' currency.
public struct TaxFiledLine: Message, Hashable {
  /// The tax code.
  public var tax = Code()
  /// The base.
  public var base = ExactDecimal()
  /// The tax that is owed.
  public var collected = ExactDecimal()
  /// The tax that is claimed back.
  public var claimed = ExactDecimal()

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "tax", &tax)
    try f.field(2, "base", &base)
    try f.field(3, "collected", &collected)
    try f.field(4, "claimed", &claimed)
  }
}

/// What a filing says of wages, in the books' currency.
public struct WagesFiledLine: Message, Hashable {
  /// The account of wages.
  public var account = Code()
  /// How many employees had wages.
  public var employees: Int64 = 0
  /// Their gross wages.
  public var gross = ExactDecimal()
  /// What was withheld from them for the tax office.
  public var withheld = ExactDecimal()

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "account", &account)
    try f.field(2, "employees", &employees)
    try f.field(3, "gross", &gross)
    try f.field(4, "withheld", &withheld)
  }
}

/// The taxes of a period have been declared, and are settled as one sum.
public struct TaxFiled: Event {
  /// The filing's code.
  public var filing = Code()
  /// The first day of the period.
  public var from = Day()
  /// The last day of the period; what is dated later is left to the next one.
  public var through = Day()
  /// When it is to be paid.
  public var due: Day?
  /// Earlier filings that ended in a claim, which is set off here.
  public var carries: [Code] = []
  /// What was declared for each tax code and not before; filled in when it is recorded.
  public var lines: [TaxFiledLine] = []
  /// A remark.
  public var text: String?
  /// What was withheld from others, by tax code, and is declared here; all that is not withheld is declared when there is
  /// none, and no wages.
  public var withholdings: [Code] = []
  /// Whether what was withheld from wages is declared here.
  public var wages: Bool?
  /// What was declared of wages and not before; filled in when it is recorded.
  public var wageLines: [WagesFiledLine] = []

  public init() {}
  public static let kind = Kind(44, "tax.filed")
  public static let purpose = """
    The taxes of a period have been declared, and are settled as one sum.
    """
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "filing", &filing)
    try f.field(2, "from", &from)
    try f.field(3, "through", &through)
    try f.field(4, "due", &due)
    try f.field(5, "carries", &carries)
    try f.field(6, "lines", &lines)
    try f.field(7, "text", &text)
    try f.field(8, "withholdings", &withholdings)
    try f.field(9, "wages", &wages)
    try f.field(10, "wageLines", &wageLines)
  }
  public static var example: TaxFiled {
    var line = TaxFiledLine()
    line.tax = "IVA21"
    line.base = "1000.00"
    line.collected = "210.00"
    line.claimed = "0"
    var wages = WagesFiledLine()
    wages.account = "6000"
    wages.employees = 2
    wages.gross = "4000.00"
    wages.withheld = "480.00"
    var event = TaxFiled()
    event.filing = "303-2026-1T"
    event.from = "2026-01-01"
    event.through = "2026-03-31"
    event.due = "2026-04-20"
    event.carries = ["303-2025-4T"]
    event.lines = [line]
    event.text = "first quarter"
    event.withholdings = ["IRPF15"]
    event.wages = true
    event.wageLines = [wages]
    return event
  }
}
