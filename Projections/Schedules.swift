// Why: what an asset cost, what of it was depreciated and what of a deferral is left are balances of places of that asset or
// deferral, so the register can be read as of any day.

public import Events
internal import Ledger
public import Summaries

/// Assets and deferrals. Key: account, asset or deferral, the books' currency.
public enum Schedules: TallyProjection {
  public static let name = "schedules"
  public static let version = 1
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount {
      lines.add(record.move(index)) { $0.is(.asset) || $0.is(.deferral) }
    }
  }
}
