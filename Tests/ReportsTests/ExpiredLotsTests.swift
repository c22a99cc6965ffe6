// Why: what has expired is not sold, so it may be neither promised nor called ready.

internal import Events
internal import Ledger
internal import Reports
internal import Testing

@Suite struct `Lots that have expired` {
  /// 20 l of milk: 8 until 31 March, 12 until 15 February; an order of 15.
  private func told() throws -> Told {
    try Told([
      #"{"event":"warehouse.opened","on":"2026-01-01","warehouse":"MAD","name":"Madrid"}"#,
      #"{"event":"supplier.registered","on":"2026-01-01","supplier":"S-1","name":"Dairy"}"#,
      #"{"event":"customer.registered","on":"2026-01-01","customer":"C-1","name":"Duero"}"#,
      #"{"event":"product.registered","on":"2026-01-01","product":"MILK","name":"Milk","unit":"l","decimals":0,"costing":"fifo","tracksLots":true}"#,
      #"{"event":"purchase.ordered","on":"2026-01-03","purchase":"PO-1","supplier":"S-1","currency":"EUR","lines":[{"product":"MILK","quantity":"20","price":"1.50"}]}"#,
      #"{"event":"goods.received","on":"2026-01-05","receipt":"GR-1","purchase":"PO-1","warehouse":"MAD","lines":[{"product":"MILK","quantity":"20","lots":[{"lot":"LA","quantity":"8","expires":"2026-03-31"},{"lot":"LB","quantity":"12","expires":"2026-02-15"}]}]}"#,
      #"{"event":"order.placed","on":"2026-01-20","order":"SO-1","customer":"C-1","currency":"EUR","lines":[{"product":"MILK","quantity":"15","price":"5.00"}]}"#,
    ])
  }

  // By hand: all 20 may be sold until 15 February; then 8, of which none is left beside the order of 15: 8 - 15 = -7.
  @Test(arguments: [("2026-02-15", "15", "5"), ("2026-02-20", "8", "-7")])
  func `are neither ready nor promised`(day: String, ready: String, now: String) throws {
    let backlog = try told().table(Backlog.self, asOf: Day(day)).texts
    #expect(backlog.first?["ready"] == ready)
    let promise = try told().table(AvailableToPromise.self, asOf: Day(day)).texts
    #expect(promise.first { $0["product"] == "MILK" }?["now"] == now)
  }
}
