// Why: an auditor asks what one person recorded. A user's history mixes that with what is about her (a right that she was
// given).

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
