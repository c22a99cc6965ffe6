// Why: a backup that cannot be made, or cannot be trusted, must say so today, not on the day on which it is needed.

public import EventLog
internal import LMDB
public import Platform

/// Why a backup cannot be written, read or restored.
public struct BackupError: Error, Sendable {
  /// The kind of fault: switch on this.
  public enum Code: Sendable, Hashable {
    /// There is no backup there.
    case absent
    /// A file of the backup is damaged, missing, or does not follow the one before it.
    case damaged
    /// A newer program wrote it.
    case newerFormat
    /// The books are not the history that the backup has: another company's, rewritten or shortened.
    case otherHistory
    /// Its checkpoint was not signed by the key that was given.
    case signature
    /// The position is not in the backup.
    case position
    /// The directory may not be restored into.
    case wrongTarget
    /// Another process is at it.
    case busy
    /// The log failed.
    case log(LogError.Code)
    /// The file system failed.
    case system
  }
  /// What kind of fault it is.
  public let code: Code
  /// What is wrong, in a sentence.
  public let message: String
  /// What would help, in a sentence.
  public let remedy: String

  /// An error.
  public init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// The file system's error, as the backup's.
  public init(_ failure: FileFailure) {
    self.init(.system, failure.message, remedy: failure.remedy)
  }

  /// Refuses `path` when it lies in books.
  static func refuseInside(books: String?, _ path: String) throws(BackupError) {
    guard let books else { return }
    throw BackupError(
      .wrongTarget, "\(path) is inside the books \(books).",
      remedy: "Name a directory elsewhere.")
  }

  /// Refuses `path` when it lies in a backup.
  static func refuseInside(backup: String?, _ path: String) throws(BackupError) {
    guard let backup else { return }
    throw BackupError(
      .wrongTarget, "\(path) is inside the backup \(backup).",
      remedy: "Name a directory elsewhere: a backup holds nothing but its segments.")
  }

  /// There is none in the directory `path`.
  static func noBackup(_ path: String) -> BackupError {
    let isBooks = Files.exists("\(path)/log/data.mdb")
    return BackupError(
      .absent, "There is no backup in \(path)\(isBooks ? ", which are books" : "").",
      remedy: "Make one with `diario backup`, or name the right directory.")
  }

  /// A file of a backup that is not as it was written.
  static func damaged(_ file: String, _ what: String) -> BackupError {
    BackupError(.damaged, "\(file) \(what).", remedy: "Fetch another copy of this file.")
  }
}

extension BackupError: LogFailure {
  /// The log's error, as the backup's.
  public init(log: LogError) {
    // A full disk is no fault of the log.
    let isNoSpace = log.code == .store(.noSpace) || log.code == .store(.mapFull)
    self.init(isNoSpace ? .system : .log(log.code), log.message, remedy: log.remedy)
  }
}

extension BackupError: CustomStringConvertible {
  /// One line: what and remedy.
  public var description: String { "\(message) \(remedy)" }
}

/// Runs `body`, turning the file system's error into the backup's.
func filing<R: ~Copyable>(_ body: () throws(FileFailure) -> R) throws(BackupError) -> R {
  do throws(FileFailure) { return try body() } catch { throw BackupError(error) }
}

/// Runs `body`, turning the log's error into the backup's.
func logging<R>(_ body: () throws(LogError) -> R) throws(BackupError) -> R {
  do throws(LogError) { return try body() } catch { throw BackupError(log: error) }
}
