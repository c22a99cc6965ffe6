// Why: an auditor looks first where mistakes and fraud are usual: amounts too round, entries at night, days long past,
// numbers that are missing, bills that come twice, payments cut so small that nobody else has to look. None of it is proof; each line says where to look.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Wire

/// What an auditor would look at first.
public enum Anomalies: Report {
  public static let name = "anomalies"
  public static let title = "Anomalies"
  public static let summary =
    "Round amounts, night entries, backdating, late orders, gaps in series, duplicated bills, split payments"
  public static let takesFrom = true
  public static let columns = [
    Column("kind", "Kind", .text), Column("position", "Event", .number),
    Column("on", "Day", .day), Column("at", "Recorded", .moment), Column("by", "By", .code),
    Column("event", "What", .text), Column("document", "Document", .code),
    Column("value", "Value", .money), Column("detail", "Detail", .text),
  ]
  public static let keys = ["kind", "position", "detail"]
  public static let measures = ["value"]

  /// Money that is moved in whole thousands is round.
  private static let roundUnits: Int64 = 1_000
  /// What is looked at even when it moves nothing.
  private static let telling: Set = [
    OrderPlaced.kind.number, PurchaseOrdered.kind.number, InvoiceIssued.kind.number,
    InvoiceCorrected.kind.number, BillReceived.kind.number,
  ]
  /// The hours, in the books' time zone, that are night: from 22:00 to before 05:00.
  private static let night = (from: 22, to: 5)
  /// More days late than these is backdated.
  private static let lateDays = 31
  /// Bills of one supplier over one amount are alike when they are at most so many days apart.
  private static let alikeDays = 60

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var finder = try Finder(inquiry)
    try inquiry.forEachEvent(where: { $0.moveCount > 0 || telling.contains($0.kind) }) {
      (event) throws(ReportError) in
      finder.remember(event)
      if let asOf = inquiry.asOf, event.on > asOf { return }
      try finder.look(at: event)
    }
    try finder.findGaps()
    var counts: [String: Int] = [:]
    for found in finder.found.sorted(by: {
      ($0.kind, $0.event.position) < ($1.kind, $1.event.position)
    }) {
      let event = found.event
      if let from = inquiry.request.from, event.on < from { continue }
      counts[found.kind, default: 0] += 1
      table.add(
        [
          .text(found.kind), .number(Int64(event.position)), .day(event.on), .moment(event.at),
          try inquiry.cell(event.by), .text(Catalogue.name(of: event.kind)),
          try inquiry.document(of: event), found.value == 0 ? .empty : inquiry.money(found.value),
          .text(found.detail),
        ], basis: .events([event.position]))
    }
    table.notes += finder.payments.note.map { [$0] } ?? []
    table.notes.append(
      "Round: payments and entries by hand of whole thousands. Night: recorded from 22:00 to 05:00 in \(inquiry.chart.timeZone). Backdated: more than \(lateDays) days late. Early: billed before it was ordered. Duplicates: same supplier and amount within \(alikeDays) days, or codes alike but for case and signs."
    )
  }

  private struct Found {
    var kind: String
    var event: Recorded
    var value: Int64 = 0
    var detail: String
  }

  /// Numbered documents of one kind and prefix.
  private struct SeriesKey: Hashable {
    var kind: NameKind
    var prefix: String
  }

  private struct BillKey: Hashable {
    var supplier: NameID
    var value: Int64
  }

  private struct Finder {
    let inquiry: Inquiry
    private(set) var found: [Found] = []
    private var series: [SeriesKey: [Int: Recorded]] = [:]
    private var bills: [BillKey: [Recorded]] = [:]
    private var spellings: [String: Recorded] = [:]
    /// The days of orders and purchase orders.
    private var ordered: [NameID: Day] = [:]
    private let round: Int64
    private(set) var payments: SplitPayments

    init(_ inquiry: Inquiry) throws(ReportError) {
      self.inquiry = inquiry
      round = (0..<inquiry.chart.decimals).reduce(roundUnits) { unit, _ in unit * 10 }
      payments = try SplitPayments(inquiry)
    }

    /// Notes of which day an order is.
    mutating func remember(_ event: Recorded) {
      if event.kind == OrderPlaced.kind.number || event.kind == PurchaseOrdered.kind.number,
        let id = event.introduced.first(where: { $0.id.is(.order) || $0.id.is(.purchase) })?.id
      {
        ordered[id] = event.on
      }
    }

    mutating func look(at event: Recorded) throws(ReportError) {
      let value = event.moves.reduce(0) { sum, move in
        inquiry.chart.accounts[move.to.account]?.kind == .memo ? sum : sum + move.value
      }
      let name = Catalogue.name(of: event.kind)
      let isByHand = event.kind == JournalPosted.kind.number
      if isByHand || name.hasPrefix("payment."), value > 0, value % round == 0 {
        found.append(Found(kind: "round", event: event, value: value, detail: "whole thousands"))
      }
      if !event.moves.isEmpty { try noteTime(of: event, value) }
      if event.kind == InvoiceIssued.kind.number || event.kind == InvoiceCorrected.kind.number {
        try noteNumber(of: event)
      }
      if event.kind == BillReceived.kind.number { try noteBill(event, value) }
      if let detail = payments.add(event, value) {
        found.append(Found(kind: "split", event: event, value: value, detail: detail))
      }
      if event.kind == InvoiceIssued.kind.number || event.kind == BillReceived.kind.number {
        try noteOrder(of: event, value)
      }
    }

    private mutating func noteTime(of event: Recorded, _ value: Int64) throws(ReportError) {
      let time = try inquiry.localTime(of: event.at)
      if time.hour >= night.from || time.hour < night.to {
        found.append(
          Found(kind: "night", event: event, value: value, detail: "recorded at \(time.hour) h"))
      }
      let days = time.day - event.on
      if days > lateDays {
        found.append(
          Found(kind: "backdated", event: event, value: value, detail: "\(days) days late"))
      }
    }

    private mutating func noteOrder(of event: Recorded, _ value: Int64) throws(ReportError) {
      guard let order = event.mention(.order) ?? event.mention(.purchase),
        let day = ordered[order], event.on < day
      else { return }
      let detail = "\(try inquiry.code(order)) was ordered on \(day)"
      found.append(Found(kind: "early", event: event, value: value, detail: detail))
    }

    private mutating func noteNumber(of event: Recorded) throws(ReportError) {
      guard let id = event.introduced.first(where: { !$0.id.is(.user) })?.id, let kind = id.kind
      else { return }
      let code = try inquiry.code(id).text
      let digits = code.utf8.reversed().prefix { (48...57).contains($0) }.count
      guard digits < code.utf8.count, let number = Int(code.suffix(digits)) else { return }
      let key = SeriesKey(kind: kind, prefix: String(code.dropLast(digits)))
      series[key, default: [:]][number] = event
    }

    private mutating func noteBill(_ event: Recorded, _ value: Int64) throws(ReportError) {
      let supplier = event.mention(.supplier) ?? .none
      guard let bill = event.mention(.bill) else { return }
      let code = try inquiry.code(bill).text
      let plain = String(code.lowercased().filter { $0.isLetter || $0.isNumber })
      let spelling = "\(supplier.raw) \(plain)"
      if let other = spellings[spelling] {
        found.append(
          Found(
            kind: "duplicate", event: event, value: value,
            detail: "spelt like \(try billCode(other))"))
      }
      spellings[spelling] = event
      let alike = bills[BillKey(supplier: supplier, value: value)] ?? []
      for other in alike where abs(other.on - event.on) <= alikeDays {
        found.append(
          Found(
            kind: "duplicate", event: event, value: value,
            detail: "same amount as \(try billCode(other)) of \(other.on)"))
      }
      bills[BillKey(supplier: supplier, value: value)] = alike + [event]
    }

    private func billCode(_ event: Recorded) throws(ReportError) -> String {
      try inquiry.code(event.mention(.bill) ?? .none).text
    }

    /// Numbers that are missing between the first and the last of a series; each is told with the document after it.
    mutating func findGaps() throws(ReportError) {
      for (key, documents) in series {
        let numbers = documents.keys.sorted()
        for (number, next) in zip(numbers, numbers.dropFirst()) where next > number + 1 {
          guard let event = documents[next] else { continue }
          let missing = next - number - 1
          let first = "\(key.prefix)\(number + 1)"
          found.append(
            Found(
              kind: "gap", event: event,
              detail: missing == 1
                ? "\(first) is missing" : "\(first) and \(missing - 1) more are missing"))
        }
      }
    }
  }
}
