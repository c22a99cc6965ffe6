// Why: a closed period never changes; opening it again is possible, but in the open, with a reason.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension PeriodClosed: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    d.mention(.books)
    if let closed = try s.chart().closedThrough, through <= closed {
      throw .refuse(
        "period.closed", "The books are closed through \(closed) already.",
        remedy: "Close a later day, or reopen the period with a reason.")
    }
    if through > d.on {
      throw .refuse(
        "period.future", "\(through) lies after \(d.on), the day of closing.",
        remedy: "Close a period when it is over: date it \(through) or later.")
    }
  }
}

extension PeriodReopened: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    d.mention(.books)
    guard !reason.isEmpty else {
      throw .refuse(
        "period.reason", "There is no reason for reopening the period.",
        remedy: "Say why: auditors will ask.")
    }
    guard let closed = try s.chart().closedThrough, from <= closed else {
      throw .refuse(
        "period.notClosed", "\(from) is open.", remedy: "Nothing needs to be reopened.")
    }
  }
}
