// Why: whom to remind of what, how firmly it was done the last time, and when.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
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
    func late(_ document: OpenDocument) -> [OpenDocument.Part] {
      document.parts.filter { $0.openValue != 0 && inquiry.ageingDay > $0.due }
    }
    let documents = try inquiry.openDocuments(.receivable).filter { !late($0).isEmpty }
    let reminders = try reminders(of: documents.map(\.id), inquiry)
    try inquiry.prepare(documents.map(\.party))
    for document in documents {
      let (level, reminded) = reminders[document.id] ?? (0, nil)
      for part in late(document) {
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

  /// The highest level of the reminders of each document, and the day of the last one.
  private static func reminders(
    of documents: [NameID], _ inquiry: Inquiry
  ) throws(ReportError) -> [NameID: (level: Int64, last: Day?)] {
    var reminders: [NameID: (level: Int64, last: Day?)] = [:]
    try inquiry.forEachEvent(
      Histories.self, ofEach: documents,
      where: { $0.kind == ReminderSent.kind.number && inquiry.isInTime($0) }
    ) { (document, event) throws(ReportError) in
      let sent = try decoding { () throws(WireError) in try event.event(ReminderSent.self) }
      let (level, last) = reminders[document] ?? (0, nil)
      reminders[document] = (max(level, sent?.level ?? 0), max(last ?? event.on, event.on))
    }
    return reminders
  }
}
