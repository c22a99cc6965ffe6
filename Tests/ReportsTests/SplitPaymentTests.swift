// Why: a limit above which two people sign invites payments that stay below it. Figures by hand.

internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `Split payments` {
  private func found(limit: String?, _ payments: [(day: String, supplier: String, amount: String)])
    throws -> [[String]]
  {
    var lines = [
      #"{"event":"supplier.registered","on":"2026-01-01","supplier":"SU","name":"Supply"}"#,
      #"{"event":"supplier.registered","on":"2026-01-01","supplier":"SV","name":"Second"}"#,
    ]
    if let limit {
      lines.append(
        #"{"event":"approval.required","on":"2026-01-01","kind":"payment.sent","above":"\#(limit)"}"#
      )
    }
    for (i, payment) in payments.enumerated() {
      lines.append(
        #"{"event":"payment.sent","on":"\#(payment.day)","payment":"P\#(i + 1)","supplier":"\#(payment.supplier)","account":"1000","currency":"EUR","amount":"\#(payment.amount)"}"#
      )
    }
    let table = try Told(lines).table(Anomalies.self, asOf: "2026-12-31")
    return table.texts.filter { $0["kind"] == "split" }.map {
      [$0["document"] ?? "", $0["value"] ?? "", $0["detail"] ?? ""]
    }
  }

  @Test func `three payments of a thousand in a row evade a limit of a thousand`() throws {
    #expect(
      try found(
        limit: "1000",
        [("2026-01-13", "SU", "1000"), ("2026-01-14", "SU", "1000"), ("2026-01-15", "SU", "1000")])
        == [
          ["P2", "1000.00", "one of 2 that come to 2,000.00"],
          ["P3", "1000.00", "one of 3 that come to 3,000.00"],
        ])
  }

  @Test func `a week apart belongs together, eight days do not, nor do two suppliers`() throws {
    #expect(
      try found(limit: "1000", [("2026-01-01", "SU", "600"), ("2026-01-08", "SU", "400.01")]) == [
        ["P2", "400.01", "one of 2 that come to 1,000.01"]
      ])
    #expect(
      try found(limit: "1000", [("2026-01-01", "SU", "600"), ("2026-01-09", "SU", "600")]).isEmpty)
    #expect(
      try found(limit: "1000", [("2026-01-01", "SU", "600"), ("2026-01-01", "SV", "600")]).isEmpty)
    // Together they need no second person either.
    #expect(
      try found(limit: "1000", [("2026-01-01", "SU", "600"), ("2026-01-02", "SU", "400")]).isEmpty)
  }

  @Test func `without a limit nothing is evaded`() throws {
    #expect(
      try found(limit: nil, [("2026-01-01", "SU", "600"), ("2026-01-01", "SU", "600")]).isEmpty)
  }
}
