// Why: what something brings against all that it costs: goods, hours and what was laid to it. For a customer that is its sales
// against the goods and the projects done for it; benefits laid to those projects are part of its sales and count once.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Benefit against cost by project, product or customer.
public enum CostBenefit: Report {
  public static let name = "cost-benefit"
  public static let title = "Cost and benefit"
  public static let summary = "What projects, products or customers bring against what they cost"
  public static let takesFrom = true
  public static let groupings = ["customer", "product", "project"]
  public static let chart: Table.Chart? = Table.Chart("group", "result")
  public static let columns = [
    Column("group", "Of", .code), Column("name", "Name", .text),
    Column("benefit", "Benefit", .money), Column("goods", "Goods", .money),
    Column("labour", "Labour", .money), Column("other", "Other", .money),
    Column("cost", "Cost", .money), Column("result", "Result", .money),
    Column("ratio", "Benefit of cost", .percent, unit: "%"),
  ]
  public static let keys = ["group"]
  public static let measures = ["benefit", "cost", "result"]

  private struct Line {
    var benefit: Int64 = 0
    var goods: Int64 = 0
    var labour: Int64 = 0
    var other: Int64 = 0
    var cost: Int64 { goods + labour + other }
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let lines = try lines(by: inquiry.request.by ?? groupings[0], inquiry)
    var total = Line()
    func cells(_ line: Line) -> [Cell] {
      [
        inquiry.money(line.benefit), inquiry.money(line.goods), inquiry.money(line.labour),
        inquiry.money(line.other), inquiry.money(line.cost),
        inquiry.money(line.benefit - line.cost), inquiry.percent(line.benefit, of: line.cost),
      ]
    }
    try inquiry.prepare(lines.keys.filter { !$0.is(.project) })
    for (id, code) in try inquiry.sorted(lines.keys) {
      let line = lines[id] ?? Line()
      total.benefit += line.benefit
      total.goods += line.goods
      total.labour += line.labour
      total.other += line.other
      let basis: Basis =
        id.isNone ? .moves(inquiry.salesAccounts.map { .account($0.id) }) : .history(id)
      table.add(
        [.text(id.isNone ? "—" : code.text), .text(try name(of: id, inquiry))] + cells(line),
        basis: basis)
    }
    table.totals = [.text("Total"), .empty] + cells(total)
  }

  private static func name(of id: NameID, _ inquiry: Inquiry) throws(ReportError) -> String {
    switch id.kind {
    case .product: try inquiry.product(id).name
    case .customer: try inquiry.party(id).name
    case .project: try inquiry.document(Project.self, id).name
    default: ""
    }
  }

  private static func lines(
    by grouping: String, _ inquiry: Inquiry
  ) throws(ReportError) -> [NameID: Line] {
    var lines: [NameID: Line] = [:]
    if grouping != "project" {
      let sales = try inquiry.salesFigures(
        by: SalesDimension(grouping: grouping), from: inquiry.request.from, through: inquiry.asOf)
      for (id, figures) in sales {
        lines[id, default: Line()].benefit += figures.sales
        lines[id, default: Line()].goods += figures.cost
      }
    }
    if grouping != "product" {
      let projects = grouping == "customer" ? try inquiry.projects() : [:]
      for (key, figures) in try inquiry.projectFigures() {
        var id = key.project
        if grouping == "customer" {
          id = projects[key.project]?.customer ?? .none
        } else {
          lines[id, default: Line()].benefit += figures.benefit
        }
        lines[id, default: Line()].labour += figures.labour
        lines[id, default: Line()].other += figures.other
      }
    }
    return lines
  }
}
