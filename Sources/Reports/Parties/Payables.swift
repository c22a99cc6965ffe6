// Why: whom we owe how much, and since when.

internal import Ledger

/// Open bills by due day.
public enum Payables: Report {
  public static let name = "payables"
  public static let title = "Payables by age"
  public static let summary = "Open bills by supplier and by how late they are"
  public static let subject = ReportSubject.optional([.supplier])
  public static let columns = Ageing.partyColumns
  public static let keys = ["party", "document", "due"]
  public static let measures = ["open"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    try Ageing.fill(&table, inquiry, .payable, advances: .supplierAdvances)
  }
}
