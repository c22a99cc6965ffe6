// Why: a cash flow statement asks where the money came from and where it went: for which account each amount was received or
// paid. A pair of accounts says that; which of the two is a bank, the chart says when the question is asked.

public import Events
internal import Ledger
public import Summaries

/// Values of money that went from one account to another. Key: the account that took it, the account that gave it.
public enum MoneyFlows: TallyProjection {
  public static let name = "money-flows"
  public static let version = 1
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount {
      let move = record.move(index)
      guard move.commodity.is(.currency), move.from.account != move.to.account else { continue }
      lines.debit(
        TallyKey(move.to.account, move.from.account), on: move.on, amount: 0, value: move.value)
    }
  }
}
