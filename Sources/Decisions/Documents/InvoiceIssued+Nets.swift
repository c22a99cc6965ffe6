// Why: a discount on a whole invoice is each line's in part, for a line has a tax, a product and a credit note of its own.

internal import Events
internal import Ledger
internal import Wire

extension InvoiceIssued {
  /// What each line comes to, less its share of the discount on the whole invoice. The shares are cut from the running
  /// total, so they add up to the discount and no line falls below zero.
  func nets(decimals: Int) throws(WireError) -> [Int64] {
    var nets: [Int64] = []
    for line in lines {
      nets.append(
        try netUnits(
          quantity: line.quantity, price: line.price ?? .zero, discount: line.discount,
          decimals: decimals))
    }
    let total = try Exact.sum(nets)
    guard let discount, total != 0 else { return nets }
    let whole = ExactDecimal(digits: total, scale: decimals)
    let off = try Exact.product(whole, "1", discount, percentWithDecimals: decimals)
    var (sum, given): (Int64, Int64) = (0, 0)
    for i in nets.indices {
      sum += nets[i]
      let part = Exact.share(off, sum, of: total) - given
      given += part
      nets[i] -= part
    }
    return nets
  }
}
