// Why: what documents made of each tax, what was declared of it and what the tax accounts say must be the same.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

extension Identities {
  /// The tax book with its filings, and what was posted by hand without a tax code = the tax accounts.
  mutating func checkTaxes() throws(ReportError) {
    for account in inquiry.accounts(
      .taxCollected, .taxDeductible, .taxSettlement, .withheldByCustomers)
    {
      let book = try inquiry.tally(TaxBook.self, .account(account.id)).reduce(0) {
        $0 + $1.sums.value
      }
      let withoutCode = byHand.reduce(0) { sum, row in
        row.key.account == account.id && !row.key.subject.is(.tax) ? sum + row.value.value : sum
      }
      expect(
        "tax book = account \(account.code)", book + withoutCode, balance(account),
        .account(account.id))
    }
  }

  /// What filings settled = what their lines declare.
  mutating func checkFilings() throws(ReportError) {
    let filings = try inquiry.filings()
    if filings.isEmpty { return }
    let decimals = inquiry.chart.decimals
    expect(
      "taxes filed = what the filings declare", filings.reduce(0) { $0 + $1.payable },
      try decoding { () throws(WireError) in
        var sum: Int64 = 0
        for figures in filings { sum += try figures.declared(decimals: decimals) }
        return sum
      })
  }
}
