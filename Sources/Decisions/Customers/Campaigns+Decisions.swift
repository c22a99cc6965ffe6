// Why: whether somebody may be written to is decided where the campaign is recorded, not in a mailing program: consent
// counts as of the day of the campaign.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension ConsentRecorded: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.refer(.customer, customer, s)
  }
}

extension PreferenceRecorded: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.refer(.customer, customer, s)
  }
}

extension CampaignSent: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.campaign, campaign, s)
    guard !customers.isEmpty else {
      throw .refuse(
        "lines.empty", "The campaign went to nobody.", remedy: "Give at least one customer.")
    }
    var seen: Set<Code> = []
    for customer in customers {
      let id = try d.refer(.customer, customer, s)
      guard seen.insert(customer).inserted else {
        throw .refuse(
          "lines.duplicate", "\(customer) stands there twice.", remedy: "Name each customer once.")
      }
      switch try s.document(CustomerWishes.self, id).hasAgreed(to: purpose, on: d.on) {
      case true: continue
      case false:
        throw .refuse(
          "consent.withdrawn", "\(customer) does not agree to \(purpose) on \(d.on).",
          remedy: "Leave \(customer) out.")
      case nil:
        throw .refuse(
          "consent.missing", "\(customer) never agreed to \(purpose).",
          remedy: "Leave \(customer) out, or record its consent first.")
      }
    }
  }
}
