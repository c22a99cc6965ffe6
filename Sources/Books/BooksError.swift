// Why: what keeps the books from answering at all. (That an event may not be recorded is an answer: a refusal.)

public import EventLog
internal import Events
public import Keys
internal import LMDB
internal import Wire

/// Why books cannot be opened, read or written.
public struct BooksError: Error, Sendable {
  /// The kind of fault: switch on this.
  public enum Code: Sendable, Hashable {
    /// There are no books in that directory.
    case absent
    /// There are books in that directory already.
    case exists
    /// They were written by a newer program.
    case newerFormat
    /// Stored bytes are damaged.
    case damaged
    /// The disk is full, or a limit of the system was met; nothing was lost.
    case noSpace
    /// Another process or handle holds them.
    case busy
    /// The outcome of a write is unknown; the same keys may be proposed again.
    case outcomeUnknown
    /// The question cannot be answered: a point in time that does not exist, an unknown name, a place that cannot have a master key.
    case question
    /// The books are not the history that somebody has signed: rewritten, shortened or another company's.
    case rewritten
    /// Personal data cannot be sealed or read: the keys are absent, damaged or not the right ones.
    case keys(KeyError.Code)
    /// Anything else that the system reported.
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

  /// The log's error, as the books'.
  public init(_ error: LogError) {
    let code: Code =
      switch error.code {
      case _ where error.isDamage: .damaged
      case .absent: .absent
      case .exists: .exists
      case .newerFormat: .newerFormat
      case .store(.noSpace), .store(.mapFull): .noSpace
      case .store(.alreadyOpen), .store(.locked), .store(.heldBack): .busy
      case .store(.ioError): .outcomeUnknown
      default: .system
      }
    self.init(code, error.message, remedy: error.remedy)
  }
}

extension BooksError {
  /// What was asked would write.
  static let readOnly = BooksError(
    .busy, "These books were opened for reading only.", remedy: "Open them for writing.")

  /// Event `position`, or its `part`, says nothing that can be read.
  static func unreadable(
    _ position: Position, _ error: WireError, part: String = "Event"
  ) -> BooksError {
    BooksError(
      .damaged, "\(part) \(position) cannot be read: \(error)", remedy: "Run `diario verify`.")
  }

  /// The keys' error, as the books'.
  public init(_ error: KeyError) {
    let code: Code =
      switch error.code {
      case .store(.noSpace), .store(.mapFull): .noSpace
      case .wrongPlace, .masterKeyShared: .question
      default: .keys(error.code)
      }
    self.init(code, error.message, remedy: error.remedy)
  }

  /// Event `request` asks for an erasure, and `error` kept it from being finished.
  static func unfinishedErasure(_ request: Position, _ error: BooksError) -> BooksError {
    // That nothing was written, as a full disk says, is true of the key alone.
    let remedy = error.code == .noSpace ? "Free some space." : error.remedy
    return BooksError(
      error.code,
      "The erasure is asked for in event \(request), which stands, and is not done yet: \(error.message)",
      remedy: "\(remedy) Then `diario erase --continue` finishes it.")
  }
}

extension BooksError: LogFailure {
  /// The log's error, as the books'.
  public init(log: LogError) { self.init(log) }
}

extension BooksError: CustomStringConvertible {
  /// One line: what and remedy.
  public var description: String { "\(message) \(remedy)" }
}

/// Runs `body`, turning the log's error into the books'.
func reading<R>(_ body: () throws(LogError) -> R) throws(BooksError) -> R {
  do throws(LogError) { return try body() } catch { throw BooksError(error) }
}
