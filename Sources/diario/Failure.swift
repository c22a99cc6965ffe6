// Why: whatever ends a command early is one line for people and one exit code for programs.

internal import Backups
internal import Books
internal import Platform
internal import Wire

/// Why a command ends without having done what it was asked.
struct Failure: Error {
  var message: String
  var exitCode: Int32

  /// Wrong usage: exit code 2.
  static func usage(_ message: String) -> Failure { Failure(message: message, exitCode: 2) }

  /// Refused, or a check failed: exit code 1.
  static func refused(_ message: String) -> Failure { Failure(message: message, exitCode: 1) }

  /// The input file at `path` cannot be read.
  static func unreadable(_ path: String, _ failure: ByteInput.Failure) -> Failure {
    .usage("\(path) cannot be read: \(failure.reason). Check the name.")
  }

  init(message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  init(_ error: BooksError) {
    message = "\(error.message) \(error.remedy)"
    exitCode =
      switch error.code {
      case .question: 2
      case .noSpace, .busy, .exists, .outcomeUnknown, .rewritten: 1
      default: 3
      }
  }
}

extension Failure {
  init(_ error: BackupError) {
    message = "\(error.message) \(error.remedy)"
    exitCode =
      switch error.code {
      case .position: 2
      case .absent, .damaged, .newerFormat, .log: 3
      case .otherHistory, .signature, .wrongTarget, .busy, .system: 1
      }
  }
}

/// Runs `body`, ending the command when a backup cannot be made or restored.
func withBackup<R>(_ body: () throws(BackupError) -> R) throws(Failure) -> R {
  do throws(BackupError) { return try body() } catch { throw Failure(error) }
}

/// Runs `body`, ending the command when the books cannot be read.
func withBooks<R>(_ body: () throws(BooksError) -> R) throws(Failure) -> R {
  do throws(BooksError) { return try body() } catch { throw Failure(error) }
}
