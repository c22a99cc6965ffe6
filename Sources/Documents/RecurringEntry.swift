// Why: what is due of a recurring entry follows from its plan and from what was posted.

package import Events
package import Ledger
package import Wire

/// An entry that comes again and again.
package struct RecurringEntry: Document {
  /// Its last plan.
  package private(set) var plan = EntryScheduled()
  /// The last day for which it was posted.
  package private(set) var postedThrough: Day?

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let scheduled = try event.event(EntryScheduled.self) {
      plan = scheduled
    } else if let repeated = try event.event(EntryRepeated.self) {
      let day = repeated.through ?? event.on
      postedThrough = max(postedThrough ?? day, day)
    }
  }

  /// The days through `day` on which it is due and not posted.
  package func due(through day: Day) -> [Day] {
    guard plan.months > 0 else { return [] }
    let last = min(day, plan.through ?? day)
    var due: [Day] = []
    let months = last.monthNumber - plan.from.monthNumber
    for months in stride(from: 0, through: months, by: Int(plan.months)) {
      let next = plan.from.adding(months: months)
      if next <= last, postedThrough.map({ next > $0 }) ?? true { due.append(next) }
    }
    return due
  }
}
