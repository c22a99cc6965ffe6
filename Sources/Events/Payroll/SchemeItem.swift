// Why: each line of a payslip that follows a rule is one item: a percent, or a fixed amount.

public import Wire

/// One item of a payroll scheme.
public struct SchemeItem: Message, Hashable {
  /// The item's code: `CC`.
  public var item = Code()
  /// What the payslip calls it.
  public var name = ""
  /// What it is.
  public var kind = SchemeItemKind()
  /// How many percent: of the wage for earnings and deductions, of the contribution base for social security.
  public var percent: ExactDecimal?
  /// A fixed amount of a whole month, in the books' currency, in place of a percent.
  public var amount: ExactDecimal?
  /// Whether an earning is part of the contribution base; it is when absent.
  public var contributes: Bool?
  /// Whether income tax is withheld from an earning; it is when absent.
  public var taxed: Bool?

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "item", &item)
    try f.field(2, "name", &name)
    try f.field(3, "kind", &kind)
    try f.field(4, "percent", &percent)
    try f.field(5, "amount", &amount)
    try f.field(6, "contributes", &contributes)
    try f.field(7, "taxed", &taxed)
  }

  /// The employee's part for common contingencies in Spain.
  static var example: SchemeItem {
    var item = SchemeItem()
    item.item = "CC"
    item.name = "contingencias comunes"
    item.kind = .employee
    item.percent = "4.70"
    return item
  }
}
