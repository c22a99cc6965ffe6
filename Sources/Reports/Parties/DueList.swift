// Why: whether there will be money enough is read off what is due to come in and to go out, day by day.

internal import Documents
internal import Ledger
internal import Summaries

/// Open invoices and bills in the order in which they are due.
public enum DueList: Report {
  public static let name = "due-list"
  public static let title = "Due list"
  public static let summary = "Open invoices and bills by due day, with what they come to together"
  public static let subject = ReportSubject.optional([.customer, .supplier])
  public static let columns = [
    Column("due", "Due", .day), Column("days", "Days", .number), Column("party", "Party", .code),
    Column("name", "Name", .text), Column("document", "Document", .code),
    Column("in", "In", .money), Column("out", "Out", .money), Column("balance", "Balance", .money),
  ]
  public static let keys = ["document", "due", "party"]
  public static let measures = ["in", "out"]

  private struct Part {
    var due: Day
    var document: OpenDocument
    var value: Int64
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var parts: [Part] = []
    for (role, sign) in [(Role.receivable, Int64(1)), (.payable, -1)] {
      for document in try inquiry.openDocuments(role) {
        for part in document.parts where part.openValue != 0 {
          parts.append(Part(due: part.due, document: document, value: sign * part.openValue))
        }
      }
    }
    var (balance, comesIn, goesOut): (Int64, Int64, Int64) = (0, 0, 0)
    try inquiry.prepare(parts.map(\.document.party))
    for part in parts.sorted(by: { ($0.due, $0.document.id) < ($1.due, $1.document.id) }) {
      balance += part.value
      comesIn += max(part.value, 0)
      goesOut += max(-part.value, 0)
      table.add(
        [
          .day(part.due), .number(Int64(part.due - inquiry.ageingDay)),
          try inquiry.cell(part.document.party), try inquiry.partyName(part.document.party),
          try inquiry.cell(part.document.id),
          part.value > 0 ? inquiry.money(part.value) : .empty,
          part.value < 0 ? inquiry.money(-part.value) : .empty, inquiry.money(balance),
        ], basis: .moves([.key(part.document.key)]))
    }
    table.totals =
      [.text("Total"), .empty, .empty, .empty, .empty]
      + [comesIn, goesOut, balance].map(inquiry.money)
    table.notes.append("Days are counted from \(inquiry.ageingDay); below zero it is overdue.")
  }
}
