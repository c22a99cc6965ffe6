// Why: only what is open and overdue is dunned, and each time more firmly than before.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension ReminderSent: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.reminder, reminder, s)
    let customer = try d.refer(.customer, self.customer, s)
    guard !invoices.isEmpty else {
      throw .refuse("lines.empty", "It reminds of nothing.", remedy: "Name the overdue invoices.")
    }
    var last: Int64 = 0
    for code in invoices {
      let id = try d.refer(.invoice, code, s)
      let item = try s.document(OpenItem.self, id)
      try d.check(item, code, .invoice, customer, s)
      guard item.open(.receivable) != nil else {
        throw .refuse(
          "reminder.settled", "Nothing of invoice \(code) is open.",
          remedy: "Leave it out of the reminder.")
      }
      let known = try s.document(Reminders.self, id)
      if let due = known.due, d.on <= due {
        throw .refuse(
          "reminder.early", "Invoice \(code) is due on \(due), not before \(d.on).",
          remedy: "Remind of it from \(due + 1) on.")
      }
      last = max(last, known.level)
    }
    let level = level ?? last + 1
    guard level > last, level <= 9 else {
      throw .refuse(
        "reminder.level", "Level \(level) does not follow level \(last).",
        remedy: "Give a level above \(last), up to 9, or leave it out.")
    }
    self.level = level
  }
}

/// When an invoice is due first, and how firmly it has been asked for.
struct Reminders: Document {
  private(set) var due: Day?
  private(set) var level: Int64 = 0

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let issued = try event.event(InvoiceIssued.self) {
      // An invoice that recalls this one mentions it too.
      guard event.introduced.contains(where: { $0.id == id }) else { return }
      due = issued.instalments.first?.due ?? issued.due ?? event.on
    } else if let sent = try event.event(ReminderSent.self) {
      level = max(level, sent.level ?? 0)
    }
  }
}
