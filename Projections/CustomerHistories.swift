// Why: what a customer bought, returned, paid and cost is asked for all customers at once (segments, lifetime value), so it cannot be
// folded from each one's events. Every event that mentions a customer adds its values to that customer's accounts, and
// one to the count of its kind. The events themselves are in Histories.

public import Events
public import Ledger
public import Summaries

/// Values and counts by customer. Keys: account, customer, none, with values only; and, for counts,
/// ``counted(_:by:)``, whose debit amount is how many events of the kind mention the customer first of all customers.
public enum CustomerHistories: TallyProjection {
  public static let name = "customers"
  public static let version = 1
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    let customer = record.mention(.customer)
    if customer.isNone { return }
    lines.debit(counted(record.kind, by: customer), on: record.on, amount: 1, value: 0)
    // Opening balances are about many customers at once, and about the bank besides: they say of none what was paid.
    if record.kind == OpeningPosted.kind.number { return }
    for index in 0..<record.moveCount {
      let move = record.move(index)
      lines.debit(
        TallyKey(move.to.account, customer), on: move.on, amount: 0, value: move.value)
      lines.credit(
        TallyKey(move.from.account, customer), on: move.on, amount: 0, value: move.value)
    }
  }

  /// The key under which events of kind number `kind` are counted: no account, the customer, and in place of the commodity
  /// the kind's number, which is no name, for a name's upper six bits are never zero.
  public static func counted(_ kind: UInt16, by customer: NameID) -> TallyKey {
    TallyKey(.none, customer, NameID(raw: UInt32(kind)))
  }
}
