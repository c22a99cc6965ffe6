// Why: a product that is sold every day has a long history, but few events say what it is. Those have a timeline of their
// own, so that the chart, a tax rate or a customer's terms are found without reading everything that happened.

public import Events
internal import Ledger
public import Summaries

/// Which set-up events say what a name stands for.
public enum Definitions: TimelineProjection {
  public static let name = "definitions"
  public static let version = 1

  public static func names(of record: borrowing RecordView, into names: inout NameList) {
    guard record.isDefinition else { return }
    for index in 0..<record.mentionCount { names.add(record.mention(index)) }
  }
}
