// Why: an auditor asks who recorded what, when, and about which day; what came late, was imported or corrects
// something else is marked.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Every event as it was recorded: all, those about one thing, or those that one user recorded.
public enum AuditTrail: Report {
  public static let name = "audit-trail"
  public static let title = "Audit trail"
  public static let summary = "Who recorded what, when, about which day; late ones marked"
  public static let subject = ReportSubject.optional(
    NameKind.allCases.filter { $0 != .currency })
  public static let takesFrom = true
  public static let columns = [
    Column("position", "Event", .number), Column("at", "Recorded", .moment),
    Column("by", "By", .code), Column("on", "Day", .day), Column("late", "Days late", .number),
    Column("event", "What", .text), Column("document", "Document", .code),
    Column("because", "Because of", .number), Column("marks", "Marks", .text),
    Column("text", "Text", .text),
  ]
  public static let keys = ["position"]
  public static let measures: [String] = []

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var (late, imported, correcting) = (0, 0, 0)
    try inquiry.forEachEvent(about: inquiry.subject) { (event) throws(ReportError) in
      if let asOf = inquiry.asOf, event.on > asOf { return }
      if let from = inquiry.request.from, event.on < from { return }
      let days = try inquiry.localTime(of: event.at).day - event.on
      var marks: [String] = []
      if days > 0 {
        marks.append("late")
        late += 1
      }
      if event.flags.contains(.imported) {
        marks.append("imported")
        imported += 1
      }
      if event.because != 0 {
        marks.append("correcting")
        correcting += 1
      }
      if event.flags.contains(.clockBehind) { marks.append("clock behind") }
      table.add(
        [
          .number(Int64(event.position)), .moment(event.at), try inquiry.cell(event.by),
          .day(event.on), days > 0 ? .number(Int64(days)) : .empty,
          .text(Catalogue.name(of: event.kind)), try inquiry.document(of: event),
          event.because == 0 ? .empty : .number(Int64(event.because)),
          marks.isEmpty ? .empty : .text(marks.joined(separator: ", ")),
          try inquiry.text(of: event),
        ], basis: .events([event.position]))
    }
    table.notes.append(
      "\(table.rows.count) events: \(late) late, \(imported) imported, \(correcting) correcting. Days are those of \(inquiry.chart.timeZone)."
    )
  }
}
