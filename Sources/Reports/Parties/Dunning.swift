// Why: whom to remind of what, how firmly it was done the last time, and when.

internal import Documents
internal import Events
internal import Ledger
internal import Summaries
internal import Wire

/// Overdue invoices with their reminders.
public enum Dunning: Report {
  public static let name = "dunning"
  public static let title = "Dunning"
  public static let summary = "Overdue invoices, how late they are, and their reminders"
  public static let subject = ReportSubject.optional([.customer])
  public static let columns = [
    Column("party", "Party", .code), Column("name", "Name", .text),
    Column("document", "Document", .code), Column("due", "Due", .day),
    Column("daysLate", "Days late", .number), Column("open", "Open", .money),
    Column("level", "Level", .number), Column("reminded", "Last reminder", .day),
    Column("next", "Next level", .number),
  ]
  public static let keys = ["document", "due"]
  public static let measures = ["open", "level"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var open: Int64 = 0
    for document in try inquiry.openDocuments(.receivable) {
      let late = document.parts.filter { $0.openValue != 0 && inquiry.ageingDay > $0.due }
      if late.isEmpty { continue }
      var (level, reminded): (Int64, Day?) = (0, nil)
      for event in try inquiry.history(of: document.id) {
        let sent = try decoding { () throws(WireError) in try event.event(ReminderSent.self) }
        guard let sent else { continue }
        level = max(level, sent.level ?? 0)
        reminded = max(reminded ?? event.on, event.on)
      }
      for part in late {
        open += part.openValue
        table.add(
          [
            try inquiry.cell(document.party), try inquiry.partyName(document.party),
            try inquiry.cell(document.id), .day(part.due),
            .number(Int64(inquiry.ageingDay - part.due)), inquiry.money(part.openValue),
            .number(level), reminded.map { .day($0) } ?? .empty, .number(min(level + 1, 9)),
          ], basis: .history(document.id))
      }
    }
    table.totals = table.row(["party": .text("Total"), "open": inquiry.money(open)])
    table.notes.append("Days are counted to \(inquiry.ageingDay).")
  }
}
