// Why: the daily work with a bank's statement: what is found in the books, what may be, what is missing on either side.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// A bank's entries beside the books: matched, proposed, open.
public enum BankMatches: Report {
  public static let name = "bank"
  public static let title = "Bank statements and books"
  public static let summary = "Statement entries matched, proposed with score and reason, or open"
  public static let subject = ReportSubject.optional([.account])
  public static let takesFrom = true
  public static let columns = [
    Column("account", "Account", .code), Column("statement", "Statement", .code),
    Column("entry", "Entry", .number), Column("on", "Day", .day), Column("text", "Text", .text),
    Column("amount", "Amount", .quantity), Column("state", "State", .text),
    Column("document", "Document", .code), Column("event", "Event", .number),
    Column("booked", "Booked", .day), Column("score", "Score", .number),
    Column("reason", "Reason", .text),
  ]
  public static let keys = ["account", "statement", "entry", "event", "booked"]
  public static let measures = ["amount"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var (matched, proposed, open, outstanding) = (0, 0, 0, 0)
    for state in try inquiry.bankStates() {
      let account = Cell.text(state.account.code.text)
      let proposals = try inquiry.matchProposals(state)
      let byItem = Dictionary(grouping: state.items, by: \.item).compactMapValues(\.first)
      for (number, entry) in state.entries.enumerated() {
        if let from = inquiry.request.from, entry.entry.on < from { continue }
        let words = [entry.entry.text, entry.entry.reference].compactMap { $0 }
        let first: [Cell] = [
          account, try inquiry.cell(entry.statement), .number(Int64(entry.number)),
          .day(entry.entry.on), .text(words.joined(separator: " ")),
          try inquiry.amount(entry.amount, state.currency),
        ]
        let basis = Basis.history(entry.statement)
        if !entry.items.isEmpty {
          matched += 1
          for item in entry.items {
            var document = Cell.empty
            if let event = byItem[item]?.event { document = try inquiry.document(of: event) }
            table.add(
              first + [
                .text("matched"), document, .number(Int64(item.position)), .day(item.on), .empty,
                .empty,
              ], basis: basis)
          }
        } else if let found = proposals.first(where: { $0.entry == number }) {
          proposed += 1
          let item = state.items[found.item]
          table.add(
            first + [
              .text("proposed"), try inquiry.document(of: item.event),
              .number(Int64(item.item.position)), .day(item.item.on),
              .number(Int64(found.proposal.score)), .text(found.proposal.reason),
            ], basis: basis)
        } else {
          open += 1
          table.add(first + [.text("open"), .empty, .empty, .empty, .empty, .empty], basis: basis)
        }
      }
      let taken = Set(proposals.map(\.item))
      for (number, item) in state.items.enumerated() where !item.isFound && !taken.contains(number)
      {
        outstanding += 1
        table.add(
          [
            account, .empty, .empty, .day(item.item.on), try inquiry.text(of: item.event),
            try inquiry.amount(item.amount, state.currency), .text("not on a statement"),
            try inquiry.document(of: item.event), .number(Int64(item.item.position)),
            .day(item.item.on), .empty, .empty,
          ], basis: .events([item.item.position]))
      }
    }
    table.notes.append(
      "\(matched) matched, \(proposed) proposed, \(open) open, \(outstanding) not on a statement.")
  }
}
