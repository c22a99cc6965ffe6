// Why: a recurring entry is checked when it is planned, and posted on the days on which it is due.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension EntryScheduled: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.referOrIntroduce(.schedule, schedule, s)
    guard (1...120).contains(months) else {
      throw .refuse(
        "schedule.months", "\(schedule) would come every \(months) months.",
        remedy: "Give 1 to 120 months.")
    }
    if let through, through < from {
      throw .refuse(
        "schedule.days", "\(schedule) would end on \(through), before it begins on \(from).",
        remedy: "Give a last day on or after the first.")
    }
    let known = try s.document(RecurringEntry.self, id)
    if let posted = known.postedThrough, from <= posted {
      throw .refuse(
        "schedule.posted", "\(schedule) has been posted through \(posted).",
        remedy: "Plan it anew from \(posted + 1) or later.")
    }
    // Tried out, and thrown away: it moves nothing yet.
    var trial = d
    try trial.repeatEntry(self, on: d.on, s)
  }
}

extension EntryRepeated: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.entry, entry, s)
    let through = try d.through(self.through)
    self.through = through
    let chart = try s.chart()
    let due: [NameID]
    if let schedule {
      due = [try d.refer(.schedule, schedule, s)]
    } else {
      due = try s.names(of: .schedule)
    }
    for id in due {
      let known = try s.document(RecurringEntry.self, id)
      for day in known.due(through: through) {
        d.mention(id)
        try d.repeatEntry(known.plan, on: d.open(day, chart), s)
      }
    }
    if d.moves.isEmpty {
      throw .refuse(
        "schedule.notDue", "No recurring entry is due through \(through).",
        remedy: "Nothing needs to be posted.")
    }
  }
}

extension Decision {
  /// Posts the lines of a recurring entry on a day.
  fileprivate mutating func repeatEntry(
    _ plan: EntryScheduled, on day: Day, _ s: any Situation
  ) throws(Obstacle) {
    let chart = try s.chart()
    var (debits, credits): ([JournalSide], [JournalSide]) = ([], [])
    for line in plan.lines {
      let account = try s.id(.account, line.account)
      let role = account.flatMap { chart.role(of: $0) }
      if role?.holdsOpenItems ?? false
        || account.flatMap({ chart.accounts[$0]?.kind }) == .memo
      {
        throw .refuse(
          "schedule.account", "Account \(line.account) cannot be part of a recurring entry.",
          remedy: "Documents are settled one by one: record them each time.")
      }
      let (isDebit, side) = try line.checked(try line.knownSubject(&self, s), &self, s)
      if isDebit { debits.append(side) } else { credits.append(side) }
    }
    guard !plan.lines.isEmpty else {
      throw .refuse("lines.empty", "There are no lines.", remedy: "Give at least two lines.")
    }
    try balance(debits, credits, s)
    try post(debits: debits, credits: credits, on: day, s)
  }
}
