// Why: one question tells whether the log is what it was when it was written.

public import EventLog
internal import Events
internal import Wire

extension Books {
  /// Checks the log, see `EventLog.verify(isQuick:progress:)`.
  /// - Parameters:
  ///   - isQuick: only the head, the tiles' root and the last records.
  ///   - progress: is told how many of how many records are done.
  public func verify(
    isQuick: Bool = false, progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws(BooksError) -> Verification {
    let log = log
    return try reading { () throws(LogError) in
      try log.verify(isQuick: isQuick, progress: progress)
    }
  }
}
