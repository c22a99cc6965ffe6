// Why: what one customer or supplier is sent to reconcile: every entry on their account with the balance after it, and
// how old the rest is. Advances settle nothing until they are allocated; they are noted below.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// The account of one customer or supplier.
public enum Statement: Report {
  public static let name = "statement"
  public static let title = "Statement of account"
  public static let summary = "Entries, running balance and ageing of a customer or supplier"
  public static let subject = ReportSubject.required([.customer, .supplier])
  public static let takesFrom = true
  public static let columns = [
    Column("on", "Day", .day), Column("position", "Event", .number),
    Column("event", "What", .text), Column("document", "Document", .code),
    Column("settles", "Settles", .code), Column("amount", "Amount", .money),
    Column("balance", "Balance", .money),
  ]
  public static let keys = ["on", "position", "settles"]
  public static let measures = ["amount", "balance"]

  private struct Entry {
    var on: Day
    var event: Recorded
    var settled: [NameID] = []
    var value: Int64 = 0
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let isCustomer = inquiry.subject.is(.customer)
    let role: Role = isCustomer ? .receivable : .payable
    let entries = try entries(inquiry, role, sign: isCustomer ? 1 : -1)
    var balance: Int64 = 0
    if let from = inquiry.request.from {
      balance = entries.reduce(0) { $0 + ($1.on < from ? $1.value : 0) }
      table.addSubtotal([
        "on": .day(from + -1), "event": .text("opening"), "balance": inquiry.money(balance),
      ])
    }
    for entry in entries where inquiry.request.from.map({ entry.on >= $0 }) ?? true {
      balance += entry.value
      var settled: [String] = []
      for name in entry.settled { settled.append(try inquiry.code(name).text) }
      table.add(
        [
          .day(entry.on), .number(Int64(entry.event.position)),
          .text(Catalogue.name(of: entry.event.kind)), try inquiry.document(of: entry.event),
          settled.isEmpty ? .empty : .text(settled.joined(separator: " ")),
          inquiry.money(entry.value), inquiry.money(balance),
        ], basis: .events([entry.event.position]))
    }
    table.totals = table.row(["on": .text("Balance"), "balance": inquiry.money(balance)])
    try addNotes(&table, inquiry, role)
  }

  /// The entries of an event on one day are one line.
  private static func entries(
    _ inquiry: Inquiry, _ role: Role, sign: Int64
  ) throws(ReportError) -> [Entry] {
    var entries: [Entry] = []
    for event in try events(inquiry, role) {
      var byDay: [Day: Entry] = [:]
      for move in event.event.moves
      where inquiry.look.point.counts(move.on, event.event.position) {
        for (place, side) in [(move.to, sign), (move.from, -sign)]
        where inquiry.chart.plays(role, place.account) && event.documents.contains(place.subject) {
          var entry = byDay[move.on] ?? Entry(on: move.on, event: event.event)
          entry.value += side * move.value
          let isOwn = event.event.introduced.contains { $0.id == place.subject }
          if !isOwn, !entry.settled.contains(place.subject) { entry.settled.append(place.subject) }
          byDay[move.on] = entry
        }
      }
      entries += byDay.values.filter { $0.value != 0 }
    }
    return entries.sorted { ($0.on, $0.event.position) < ($1.on, $1.event.position) }
  }

  /// The events that concern the party's documents, each with those of them that are the party's.
  private static func events(
    _ inquiry: Inquiry, _ role: Role
  ) throws(ReportError) -> [(event: Recorded, documents: Set<NameID>)] {
    let kind: NameKind = role == .receivable ? .invoice : .bill
    var documents: Set<NameID> = []
    var events: [Position: Recorded] = [:]
    for event in try inquiry.recorded(Histories.self, of: inquiry.subject) {
      events[event.position] = event
      for name in event.introduced where name.id.is(kind) {
        if try inquiry.owner(of: name.id, event) == inquiry.subject { documents.insert(name.id) }
      }
    }
    try inquiry.forEachEvent(Histories.self, ofEach: documents) {
      events[$1.position] = $1
    }
    return events.values.sorted { $0.position < $1.position }.map { ($0, documents) }
  }

  private static func addNotes(
    _ table: inout Table, _ inquiry: Inquiry, _ role: Role
  ) throws(ReportError) {
    var aged = [Int64](repeating: 0, count: Ageing.columns.count)
    for part in try inquiry.openDocuments(role).flatMap(\.parts) {
      aged[Ageing.column(inquiry.ageingDay - part.due)] += part.openValue
    }
    let ages = zip(Ageing.columns, aged).map { "\($0.label) \(inquiry.money($1).readable)" }
    table.notes.append(
      "Open on \(inquiry.ageingDay): " + ages.joined(separator: ", ").lowercased() + ".")
    let advances: Role = role == .receivable ? .customerAdvances : .supplierAdvances
    let advance = try inquiry.openDocuments(advances).reduce(0) { $0 + $1.openValue }
    if advance != 0 {
      table.notes.append("Advances not allocated: \(inquiry.money(advance).readable).")
    }
  }
}

extension Inquiry {
  /// Whose a document is, which `event` brought.
  func owner(of document: NameID, _ event: Recorded) throws(ReportError) -> NameID {
    guard
      let opening = try decoding({ () throws(WireError) in try event.event(OpeningPosted.self) })
    else { return event.mention(.customer) ?? event.mention(.supplier) ?? .none }
    let own = try code(document)
    guard let party = opening.lines.first(where: { $0.subject == own })?.party else { return .none }
    let kind: NameKind = document.is(.bill) ? .supplier : .customer
    return try reading { () throws(SummaryError) in try look.id(kind, party) } ?? .none
  }
}
