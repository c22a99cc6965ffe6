// Why: the register of assets says of each what it cost, what of it is gone and what is left, as of any day: sold ones too,
// for auditors ask for them.

internal import Documents
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// The register of assets.
public enum Assets: Report {
  public static let name = "assets"
  public static let title = "Register of assets"
  public static let summary = "Each asset's cost, depreciation and book value, as of any day"
  public static let subject = ReportSubject.optional([.asset])
  public static let columns = [
    Column("asset", "Asset", .code), Column("name", "Name", .text),
    Column("account", "Account", .code), Column("acquired", "Acquired", .day),
    Column("from", "From", .day), Column("months", "Months", .number),
    Column("cost", "Cost", .money), Column("residual", "Residual", .money),
    Column("depreciated", "Depreciated", .money), Column("bookValue", "Book value", .money),
    Column("disposed", "Disposed", .day),
  ]
  public static let keys = ["asset"]
  public static let measures = ["cost", "depreciated", "bookValue"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var (cost, depreciated): (Int64, Int64) = (0, 0)
    let sums = try inquiry.scheduled(.asset)
    let asked = try inquiry.asked(.asset)
    let assets = try inquiry.documents(Asset.self, of: asked)
    for (id, code) in try inquiry.sorted(asked) {
      let asset = assets[id] ?? Asset()
      if asset.account.isNone { continue }
      let standing = sums[id]?[asset.account] ?? 0
      let gone = (sums[id] ?? [:]).reduce(0) { $0 - ($1.key == asset.account ? 0 : $1.value) }
      cost += standing
      depreciated += gone
      table.add(
        [
          .text(code.text), .text(asset.name), try inquiry.cell(asset.account),
          .day(asset.acquiredOn), asset.months == nil ? .empty : .day(asset.plan.from),
          asset.months.map { .number($0) } ?? .empty, inquiry.money(standing),
          inquiry.money(asset.residual), inquiry.money(gone), inquiry.money(standing - gone),
          asset.disposedOn.map { .day($0) } ?? .empty,
        ], basis: .history(id))
    }
    table.totals = table.row([
      "asset": .text("Total"), "cost": inquiry.money(cost),
      "depreciated": inquiry.money(depreciated), "bookValue": inquiry.money(cost - depreciated),
    ])
  }
}

extension Inquiry {
  /// What stands about each asset or deferral, by account: debit − credit.
  func scheduled(_ kind: NameKind) throws(ReportError) -> [NameID: [NameID: Int64]] {
    var sums: [NameID: [NameID: Int64]] = [:]
    for row in try tally(Schedules.self) where row.key.subject.is(kind) {
      sums[row.key.subject, default: [:]][row.key.account, default: 0] += row.sums.value
    }
    return sums
  }
}
