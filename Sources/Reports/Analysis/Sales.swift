// Why: what sells, to whom, where and when, what it leaves, and whether it grows. The sums of every grouping are those of
// the accounts: what no customer's document made stands on a line of its own.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Sales, margin and growth by product, customer, segment, region or month.
public enum Sales: Report {
  public static let name = "sales"
  public static let title = "Sales"
  public static let summary =
    "Sales, returns, margin, share and growth by product, customer, segment, region or month"
  public static let takesFrom = true
  public static let groupings = ["product", "customer", "segment", "region", "month"]
  public static let chart: Table.Chart? = Table.Chart("group", "sales")
  public static let columns = [
    Column("rank", "Rank", .number), Column("group", "Of", .code), Column("name", "Name", .text),
    Column("quantity", "Quantity", .quantity), Column("invoiced", "Invoiced", .money),
    Column("returned", "Returned", .money), Column("sales", "Sales", .money),
    Column("cost", "Cost", .money), Column("margin", "Margin", .money),
    Column("marginPercent", "Margin", .percent, unit: "%"),
    Column("share", "Share", .percent, unit: "%"), Column("previous", "Before", .money),
    Column("growth", "Growth", .percent, unit: "%"),
    Column("yearBefore", "Year before", .money),
    Column("yearGrowth", "Growth on it", .percent, unit: "%"),
  ]
  public static let keys = ["group"]
  public static let measures = ["invoiced", "returned", "sales", "cost", "margin"]

  public static func omitted(_ request: ReportRequest) -> Set<String> {
    switch request.by ?? groupings[0] {
    case "product": []
    case "month": ["quantity", "rank", "name"]
    case "customer": ["quantity"]
    default: ["quantity", "name"]
    }
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let by = inquiry.request.by ?? groupings[0]
    if by == "month" { return try fillMonths(&table, inquiry) }
    // Without a last day, what is sold from a day to come is asked of that day.
    let period = inquiry.request.from.map {
      Period(first: $0, last: inquiry.asOf ?? max(inquiry.ageingDay, $0))
    }
    func gathered(_ period: Period?) throws(ReportError) -> [Code: Line] {
      try gather(
        try inquiry.salesFigures(
          by: SalesDimension(grouping: by), from: period?.first,
          through: period?.last ?? inquiry.asOf), by, inquiry)
    }
    var lines = try gathered(period)
    // An earlier period begins with the books: where they do not reach, there is nothing to compare with.
    let previous = try period.map { (now) throws(ReportError) in try gathered(now.previous) }
    let year = try period.map { (now) throws(ReportError) in try gathered(now.yearBefore) }
    for (code, line) in previous ?? [:] where lines[code] == nil {
      lines[code] = Line(name: line.name, product: line.product)
    }
    let sorted = lines.sorted {
      ($1.value.figures.sales, $0.key) < ($0.value.figures.sales, $1.key)
    }
    var writer = Writer(
      inquiry: inquiry, total: sorted.reduce(0) { $0 + $1.value.figures.sales })
    for (rank, (code, line)) in sorted.enumerated() {
      try writer.add(
        code, line, rank: rank + 1,
        previous: previous.map { $0[code]?.figures.sales ?? 0 },
        year: year.map { $0[code]?.figures.sales ?? 0 }, to: &table)
    }
    writer.close(&table)
    let named = sorted.filter { $0.key != unnamed }
    if let best = named.first, let worst = named.last, named.count > 1 {
      table.notes.append("Best: \(best.key). Worst: \(worst.key).")
    }
  }

  /// What belongs to none.
  private static let unnamed: Code = "—"

  /// One line of the report.
  struct Line {
    var name = ""
    var product = NameID.none
    var customer = NameID.none
    var figures = SalesFigures()
  }

  private static func gather(
    _ figures: [NameID: SalesFigures], _ by: String, _ inquiry: Inquiry
  ) throws(ReportError) -> [Code: Line] {
    var terms: [NameID: Party] = [:]
    switch by {
    case "product", "customer": try inquiry.prepare(figures.keys)
    default: terms = try inquiry.terms(of: figures.keys.filter { !$0.isNone })
    }
    var lines: [Code: Line] = [:]
    for (id, part) in figures {
      var line = Line()
      var code = unnamed
      switch by {
      case "product" where !id.isNone:
        code = try inquiry.code(id)
        line.name = try inquiry.product(id).name
        line.product = id
      case "customer" where !id.isNone:
        code = try inquiry.code(id)
        line.name = try inquiry.party(id).name
        line.customer = id
      case "segment" where !id.isNone: code = terms[id]?.segment ?? code
      case "region" where !id.isNone: code = terms[id]?.region ?? code
      default: break
      }
      lines[code, default: line].figures += part
    }
    return lines
  }

  private static func fillMonths(
    _ table: inout Table, _ inquiry: Inquiry
  ) throws(ReportError) {
    let last = inquiry.asOf ?? inquiry.ageingDay
    let from = inquiry.request.from
    guard let first = try from == nil ? inquiry.firstMonthOfSales(through: last) : from
    else { return }
    var months: [(period: Period, line: Line)] = []
    for month in first.months(through: last) {
      let period = Period(first: month.lowerBound, last: month.upperBound)
      let figures = try inquiry.salesTotal(from: period.first, through: period.last)
      months.append((period, Line(figures: figures)))
    }
    var writer = Writer(
      inquiry: inquiry, total: months.reduce(0) { $0 + $1.line.figures.sales })
    for (i, month) in months.enumerated() {
      let code = try monthCode(month.period.first)
      try writer.add(
        code, month.line, rank: nil,
        previous: i > 0 ? months[i - 1].line.figures.sales : nil,
        year: i >= 12 ? months[i - 12].line.figures.sales : nil, to: &table)
    }
    // All months but the first have one before them: their sum is of fewer months than the total.
    writer.close(&table, isCompared: false)
    if let best = months.max(by: { $0.line.figures.sales < $1.line.figures.sales }),
      let worst = months.min(by: { $0.line.figures.sales < $1.line.figures.sales }),
      months.count > 1
    {
      table.notes.append(
        "Best: \(try monthCode(best.period.first)). Worst: \(try monthCode(worst.period.first)).")
    }
  }

  /// `2026-03`.
  private static func monthCode(_ day: Day) throws(ReportError) -> Code {
    try decoding { () throws(WireError) in try Code(String(day.description.prefix(7))) }
  }

  /// Writes lines into the table and sums them.
  private struct Writer {
    let inquiry: Inquiry
    let total: Int64
    var sum = SalesFigures()
    var previous: Int64?
    var year: Int64?

    mutating func add(
      _ code: Code, _ line: Line, rank: Int?, previous: Int64?, year: Int64?, to table: inout Table
    ) throws(ReportError) {
      var cells = cells(line.figures, previous: previous, year: year)
      cells["group"] = .text(code.text)
      cells["name"] = .text(line.name)
      cells["rank"] = rank.map { .number(Int64($0)) } ?? .empty
      if !line.product.isNone {
        cells["quantity"] = try inquiry.quantity(line.figures.quantity, line.product)
      }
      table.add(table.row(cells), basis: basis(line))
      sum += line.figures
      if let previous { self.previous = (self.previous ?? 0) + previous }
      if let year { self.year = (self.year ?? 0) + year }
    }

    func close(_ table: inout Table, isCompared: Bool = true) {
      var cells = cells(
        sum, previous: isCompared ? previous : nil, year: isCompared ? year : nil)
      cells["group"] = .text("Total")
      table.totals = table.row(cells)
    }

    private func cells(_ figures: SalesFigures, previous: Int64?, year: Int64?) -> [String: Cell] {
      [
        "invoiced": inquiry.money(figures.invoiced), "returned": inquiry.money(figures.returned),
        "sales": inquiry.money(figures.sales), "cost": inquiry.money(figures.cost),
        "margin": inquiry.money(figures.margin),
        "marginPercent": inquiry.percent(figures.margin, of: figures.sales),
        "share": inquiry.percent(figures.sales, of: total),
        "previous": previous.map(inquiry.money) ?? .empty,
        "growth": inquiry.growth(figures.sales, from: previous),
        "yearBefore": year.map(inquiry.money) ?? .empty,
        "yearGrowth": inquiry.growth(figures.sales, from: year),
      ]
    }

    private func basis(_ line: Line) -> Basis {
      if !line.customer.isNone { return .history(line.customer) }
      let accounts = inquiry.salesAccounts
      if line.product.isNone { return .moves(accounts.map { .account($0.id) }) }
      return .history(line.product)
    }
  }
}
