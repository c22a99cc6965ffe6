// Why: whoever asks for a report is told what is wrong with the question, or with the books, and what would help.

public import Summaries
public import Wire

/// Why a report cannot be given.
public struct ReportError: Error, Sendable, Hashable {
  /// The kind of fault: switch on this. The raw value is the stable name shown to users.
  public enum Fault: String, Sendable, Hashable, CaseIterable {
    /// There is no report of that name.
    case unknownReport = "report.unknown"
    /// The report is about one thing, and none was named; or it is about none, and one was.
    case subject = "report.subject"
    /// Nothing is called that, at this point in time.
    case unknownCode = "report.code"
    /// Several things are called that.
    case ambiguous = "report.role"
    /// The report has no such row.
    case unknownRow = "report.row"
    /// The report takes no such option.
    case option = "report.option"
    /// The books could not be read.
    case unreadable = "report.unreadable"
    /// An event's bytes are damaged.
    case damaged = "report.damaged"
  }
  /// What kind of fault it is.
  public var code: Fault
  /// What is wrong, in a sentence.
  public var message: String
  /// What would help, in a sentence.
  public var remedy: String

  /// An error.
  public init(_ code: Fault, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// The books could not be read.
  public init(_ error: SummaryError) {
    self.init(.unreadable, error.message, remedy: error.remedy)
  }

  /// An event could not be read.
  public init(_ error: WireError) {
    self.init(
      .damaged, "An event cannot be read: \(error.message)",
      remedy: "Run `diario verify`, and restore a backup if it finds damage.")
  }
}

extension ReportError: CustomStringConvertible {
  /// One line: what, remedy.
  public var description: String { "\(message) \(remedy)" }
}

/// Runs `body`, turning what the books throw into what a report throws.
func reading<R>(_ body: () throws(SummaryError) -> R) throws(ReportError) -> R {
  do throws(SummaryError) { return try body() } catch { throw ReportError(error) }
}

/// Runs `body`, turning what damaged bytes throw into what a report throws.
func decoding<R>(_ body: () throws(WireError) -> R) throws(ReportError) -> R {
  do throws(WireError) { return try body() } catch { throw ReportError(error) }
}
