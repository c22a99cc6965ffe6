// Why: whatever goes wrong below a query is said once, with what would help; the codes are for programs.

/// Why a summary cannot be read, built or stored.
public struct SummaryError: Error, Sendable, Hashable {
  /// The kind of fault: switch on this. The raw value is the stable name shown to users.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// The bytes of a summary are not what was written.
    case damaged = "summary.damaged"
    /// A summary that must be there, to build the one above it, is not.
    case missing = "summary.missing"
    /// A sum does not fit into 64 bits.
    case overflow = "summary.overflow"
    /// The store or the log below failed.
    case source = "summary.source"
  }
  /// What kind of fault it is.
  public var code: Code
  /// What is wrong, in a sentence.
  public var message: String
  /// What would help, in a sentence.
  public var remedy: String
  /// The name space of the projection whose own failure it is; `nil` when it may be anybody's.
  public private(set) var projection: String?

  /// An error.
  public init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// Runs `body`; what fails in it is the failure of the projection with that name space, unless it is that of the
  /// store or the log below.
  package static func blaming<R>(
    _ namespace: String, _ body: () throws(SummaryError) -> R
  ) throws(SummaryError) -> R {
    do throws(SummaryError) { return try body() } catch {
      throw error.code == .source ? error : error.of(namespace)
    }
  }

  /// The same, of a projection, whose name space the message then tells.
  func of(_ namespace: String) -> SummaryError {
    if projection != nil { return self }
    var own = self
    own.projection = namespace
    own.message = "The projection \(namespace) fails: \(message)"
    return own
  }

  /// The bytes of a summary are not what was written.
  static func damaged(_ what: String) -> SummaryError {
    SummaryError(
      .damaged, "A summary is damaged: \(what).",
      remedy: "Run `diario rebuild`; the log is not affected.")
  }

  /// A summary that must be there is not.
  static func missing(_ range: SummaryRange, _ namespace: String) -> SummaryError {
    SummaryError(
      .missing,
      "The summary \(range.index) of level \(range.level) in \(namespace) is missing.",
      remedy: "Run `diario rebuild`; what is there already is kept.")
  }

  /// A sum does not fit.
  static var overflow: SummaryError {
    SummaryError(
      .overflow, "A sum is too large for 64 bits.",
      remedy: "Look for an event with an absurd amount (`diario log`) and correct it.")
  }
}

extension SummaryError: CustomStringConvertible {
  /// One line: what, remedy.
  public var description: String { "\(message) \(remedy)" }
}
