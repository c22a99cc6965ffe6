// Why: who bought, how often and when last is said by invoices. One that was voided says nothing: nobody bought anything with it.

internal import Events
internal import Ledger
internal import Projections
internal import Summaries

/// The invoices of one customer that stand.
struct CustomerInvoices {
  var count: Int64 = 0
  /// The day of the last one.
  var last: Day
}

extension Inquiry {
  /// The invoices that each customer got from `first` (since ever when absent) to the last day that counts, without those that were
  /// voided by then. Who got none is left out.
  func invoices(from first: Day?) throws(ReportError) -> [NameID: CustomerInvoices] {
    var standing: [NameID: (customer: NameID, on: Day)] = [:]
    try forEachView(Histories.self, ofEach: try names(of: .customer)) { (_, view) in
      guard isInTime(view) else { return }
      if view.kind == InvoiceIssued.kind.number {
        standing[view.mention(.invoice)] = (view.mention(.customer), view.on)
      } else if view.kind == InvoiceVoided.kind.number {
        standing[view.mention(.invoice)] = nil
      }
    }
    var invoices: [NameID: CustomerInvoices] = [:]
    for (customer, on) in standing.values where first.map({ on >= $0 }) ?? true {
      var known = invoices[customer] ?? CustomerInvoices(last: on)
      known.count += 1
      known.last = max(known.last, on)
      invoices[customer] = known
    }
    return invoices
  }
}
