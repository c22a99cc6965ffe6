// Why: the book of first entry: every event that moved money's worth, in the order of the days, with its debits and
// credits.

internal import Documents
internal import Events
internal import Ledger
internal import Summaries
internal import Wire

/// Entries in order.
public enum Journal: Report {
  public static let name = "journal"
  public static let title = "Journal"
  public static let summary = "Entries in the order of their days, with debits and credits"
  public static let subject = ReportSubject.optional(
    NameKind.allCases.filter { ![.user, .books, .series, .currency, .person].contains($0) })
  public static let takesFrom = true
  public static let takesMemo = true
  public static let columns = [
    Column("on", "Day", .day), Column("position", "Event", .number),
    Column("event", "What", .text), Column("document", "Document", .code),
    Column("account", "Account", .code), Column("name", "Name", .text),
    Column("subject", "Subject", .code), Column("debit", "Debit", .money),
    Column("credit", "Credit", .money), Column("text", "Text", .text),
  ]
  public static let keys = ["position", "on", "account", "subject"]
  public static let measures = ["debit", "credit"]

  private struct Line {
    var place: Place
    var isDebit: Bool
    var value: Int64
  }

  /// What an event did on one day. The event itself is not kept: a journal may be as long as the log.
  private struct Entry {
    var on: Day
    var position: Position
    var what: Cell
    var document: Cell
    var text: Cell
    var lines: [Line]
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var entries: [Entry] = []
    try inquiry.forEachEvent(about: inquiry.subject) { (event) throws(ReportError) in
      let days = lines(event, inquiry)
      if days.isEmpty { return }
      let document = try inquiry.document(of: event)
      let text = try inquiry.text(of: event)
      for (on, lines) in days {
        entries.append(
          Entry(
            on: on, position: event.position, what: .text(Catalogue.name(of: event.kind)),
            document: document, text: text, lines: lines))
      }
    }
    var (debits, credits): (Int64, Int64) = (0, 0)
    let order = entries.indices.sorted {
      (entries[$0].on, entries[$0].position) < (entries[$1].on, entries[$1].position)
    }
    for entry in order.lazy.map({ entries[$0] }) {
      for line in entry.lines {
        let account = inquiry.chart.accounts[line.place.account]
        if account?.kind != .memo {
          if line.isDebit { debits += line.value } else { credits += line.value }
        }
        let value = inquiry.money(line.value)
        table.add(
          [
            .day(entry.on), .number(Int64(entry.position)), entry.what, entry.document,
            try inquiry.cell(line.place.account), .text(account?.name ?? ""),
            try inquiry.cell(line.place.subject), line.isDebit ? value : .empty,
            line.isDebit ? .empty : value, entry.text,
          ], basis: .events([entry.position]))
      }
    }
    table.totals = table.row([
      "on": .text("Total"), "debit": inquiry.money(debits), "credit": inquiry.money(credits),
    ])
  }

  /// The lines of an event, day by day, debits first; moves between the same places are one line.
  private static func lines(
    _ event: Recorded, _ inquiry: Inquiry
  ) -> [(on: Day, lines: [Line])] {
    var days: [(on: Day, lines: [Line])] = []
    for move in event.moves where move.value != 0 && inquiry.counts(move, event) {
      let isMemo = inquiry.chart.accounts[move.to.account]?.kind == .memo
      if isMemo, !inquiry.request.includesMemo { continue }
      let day = days.firstIndex { $0.on == move.on } ?? days.endIndex
      if day == days.endIndex { days.append((move.on, [])) }
      for (place, isDebit) in [(move.to, true), (move.from, false)] {
        if let i = days[day].lines.firstIndex(where: {
          $0.place == place && $0.isDebit == isDebit
        }) {
          days[day].lines[i].value += move.value
        } else {
          days[day].lines.append(Line(place: place, isDebit: isDebit, value: move.value))
        }
      }
    }
    return days.map { day in
      (day.on, day.lines.filter(\.isDebit) + day.lines.filter { !$0.isDebit })
    }
  }
}
