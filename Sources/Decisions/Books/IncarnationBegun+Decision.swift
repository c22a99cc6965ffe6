// Why: a new history under another origin is a grave thing: auditors must find when it began and why.

public import Events
internal import Ledger
internal import Wire

extension IncarnationBegun: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    d.mention(.books)
    try refuseEmpty(reason, remedy: "Say which copy was restored, and what is missing from it.")
    if let signedSize, signedSize < 0 {
      throw .refuse(
        "incarnation.size", "No checkpoint has \(signedSize) events.",
        remedy: "Give the size of the last checkpoint that was signed.")
    }
  }
}
