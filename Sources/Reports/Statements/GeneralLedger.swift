// Why: behind every balance stand entries; here they are, account by account, with the balance after each.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// The entries of one account, or of all, with a running balance.
public enum GeneralLedger: Report {
  public static let name = "general-ledger"
  public static let title = "General ledger"
  public static let summary = "Entries of an account with the balance after each"
  public static let subject = ReportSubject.optional([.account])
  public static let takesFrom = true
  public static let takesMemo = true
  public static let columns = [
    Column("account", "Account", .code), Column("on", "Day", .day),
    Column("position", "Event", .number), Column("event", "What", .text),
    Column("document", "Document", .code), Column("subject", "Subject", .code),
    Column("debit", "Debit", .money), Column("credit", "Credit", .money),
    Column("balance", "Balance", .money),
  ]
  public static let keys = ["account", "on", "position", "subject"]
  public static let measures = ["debit", "credit", "balance"]

  /// The moves of one event on one day in and out of one place.
  private struct Entry {
    var on: Day
    var position: Position
    var subject: NameID
    var what: Cell
    var document: Cell
    var debit: Int64 = 0
    var credit: Int64 = 0
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let entries = try entries(inquiry)
    let opening = try inquiry.dayBefore.map { (day) throws(ReportError) in
      try inquiry.accountSums(asOf: day)
    }
    var (debits, credits): (Int64, Int64) = (0, 0)
    for account in inquiry.sortedAccounts {
      if !inquiry.subject.isNone ? account.id != inquiry.subject : !inquiry.isShown(account) {
        continue
      }
      var balance = opening?[account.id]?.value ?? 0
      let own = entries[account.id] ?? []
      if own.isEmpty, balance == 0 { continue }
      let name = "\(account.code) \(account.name)"
      if opening != nil {
        table.addSubtotal([
          "account": .text(name), "event": .text("opening"), "balance": inquiry.money(balance),
        ])
      } else {
        table.addHeading(name)
      }
      for entry in own.sorted(by: { ($0.on, $0.position) < ($1.on, $1.position) }) {
        balance += entry.debit - entry.credit
        debits += entry.debit
        credits += entry.credit
        table.add(
          [
            .text(account.code.text), .day(entry.on), .number(Int64(entry.position)), entry.what,
            entry.document, try inquiry.cell(entry.subject),
            entry.debit == 0 ? .empty : inquiry.money(entry.debit),
            entry.credit == 0 ? .empty : inquiry.money(entry.credit), inquiry.money(balance),
          ], basis: .events([entry.position]))
      }
    }
    table.totals = table.row([
      "account": .text("Total"), "debit": inquiry.money(debits), "credit": inquiry.money(credits),
    ])
  }

  private static func entries(_ inquiry: Inquiry) throws(ReportError) -> [NameID: [Entry]] {
    var entries: [NameID: [Entry]] = [:]
    try inquiry.forEachEvent(about: inquiry.subject) { (event) throws(ReportError) in
      struct Key: Hashable {
        var on: Day
        var place: Place
      }
      var sums: [Key: (debit: Int64, credit: Int64)] = [:]
      var order: [Key] = []
      for move in event.moves where move.value != 0 && inquiry.counts(move, event) {
        for (place, isDebit) in [(move.to, true), (move.from, false)]
        where inquiry.subject.isNone || place.account == inquiry.subject {
          let key = Key(on: move.on, place: place)
          if sums[key] == nil { order.append(key) }
          var sum = sums[key] ?? (0, 0)
          if isDebit { sum.debit += move.value } else { sum.credit += move.value }
          sums[key] = sum
        }
      }
      if order.isEmpty { return }
      let document = try inquiry.document(of: event)
      for key in order {
        guard let sum = sums[key] else { continue }
        entries[key.place.account, default: []].append(
          Entry(
            on: key.on, position: event.position, subject: key.place.subject,
            what: .text(Catalogue.name(of: event.kind)), document: document, debit: sum.debit,
            credit: sum.credit))
      }
    }
    return entries
  }
}

extension Inquiry {
  /// Whether a list of all accounts shows this one.
  func isShown(_ account: Account) -> Bool { account.kind != .memo || request.includesMemo }

  /// Whether a move lies within the days and positions that count.
  func counts(_ move: Move, _ event: Recorded) -> Bool {
    if let from = request.from, move.on < from { return false }
    return look.point.counts(move.on, event.position)
  }
}
