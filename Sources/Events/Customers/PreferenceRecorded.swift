// Why: what a customer wants is kept as the customer said it, so that the next one who serves it knows.

public import Wire

/// A customer wants something done in some way.
public struct PreferenceRecorded: Event {
  /// The customer.
  public var customer = Code()
  /// What it is about: delivery, language.
  public var preference = Code()
  /// What is wanted; nothing any more when empty; personal.
  public var value = ""

  public init() {}
  public static let kind = Kind(206, "preference.recorded")
  public static let purpose = "A customer wants something done in some way."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "customer", &customer)
    try f.field(2, "preference", &preference)
    try f.personal(3, "value", &value, of: .customer(customer))
  }
  public static var example: PreferenceRecorded {
    var event = PreferenceRecorded()
    event.customer = "C-17"
    event.preference = "delivery"
    event.value = "mornings only"
    return event
  }
}
