// Why: every movement of a product with what was left after it, in quantity and in value: the page that an auditor asks
// for when a stock figure is doubted. Value-only lines are restatements of earlier issues.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// The movements of one product, place by place.
public enum StockLedger: Report {
  public static let name = "stock-ledger"
  public static let title = "Stock ledger"
  public static let summary = "Movements of a product with what was left after each"
  public static let subject = ReportSubject.required([.product])
  public static let takesFrom = true
  public static let columns = [
    Column("product", "Product", .code), Column("warehouse", "Place", .code),
    Column("on", "Day", .day), Column("position", "Event", .number),
    Column("event", "What", .text), Column("document", "Document", .code),
    Column("quantity", "Quantity", .quantity), Column("value", "Value", .money),
    Column("onHand", "On hand", .quantity), Column("worth", "Worth", .money),
  ]
  public static let keys = ["product", "warehouse", "on", "position", "value"]
  public static let measures = ["quantity", "value", "onHand", "worth"]

  private struct Line {
    var on: Day
    var event: Recorded
    var amount: Int64
    var value: Int64
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let product = inquiry.subject
    let decimals = try inquiry.product(product).decimals
    var lines: [Place: [Line]] = [:]
    for event in try inquiry.recorded(Histories.self, of: product) {
      for move in event.moves
      where move.commodity == product && inquiry.look.point.counts(move.on, event.position) {
        for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] {
          guard let role = inquiry.chart.role(of: place.account),
            role == .inventory || role == .inTransit
          else { continue }
          lines[place, default: []].append(
            Line(on: move.on, event: event, amount: sign * move.amount, value: sign * move.value))
        }
      }
    }
    var places: [(code: Code, place: Place)] = []
    for place in lines.keys { places.append((try inquiry.code(place.subject), place)) }
    for (code, place) in places.sorted(by: { ($0.code, $0.place) < ($1.code, $1.place) }) {
      var amount: Int64 = 0
      var value: Int64 = 0
      var isOpen = false
      func open() {
        defer { isOpen = true }
        guard !isOpen, let from = inquiry.request.from, amount != 0 || value != 0 else { return }
        table.add(
          table.row([
            "product": .text(inquiry.request.code?.text ?? ""), "warehouse": .text(code.text),
            "on": .day(from + -1), "event": .text("opening"),
            "onHand": .amount(amount, decimals: decimals), "worth": inquiry.money(value),
          ]), style: .subtotal)
      }
      let ordered = (lines[place] ?? []).sorted {
        ($0.on, $0.event.position) < ($1.on, $1.event.position)
      }
      for line in ordered {
        if let from = inquiry.request.from, line.on >= from { open() }
        amount += line.amount
        value += line.value
        if let from = inquiry.request.from, line.on < from { continue }
        table.add(
          [
            .text(inquiry.request.code?.text ?? ""), .text(code.text), .day(line.on),
            .number(Int64(line.event.position)), .text(Catalogue.name(of: line.event.kind)),
            try inquiry.document(of: line.event), .amount(line.amount, decimals: decimals),
            inquiry.money(line.value), .amount(amount, decimals: decimals), inquiry.money(value),
          ], basis: .events([line.event.position]))
      }
      open()
    }
  }
}
