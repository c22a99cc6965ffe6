// Why: the trial balance and nearly every financial statement ask what an account's debits and credits are, and in which
// currency. Amounts of goods are left out here, for pieces and grams cannot be added; their values count in full.

public import Events
internal import Ledger
public import Summaries

/// Debits and credits of every account, by currency. Key: account, none, currency (none for what is not money).
public enum AccountBalances: TallyProjection {
  public static let name = "accounts"
  public static let version = 1
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount {
      let move = record.move(index)
      let currency = move.commodity.is(.currency) ? move.commodity : .none
      let amount = currency.isNone ? 0 : move.amount
      lines.debit(
        TallyKey(move.to.account, .none, currency), on: move.on, amount: amount, value: move.value)
      lines.credit(
        TallyKey(move.from.account, .none, currency), on: move.on, amount: amount,
        value: move.value)
    }
  }
}
