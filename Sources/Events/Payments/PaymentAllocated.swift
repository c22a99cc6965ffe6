// Why: an advance finds its invoice later, on a day of its own.

public import Wire

/// What was left of a payment has been used to settle more documents.
public struct PaymentAllocated: Event {
  /// The payment.
  public var payment = Code()
  /// The documents that it settles now.
  public var allocations: [Allocation] = []

  public init() {}
  public static let kind = Kind(49, "payment.allocated")
  public static let purpose = "What was left of a payment has been used to settle more documents."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "payment", &payment)
    try f.field(2, "allocations", &allocations)
  }
  public static var example: PaymentAllocated {
    var allocation = Allocation()
    allocation.invoice = "F-2"
    allocation.amount = "10.00"
    var event = PaymentAllocated()
    event.payment = "P-1"
    event.allocations = [allocation]
    return event
  }
}
