// Why: a credit note, ours or a supplier's, is first taken off what is open of the document, and only the rest becomes money that is owed
// back. Each of its lines is split by the same rule, whatever came before it.

internal import Ledger

/// How the lines of a credit note are divided between what is open and the rest.
struct CreditSplit {
  /// What was open on the credit note's day already: no more can be taken off it.
  private let lasting: Int64
  /// Whether all of it can be taken off that.
  private let fits: Bool
  /// What has been taken off what is open, and what that is worth.
  private(set) var settled: Int64 = 0
  private(set) var settledValue: Int64 = 0
  /// What has become the rest.
  private var rest: Int64 = 0

  init(lasting: Int64, fits: Bool = false) {
    self.lasting = lasting
    self.fits = fits
  }

  /// The part of a line that is taken off what is open.
  mutating func part(of amount: Int64, worth value: Int64) -> (amount: Int64, value: Int64) {
    // What reduces the credit comes off the rest first, if there is any yet.
    let part =
      fits
      ? amount : amount < 0 ? amount - max(amount, -rest) : min(amount, lasting - settled)
    let partValue = part == amount ? value : part == 0 ? 0 : Exact.share(value, part, of: amount)
    rest += amount - part
    settled += part
    settledValue += partValue
    return (part, partValue)
  }
}
