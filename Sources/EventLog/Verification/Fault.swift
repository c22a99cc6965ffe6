// Why: whoever reads that something is damaged asks three things: what, what depends on it, and what to do. A fault answers them.

public import Events

/// Something in the books that is not as it was written.
public struct Fault: Sendable, Hashable {
  /// What a fault is in.
  public enum Part: String, Sendable, Hashable {
    /// The log: the truth is damaged.
    case log
    /// The summaries: they are built again from the log.
    case views
    /// The keys to personal data: they are no part of the log, and of no backup of it.
    case keys
    /// The history: it is not the one that somebody else has a checkpoint of.
    case history
  }
  /// What it is in.
  public var part: Part
  /// What is wrong, in a sentence.
  public var what: String
  /// What depends on it, in a sentence; empty when nothing does.
  public var affects: String
  /// What would help, in a sentence.
  public var remedy: String
  /// The events that cannot be read because of it.
  public var positions: ClosedRange<Position>?

  /// A fault.
  public init(
    _ part: Part, _ what: String, affects: String = "", remedy: String,
    positions: ClosedRange<Position>? = nil
  ) {
    self.part = part
    self.what = what
    self.affects = affects
    self.remedy = remedy
    self.positions = positions
  }

  /// A fault of the log.
  static func log(
    _ what: String, affects: String = "", positions: ClosedRange<Position>? = nil
  ) -> Fault {
    Fault(.log, what, affects: affects, remedy: restore, positions: positions)
  }

  /// What helps a damaged log.
  public static let restore = "Restore a backup, or let `diario salvage` save what is intact."
}

extension Fault {
  /// What keeps a log from being checked any further.
  public init(_ error: LogError) {
    self.init(
      .log, error.message, affects: "Nothing behind it was checked.", remedy: error.remedyOfVerify)
  }
}

extension Fault: CustomStringConvertible {
  /// One line: part, what, what depends on it, remedy.
  public var description: String {
    "\(part.rawValue): \(what) \(affects.isEmpty ? "" : affects + " ")\(remedy)"
  }
}
