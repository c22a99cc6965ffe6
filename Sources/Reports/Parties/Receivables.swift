// Why: who owes us how much, and for how long.

internal import Ledger

/// Open invoices by due day.
public enum Receivables: Report {
  public static let name = "receivables"
  public static let title = "Receivables by age"
  public static let summary = "Open invoices by customer and by how late they are"
  public static let subject = ReportSubject.optional([.customer])
  public static let columns = Ageing.partyColumns
  public static let keys = ["party", "document", "due"]
  public static let measures = ["open"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    try Ageing.fill(&table, inquiry, .receivable, advances: .customerAdvances)
  }
}
