// Why: a supplier's credit note says its tax itself, worked out on what it takes back. When several of them take back all of
// a bill, their taxes must come to the bill's, to the cent, or a bill of nothing would leave a tax and a cost behind.

internal import Documents
internal import Ledger
internal import Wire

extension Decision {
  /// The taxes on what a credit note takes back, as its paper says. When nothing of a bill's tax code is left then, they
  /// are all that earlier credit notes left of its tax, with the cents.
  mutating func taxes(
    crediting lines: [Bill.TaxedNet], of bill: Bill, _ currency: DocumentCurrency,
    _ s: any Situation
  ) throws(Obstacle) -> [TaxAmount] {
    var found = try taxes(on: lines, .purchase, currency, s)
    for i in found.indices {
      let code = try s.code(found[i].tax)
      func net(_ lines: [Bill.TaxedNet]) -> Int64 {
        lines.reduce(0) { $1.tax == code ? $0 + $1.net : $0 }
      }
      let before = bill.credits.reduce(0) { $0 + net($1) }
      guard before > 0, before + net(lines) == net(bill.taxed) else { continue }
      let last = try rest(of: bill) { (d, lines) throws(Obstacle) in
        let own = lines.filter { $0.tax == code }
        return try own.isEmpty ? nil : d.taxes(on: own, .purchase, currency, s).first
      }
      found[i] = last ?? found[i]
    }
    return found
  }

  /// What was withheld from `net`, which a credit note takes back; of the last part all that is left.
  mutating func withheld(
    _ code: Code, crediting net: Int64, of bill: Bill, _ currency: DocumentCurrency,
    _ s: any Situation
  ) throws(Obstacle) -> TaxAmount {
    func sum(_ lines: [Bill.TaxedNet]) -> Int64 { lines.reduce(0) { $0 + $1.net } }
    let before = bill.credits.reduce(0) { $0 + sum($1) }
    if before > 0, before + net == sum(bill.taxed),
      let last = try rest(
        of: bill,
        { (d, lines) throws(Obstacle) in
          try d.withheld(code, on: sum(lines), currency, s)
        })
    {
      return last
    }
    return try withheld(code, on: net, currency, s)
  }

  /// What a tax comes to on all of a bill, less what it came to on each of its credit notes.
  private mutating func rest(
    of bill: Bill, _ tax: (inout Decision, [Bill.TaxedNet]) throws(Obstacle) -> TaxAmount?
  ) throws(Obstacle) -> TaxAmount? {
    guard var left = try tax(&self, bill.taxed) else { return nil }
    for credit in bill.credits {
      if let part = try tax(&self, credit) { left.take(off: part) }
    }
    return left
  }
}
