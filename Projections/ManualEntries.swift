// Why: an account is what documents made of it and what accountants posted by hand; to compare it with the documents,
// the part by hand must be known.

public import Events
internal import Ledger
public import Summaries

/// Values by account and subject of entries posted by hand: opening balances, journal entries, their reversals,
/// accruals and recurring entries.
public enum ManualEntries: TallyProjection {
  public static let name = "manual-entries"
  public static let version = 1
  public static let keepsNetOnly = false

  private static let kinds: Set<UInt16> = [
    JournalPosted.kind.number, JournalReversed.kind.number, OpeningPosted.kind.number,
    AccrualPosted.kind.number, EntryRepeated.kind.number,
  ]

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    guard kinds.contains(record.kind) else { return }
    for index in 0..<record.moveCount {
      let move = record.move(index)
      lines.debit(
        TallyKey(move.to.account, move.to.subject), on: move.on, amount: 0, value: move.value)
      lines.credit(
        TallyKey(move.from.account, move.from.subject), on: move.on, amount: 0, value: move.value)
    }
  }
}
