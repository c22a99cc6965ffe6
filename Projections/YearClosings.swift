// Why: what a year earned must be readable after the year has been closed; so what the closing carried over is known apart.

public import Events
internal import Ledger
public import Summaries

/// What closing a year carried over. Key: account.
public enum YearClosings: TallyProjection {
  public static let name = "year-closings"
  public static let version = 1
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    guard record.kind == YearClosed.kind.number else { return }
    for index in 0..<record.moveCount {
      let move = record.move(index)
      lines.debit(TallyKey(move.to.account), on: move.on, amount: 0, value: move.value)
      lines.credit(TallyKey(move.from.account), on: move.on, amount: 0, value: move.value)
    }
  }
}
