// Why: offers and terms are made for groups of customers; what each group brings is seen in one line.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// One line for each segment of customers.
public enum Segments: Report {
  public static let name = "segments"
  public static let title = "Segments"
  public static let summary = "Customers, buyers, invoices, sales and margin by segment"
  public static let takesFrom = true
  public static let chart: Table.Chart? = Table.Chart("segment", "sales")
  public static let columns = [
    Column("segment", "Segment", .code), Column("customers", "Customers", .number),
    Column("buyers", "Bought", .number), Column("invoices", "Invoices", .number),
    Column("sales", "Sales", .money), Column("cost", "Cost", .money),
    Column("margin", "Margin", .money), Column("marginPercent", "Margin", .percent, unit: "%"),
    Column("share", "Share", .percent, unit: "%"), Column("perBuyer", "Per buyer", .money),
    Column("perInvoice", "Per invoice", .money),
  ]
  public static let keys = ["segment"]
  public static let measures = ["customers", "buyers", "invoices", "sales", "cost", "margin"]

  fileprivate struct Line {
    var customers: Int64 = 0
    var buyers: Int64 = 0
    var invoices: Int64 = 0
    var figures = SalesFigures()
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let sales = try inquiry.salesFigures(
      by: .customer, from: inquiry.request.from, through: inquiry.asOf)
    let invoices = try inquiry.invoices(from: inquiry.request.from)
    var lines: [Code: Line] = [:]
    var total = Line()
    let customers = try inquiry.names(of: .customer)
    let terms = try inquiry.terms(of: customers)
    for id in customers {
      var one = Line()
      one.customers = 1
      one.invoices = invoices[id]?.count ?? 0
      one.buyers = one.invoices > 0 ? 1 : 0
      one.figures = sales[id] ?? SalesFigures()
      lines[terms[id]?.segment ?? "—", default: Line()].add(one)
      total.add(one)
    }
    // What belongs to no customer is part of the whole.
    let rest = Line(figures: sales[.none] ?? SalesFigures())
    if !rest.figures.isZero {
      lines["—", default: Line()].add(rest)
      total.add(rest)
    }
    func cells(_ line: Line) -> [Cell] {
      func per(_ count: Int64) -> Cell {
        Exact.divide(Int128(line.figures.sales), Int128(max(count, 1))).map {
          count == 0 ? .empty : inquiry.money($0)
        } ?? .empty
      }
      return [
        .number(line.customers), .number(line.buyers), .number(line.invoices),
        inquiry.money(line.figures.sales), inquiry.money(line.figures.cost),
        inquiry.money(line.figures.margin),
        inquiry.percent(line.figures.margin, of: line.figures.sales),
        inquiry.percent(line.figures.sales, of: total.figures.sales), per(line.buyers),
        per(line.invoices),
      ]
    }
    let basis = Basis.moves(inquiry.salesAccounts.map { .account($0.id) })
    for (segment, line) in lines.sorted(by: {
      ($1.value.figures.sales, $0.key) < ($0.value.figures.sales, $1.key)
    }) {
      table.add([.text(segment.text)] + cells(line), basis: basis)
    }
    table.totals = [.text("Total")] + cells(total)
  }
}

extension Segments.Line {
  fileprivate mutating func add(_ other: Segments.Line) {
    customers += other.customers
    buyers += other.buyers
    invoices += other.invoices
    figures += other.figures
  }
}
