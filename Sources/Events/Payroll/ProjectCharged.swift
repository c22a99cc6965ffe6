// Why: what a document costs or brings is booked on its accounts; here part of it is laid to a project, beside the hours.

public import Wire

/// A cost or a benefit of some document belongs to a project.
public struct ProjectCharged: Event {
  /// The project.
  public var project = Code()
  /// The task.
  public var task: Code?
  /// Whether it is a cost or a benefit.
  public var side = ChargeSide()
  /// How much, before tax, in the books' currency; negative takes back.
  public var amount = ExactDecimal()
  /// The invoice that it is part of.
  public var invoice: Code?
  /// The supplier's bill that it is part of.
  public var bill: Code?
  /// What it is.
  public var text: String?

  public init() {}
  public static let kind = Kind(105, "project.charged")
  public static let purpose = "A cost or a benefit of some document belongs to a project."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "project", &project)
    try f.field(2, "task", &task)
    try f.field(3, "side", &side)
    try f.field(4, "amount", &amount)
    try f.field(5, "invoice", &invoice)
    try f.field(6, "bill", &bill)
    try f.field(7, "text", &text)
  }
  public static var example: ProjectCharged {
    var event = ProjectCharged()
    event.project = "PR-1"
    event.task = "PR-1/shelves"
    event.side = .cost
    event.amount = "350.00"
    event.invoice = "F-1"
    event.bill = "B-77"
    event.text = "timber"
    return event
  }
}
