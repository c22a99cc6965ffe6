// Why: who is late is reminded, more firmly each time; what was sent when decides the next step.

public import Wire

/// A customer has been reminded of invoices that are overdue.
public struct ReminderSent: Event {
  /// The reminder's code.
  public var reminder = Code()
  /// Who was reminded.
  public var customer = Code()
  /// The invoices that are overdue.
  public var invoices: [Code] = []
  /// How firm it is, from 1; one more than these invoices' last one when absent.
  public var level: Int64?
  /// A remark.
  public var text: String?

  public init() {}
  public static let kind = Kind(46, "reminder.sent")
  public static let purpose = "A customer has been reminded of invoices that are overdue."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "reminder", &reminder)
    try f.field(2, "customer", &customer)
    try f.field(3, "invoices", &invoices)
    try f.field(4, "level", &level)
    try f.field(5, "text", &text)
  }
  public static var example: ReminderSent {
    var event = ReminderSent()
    event.reminder = "M-1"
    event.customer = "C-17"
    event.invoices = ["F-1", "F-2"]
    event.level = 1
    event.text = "friendly"
    return event
  }
}
