// Why: customers change their minds before the goods leave; the backlog follows.

public import Wire

/// An order now consists of these lines instead of its earlier ones.
public struct OrderRevised: Event {
  /// The order.
  public var order = Code()
  /// All of its lines from now on.
  public var lines: [OrderLine] = []
  /// Who allows it although it takes the customer beyond the credit limit.
  public var allowedBy: String?

  public init() {}
  public static let kind = Kind(17, "order.revised")
  public static let purpose = "An order now consists of these lines instead of its earlier ones."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "order", &order)
    try f.field(2, "lines", &lines)
    try f.field(20, "allowedBy", &allowedBy)
  }
  public static var example: OrderRevised {
    var line = OrderLine()
    line.product = "TORN-M6"
    line.quantity = "300"
    line.price = "0.25"
    line.discount = "10"
    line.tax = "IVA21"
    var event = OrderRevised()
    event.order = "SO-1"
    event.lines = [line]
    event.allowedBy = "sales manager"
    return event
  }
}
