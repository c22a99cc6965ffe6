// Why: why the bank says something else than the books, to the cent, as of any day.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// From the balance of the books to that of the bank's statements.
public enum BankReconciliation: Report {
  public static let name = "reconciliation"
  public static let title = "Bank reconciliation"
  public static let summary = "From the balance of the books to that of the bank, as of any day"
  public static let subject = ReportSubject.optional([.account])
  public static let columns = [
    Column("account", "Account", .code), Column("line", "Line", .text), Column("on", "Day", .day),
    Column("document", "Document", .code), Column("event", "Event", .number),
    Column("text", "Text", .text), Column("amount", "Amount", .quantity),
  ]
  public static let keys = ["account", "line", "document", "event", "on"]
  public static let measures = ["amount"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    for state in try inquiry.bankStates() {
      let account = Cell.text(state.account.code.text)
      let basis = Basis.account(state.account.id)
      func add(
        _ line: String, _ on: Cell, _ document: Cell, _ event: Cell, _ text: Cell, _ amount: Int64,
        _ basis: Basis
      ) throws(ReportError) {
        table.add(
          [
            account, .text(line), on, document, event, text,
            try inquiry.amount(amount, state.currency),
          ], basis: basis)
      }
      try add("books", .empty, .empty, .empty, .empty, state.booked, basis)
      for item in state.outstanding {
        try add(
          "not on a statement", .day(item.item.on), try inquiry.document(of: item.event),
          .number(Int64(item.item.position)), try inquiry.text(of: item.event), -item.amount,
          .events([item.item.position]))
      }
      for entry in state.unmatched {
        let words = [entry.entry.text, entry.entry.reference].compactMap { $0 }
        try add(
          "not in the books", .day(entry.entry.on), try inquiry.cell(entry.statement),
          .number(Int64(entry.number)), .text(words.joined(separator: " ")), entry.amount,
          .history(entry.statement))
      }
      try add("statements", .empty, .empty, .empty, .empty, state.stated, basis)
      table.addSubtotal([
        "account": account, "line": .text("Difference"),
        "amount": try inquiry.amount(state.reconciled - state.stated, state.currency),
      ])
      let breaks = state.outstanding.map(\.item.on) + state.unmatched.map(\.entry.on)
      table.notes.append(
        breaks.min().map { "Account \(state.account.code): the first break is of \($0)." }
          ?? "Account \(state.account.code): books and statements agree.")
    }
  }
}
