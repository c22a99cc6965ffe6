// Why: a tax inspector asks for every document, one after the other, with its party, its base and its tax.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries

/// Every document with its taxes.
public enum TaxBookReport: Report {
  public static let name = "tax-book"
  public static let title = "Tax book"
  public static let summary = "Base and tax document by document, with the party's tax number"
  public static let subject = ReportSubject.optional([.tax, .customer, .supplier])
  public static let takesFrom = true
  public static let columns = [
    Column("on", "Day", .day), Column("position", "Event", .number),
    Column("event", "What", .text), Column("document", "Document", .code),
    Column("party", "Party", .code), Column("name", "Name", .text),
    Column("taxID", "Tax number", .text), Column("tax", "Tax", .code),
    Column("base", "Base", .money), Column("collected", "Collected", .money),
    Column("claimed", "Claimed", .money), Column("withheld", "Withheld", .money),
  ]
  public static let keys = ["position", "on", "tax"]
  public static let measures = ["base", "collected", "claimed", "withheld"]

  /// What one document says of one tax on one day: base, collected, claimed, withheld.
  private struct Line {
    var on: Day
    var tax: NameID
    var sums: [Int64] = [0, 0, 0, 0]
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var totals: [Int64] = [0, 0, 0, 0]
    let events = try events(inquiry)
    try inquiry.prepare(events.map { $0.mention(.customer) ?? $0.mention(.supplier) ?? .none })
    for event in events {
      let party = event.mention(.customer) ?? event.mention(.supplier) ?? .none
      let isParty = inquiry.subject.is(.customer) || inquiry.subject.is(.supplier)
      if isParty, party != inquiry.subject { continue }
      for line in lines(of: event, inquiry) {
        if inquiry.subject.is(.tax), line.tax != inquiry.subject { continue }
        for (i, sum) in line.sums.enumerated() { totals[i] += sum }
        table.add(
          [
            .day(line.on), .number(Int64(event.position)),
            .text(Catalogue.name(of: event.kind)), try inquiry.document(of: event),
            try inquiry.cell(party), try inquiry.partyName(party),
            party.isNone ? .empty : try inquiry.party(party).taxID.map { .text($0) } ?? .empty,
            try inquiry.cell(line.tax),
          ] + line.sums.map(inquiry.money), basis: .events([event.position]))
      }
    }
    table.totals =
      [.text("Total"), .empty, .empty, .empty, .empty, .empty, .empty, .empty]
      + totals.map(inquiry.money)
  }

  /// The events about any tax, in the order of their days.
  private static func events(_ inquiry: Inquiry) throws(ReportError) -> [Recorded] {
    let taxes = inquiry.subject.is(.tax) ? [inquiry.subject] : try inquiry.names(of: .tax)
    var events: [Recorded] = []
    try inquiry.forEachEvent(Histories.self, ofEach: taxes) { _, event in
      if events.last?.position != event.position { events.append(event) }
    }
    return events.sorted { ($0.on, $0.position) < ($1.on, $1.position) }
  }

  private static func lines(of event: Recorded, _ inquiry: Inquiry) -> [Line] {
    var lines: [Line] = []
    for move in event.moves where inquiry.look.point.counts(move.on, event.position) {
      if let from = inquiry.request.from, move.on < from { continue }
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] where place.subject.is(.tax) {
        let column: Int
        switch inquiry.chart.role(of: place.account) {
        case .taxBase: column = 0
        case .taxCollected: column = 1
        case .taxDeductible: column = 2
        case .withholdingPayable, .withheldByCustomers: column = 3
        default: continue
        }
        let known = lines.firstIndex { $0.on == move.on && $0.tax == place.subject }
        if known == nil { lines.append(Line(on: move.on, tax: place.subject)) }
        let isCredit =
          column == 1 || inquiry.chart.plays(.withholdingPayable, place.account)
        lines[known ?? lines.endIndex - 1].sums[column] += (isCredit ? -sign : sign) * move.value
      }
    }
    return lines.filter { $0.sums.contains { $0 != 0 } }
  }
}
