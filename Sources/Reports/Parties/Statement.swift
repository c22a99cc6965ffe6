// Why: what one customer or supplier is sent to reconcile: every entry on their account with the balance after it, and
// how old the rest is. A payment or a credit note settles nothing until it is allocated; until then it stands beside the balance. What was
// let off for early payment is no money, and has a line of its own.

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
    Column("balance", "Balance", .money), Column("advance", "Not allocated", .money),
  ]
  public static let keys = ["on", "position", "settles"]
  public static let measures = ["amount", "balance", "advance"]

  private struct Entry {
    var on: Day
    var event: Recorded
    /// What was let off of a payment, not paid.
    var isDiscount = false
    var settled: [NameID] = []
    var value: Int64 = 0
    /// What comes to the payments and credit notes that settle nothing yet.
    var advance: Int64 = 0
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let isCustomer = inquiry.subject.is(.customer)
    let roles: (claims: Role, advances: Role) =
      isCustomer ? (.receivable, .customerAdvances) : (.payable, .supplierAdvances)
    let entries = try entries(inquiry, roles, sign: isCustomer ? 1 : -1)
    var (balance, advance): (Int64, Int64) = (0, 0)
    if let from = inquiry.request.from {
      for entry in entries where entry.on < from {
        balance += entry.value
        advance += entry.advance
      }
      table.addSubtotal([
        "on": .day(from + -1), "event": .text("opening"), "balance": inquiry.money(balance),
        "advance": inquiry.money(advance),
      ])
    }
    for entry in entries where inquiry.request.from.map({ entry.on >= $0 }) ?? true {
      balance += entry.value
      advance += entry.advance
      var settled: [String] = []
      for name in entry.settled { settled.append(try inquiry.code(name).text) }
      table.add(
        [
          .day(entry.on), .number(Int64(entry.event.position)),
          .text(entry.isDiscount ? "early discount" : Catalogue.name(of: entry.event.kind)),
          try inquiry.document(of: entry.event),
          settled.isEmpty ? .empty : .text(settled.joined(separator: " ")),
          inquiry.money(entry.value), inquiry.money(balance),
          entry.advance == 0 ? .empty : inquiry.money(entry.advance),
        ], basis: .events([entry.event.position]))
    }
    table.totals = table.row([
      "on": .text("Balance"), "balance": inquiry.money(balance), "advance": inquiry.money(advance),
    ])
    try addNotes(&table, inquiry, roles.claims, advance)
  }

  /// Tells apart what an event does on one day.
  private struct Part: Hashable {
    var on: Day
    var isDiscount: Bool
  }

  /// The entries of an event on one day are one line; what it lets off is another.
  private static func entries(
    _ inquiry: Inquiry, _ roles: (claims: Role, advances: Role), sign: Int64
  ) throws(ReportError) -> [Entry] {
    var entries: [Entry] = []
    for event in try events(inquiry) {
      let isPayment = Catalogue.name(of: event.event.kind).hasPrefix("payment")
      var parts: [Part: Entry] = [:]
      for move in event.event.moves
      where inquiry.look.point.counts(move.on, event.event.position) {
        for (place, other, side) in [(move.to, move.from, sign), (move.from, move.to, -sign)]
        where event.documents.contains(place.subject) {
          let role = inquiry.chart.role(of: other.account)
          let part = Part(on: move.on, isDiscount: isPayment && (role?.takesDiscounts ?? false))
          var entry =
            parts[part] ?? Entry(on: move.on, event: event.event, isDiscount: part.isDiscount)
          if inquiry.chart.plays(roles.claims, place.account) {
            entry.value += side * move.value
            let isOwn = event.event.introduced.contains { $0.id == place.subject }
            if !isOwn, !entry.settled.contains(place.subject) {
              entry.settled.append(place.subject)
            }
          } else if inquiry.chart.plays(roles.advances, place.account),
            !place.subject.is(.invoice)
          {
            entry.advance += side * move.value
          }
          parts[part] = entry
        }
      }
      entries += parts.values.filter { $0.value != 0 || $0.advance != 0 }
    }
    return entries.sorted {
      ($0.on, $0.event.position, $0.isDiscount ? 1 : 0)
        < ($1.on, $1.event.position, $1.isDiscount ? 1 : 0)
    }
  }

  /// The events that concern the party's documents, each with those of them that are the party's.
  private static func events(
    _ inquiry: Inquiry
  ) throws(ReportError) -> [(event: Recorded, documents: Set<NameID>)] {
    let claim: NameKind = inquiry.subject.is(.customer) ? .invoice : .bill
    var documents: Set<NameID> = []
    var events: [Position: Recorded] = [:]
    for event in try inquiry.recorded(Histories.self, of: inquiry.subject) {
      events[event.position] = event
      for name in event.introduced.map(\.id)
      where name.is(claim) || name.is(.payment) || name.is(.correction) {
        if try inquiry.owner(of: name, event) == inquiry.subject { documents.insert(name) }
      }
    }
    try inquiry.forEachEvent(Histories.self, ofEach: documents) {
      events[$1.position] = $1
    }
    return events.values.sorted { $0.position < $1.position }.map { ($0, documents) }
  }

  private static func addNotes(
    _ table: inout Table, _ inquiry: Inquiry, _ claims: Role, _ advance: Int64
  ) throws(ReportError) {
    var aged = [Int64](repeating: 0, count: Ageing.columns.count)
    for part in try inquiry.openDocuments(claims).flatMap(\.parts) {
      aged[Ageing.column(inquiry.ageingDay - part.due)] += part.openValue
    }
    let ages = zip(Ageing.columns, aged).map { "\($0.label) \(inquiry.money($1).readable)" }
    table.notes.append(
      "Open on \(inquiry.ageingDay): " + ages.joined(separator: ", ").lowercased() + ".")
    if advance != 0 {
      table.notes.append(
        "Payments and credit notes not allocated: \(inquiry.money(-advance).readable).")
    }
  }
}

extension Role {
  /// Whether what is let off for early payment goes there: the discount, and its part of the taxes.
  fileprivate var takesDiscounts: Bool {
    switch self {
    case .salesDiscounts, .purchaseVariance, .taxCollected, .taxDeductible, .withheldByCustomers:
      true
    default: false
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
    let kind: NameKind = subject.is(.supplier) || document.is(.bill) ? .supplier : .customer
    return try reading { () throws(SummaryError) in try look.id(kind, party) } ?? .none
  }
}
