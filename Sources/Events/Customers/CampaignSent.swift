// Why: what was sent to whom explains later orders; and nobody may be written to who did not agree.

public import Wire

/// A message has been sent to many customers.
public struct CampaignSent: Event {
  /// The campaign's code.
  public var campaign = Code()
  /// What people call it.
  public var name = ""
  /// By which way.
  public var channel = ContactChannel()
  /// What the customers must have agreed to.
  public var purpose = Code()
  /// To whom.
  public var customers: [Code] = []

  public init() {}
  public static let kind = Kind(148, "campaign.sent")
  public static let purpose = "A message has been sent to many customers."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "campaign", &campaign)
    try f.field(2, "name", &name)
    try f.field(3, "channel", &channel)
    try f.field(4, "purpose", &purpose)
    try f.field(5, "customers", &customers)
  }
  public static var example: CampaignSent {
    var event = CampaignSent()
    event.campaign = "SPRING-26"
    event.name = "Spring offers"
    event.channel = .email
    event.purpose = "newsletter"
    event.customers = ["C-17", "C-21"]
    return event
  }
}
