// Why: a limit above which two people look invites payments that stay below it. What went to one supplier within a week is one sum to
// whoever looks later.

internal import Documents
internal import Events
internal import Ledger

/// Payments that each need no second person, and together would.
struct SplitPayments {
  /// Payments to one supplier belong together when they are at most so many days apart.
  private static let days = 7
  private let inquiry: Inquiry
  /// What a payment may come to that one person sends alone; `nil` where no rule says.
  private let limit: Int64?
  /// Those within the limit, by supplier.
  private var known: [NameID: [(on: Day, value: Int64)]] = [:]

  init(_ inquiry: Inquiry) throws(ReportError) {
    self.inquiry = inquiry
    var limits: [Int64] = []
    for rule in ApprovalRule.rules(about: PaymentSent.kind.number) {
      if let limit = try inquiry.units(inquiry.chart.approvals[rule]) { limits.append(limit) }
    }
    limit = limits.min()
  }

  /// Takes an event in that moved `value`; says with how many others it is beyond the limit, if it is.
  mutating func add(_ event: Recorded, _ value: Int64) -> String? {
    guard event.kind == PaymentSent.kind.number, let limit, value <= limit,
      let supplier = event.mention(.supplier)
    else { return nil }
    let near = known[supplier, default: []].filter { abs($0.on - event.on) <= Self.days }
    known[supplier, default: []].append((event.on, value))
    let sum = near.reduce(value) { $0 + $1.value }
    return sum > limit
      ? "one of \(near.count + 1) that come to \(inquiry.money(sum).readable)" : nil
  }

  /// What is looked for, where anything is.
  var note: String? {
    limit.map {
      "Split: payments to one supplier within \(Self.days) days of at most \(inquiry.money($0).readable) each, which need no approval, that together are more."
    }
  }
}
