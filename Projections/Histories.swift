// Why: "what happened to this?" is asked of customers, orders, invoices, products, accounts. Every event that
// mentions the thing, or moves it, or moves through it, belongs to its history; currencies are left out, for
// nearly every event would be in theirs.

public import Events
internal import Ledger
public import Summaries

/// Which events concern whom: every name mentioned, every account and subject moved through, every product moved.
public enum Histories: TimelineProjection {
  public static let name = "histories"
  public static let version = 1

  public static func names(of record: borrowing RecordView, into names: inout NameList) {
    for index in 0..<record.mentionCount { names.add(record.mention(index)) }
    for index in 0..<record.moveCount {
      let move = record.move(index)
      names.add(move.from.account)
      names.add(move.from.subject)
      names.add(move.to.account)
      names.add(move.to.subject)
      if !move.commodity.is(.currency) { names.add(move.commodity) }
    }
  }
}
