// Why: an auditor asks what one person recorded; the histories tell what is about somebody, not what is by them.

public import Events
internal import Ledger
public import Summaries

/// Which events a user recorded.
public enum Authors: TimelineProjection {
  public static let name = "authors"
  public static let version = 1

  public static func names(of record: borrowing RecordView, into names: inout NameList) {
    names.add(record.by)
  }
}
