// Why: the tax return asks for base and tax by code over some days, with what was taken back in columns of its own.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Base and tax by tax code.
public enum TaxReturn: Report {
  public static let name = "tax"
  public static let title = "Taxes"
  public static let summary = "Base and tax by tax code, collected and deductible, refunds apart"
  public static let subject = ReportSubject.optional([.tax])
  public static let takesFrom = true
  public static let columns = [
    Column("tax", "Tax", .code), Column("name", "Name", .text), Column("kind", "Kind", .text),
    Column("base", "Base", .money), Column("taxAmount", "Tax", .money),
    Column("refundBase", "Refund base", .money), Column("refundTax", "Refund tax", .money),
    Column("net", "Net tax", .money),
  ]
  public static let keys = ["tax"]
  public static let measures = ["base", "taxAmount", "refundBase", "refundTax"]

  private struct Figures {
    var bases = TallySums()
    /// Owed to the tax office: credits.
    var collected = TallySums()
    /// Claimed back from it: debits.
    var claimed = TallySums()
    /// Kept back by us (credits) or by customers (debits): settled apart.
    var withheld = TallySums()
    var basis: [KeyRange] = []

    /// What was taxed, what was taken back of that, and what is payable.
    func amounts(_ kind: TaxKind) -> (tax: Int64, refund: Int64, net: Int64) {
      let net = -collected.value - claimed.value
      switch kind {
      case .reverseCharge, .intraCommunity:
        // Owed and claimed at once: it is one tax.
        return (collected.creditValue, collected.debitValue, net)
      case .withheld:
        let isOurs = abs(withheld.creditValue) >= abs(withheld.debitValue)
        return isOurs
          ? (withheld.creditValue, withheld.debitValue, 0)
          : (withheld.debitValue, withheld.creditValue, 0)
      default:
        return (
          collected.creditValue + claimed.debitValue, collected.debitValue + claimed.creditValue,
          net
        )
      }
    }
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let figures = try figures(inquiry)
    var net: Int64 = 0
    for (id, code) in try inquiry.sorted(figures.keys) {
      if !inquiry.subject.isNone, id != inquiry.subject { continue }
      guard let known = figures[id] else { continue }
      let (name, kind) = try inquiry.taxName(id)
      let amounts = known.amounts(kind)
      net += amounts.net
      table.add(
        [.text(code.text), .text(name), .text(kind.rawValue)]
          + [
            known.bases.debitValue, amounts.tax, known.bases.creditValue, amounts.refund,
            amounts.net,
          ].map(inquiry.money), basis: .moves(known.basis))
    }
    table.totals = table.row(["tax": .text("Payable"), "net": inquiry.money(net)])
  }

  private static func figures(_ inquiry: Inquiry) throws(ReportError) -> [NameID: Figures] {
    var before: [TallyKey: TallySums] = [:]
    let roles: [Role] = [
      .taxBase, .taxCollected, .taxDeductible, .withholdingPayable, .withheldByCustomers,
    ]
    if let day = inquiry.dayBefore {
      for row in try inquiry.rows(TaxBook.self, roles, asOf: day) { before[row.key] = row.sums }
    }
    var all: [NameID: Figures] = [:]
    for row in try inquiry.rows(TaxBook.self, roles, asOf: inquiry.asOf)
    where row.key.subject.is(.tax) {
      let sums = row.sums.subtracting(before[row.key] ?? TallySums())
      if sums.isZero { continue }
      var figures = all[row.key.subject] ?? Figures()
      switch inquiry.chart.role(of: row.key.account) {
      case .taxBase: figures.bases.add(sums)
      case .taxCollected: figures.collected.add(sums)
      case .taxDeductible: figures.claimed.add(sums)
      default: figures.withheld.add(sums)
      }
      figures.basis.append(.place(row.key.account, row.key.subject))
      all[row.key.subject] = figures
    }
    return all
  }
}

extension Inquiry {
  /// What a tax code is called and what kind of tax it is, as last defined.
  func taxName(_ tax: NameID) throws(ReportError) -> (name: String, kind: TaxKind) {
    // A surcharge mentions itself first, then the tax beside which it stands, whose history it is in too.
    for event in try recorded(Definitions.self, of: tax).reversed()
    where event.mention(.tax) == tax {
      if let defined = try decoding({ () throws(WireError) in try event.event(TaxDefined.self) }) {
        return (defined.name, defined.kind)
      }
    }
    return ("", .collected)
  }
}
