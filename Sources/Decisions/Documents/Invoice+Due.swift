// Why: what a credit note takes back of a tax, and what an invoice recalls of a prepayment, are shares of a running sum, so that the
// parts of a whole add up to it, to the cent.

internal import Events
internal import Ledger
internal import Wire

extension Invoice {
  /// What is to be taken back of `side` now that the lines are credited as they are: its share, less what has been.
  func due(_ side: Side) -> (amount: Int64, value: Int64) {
    // Of a prepayment of which a part was recalled, all that is left is credited.
    if recalled != 0 { return left(side) }
    let tax = besides[side.place.subject] ?? side.place.subject
    let named = lines.filter { !tax.isNone && $0.tax == tax }
    let own = named.isEmpty ? lines : named
    let whole = own.reduce(0) { $0 + $1.net }
    let taken = own.reduce(0) { $0 + $1.taken.net }
    if whole == 0 { return (0, 0) }
    return (
      Exact.share(side.amount, taken, of: whole) - side.creditedAmount,
      Exact.share(side.value, taken, of: whole) - side.creditedValue
    )
  }
}

extension Invoice {
  /// What is recalled of `side` with `part` of what is left of a prepayment: its share of the running sum, less what has
  /// been; with the last part all that is left.
  func recalling(_ side: Side, _ part: Int64, of left: Int64) -> (amount: Int64, value: Int64) {
    let whole = (amount: side.amount - side.creditedAmount, value: side.value - side.creditedValue)
    let gone = (recalled + part, recalled + left)
    return (
      Exact.share(whole.amount, gone.0, of: gone.1) - side.recalledAmount,
      Exact.share(whole.value, gone.0, of: gone.1) - side.recalledValue
    )
  }

  /// What is left of `side` beside what was credited and recalled.
  func left(_ side: Side) -> (amount: Int64, value: Int64) {
    (
      side.amount - side.creditedAmount - side.recalledAmount,
      side.value - side.creditedValue - side.recalledValue
    )
  }
}

extension Invoice.Line {
  /// What has been taken back of it, in proportion to the quantity credited.
  var taken: (net: Int64, value: Int64) { (share(of: net), share(of: value)) }

  private func share(of whole: Int64) -> Int64 {
    let scale = Int(max(credited.scale, line.quantity.scale))
    func digits(_ number: ExactDecimal) -> Int128 {
      (Int(number.scale)..<scale).reduce(Int128(number.digits)) { digits, _ in digits * 10 }
    }
    // Credited is at most the quantity, so the share is at most the whole and fits.
    let (product, overflow) = Int128(whole).multipliedReportingOverflow(by: digits(credited))
    guard !overflow, let share = Exact.divide(product, digits(line.quantity)) else {
      preconditionFailure("quantities of a recorded invoice are bounded")
    }
    return share
  }
}
