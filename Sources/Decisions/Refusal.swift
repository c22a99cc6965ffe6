// Why: a refusal is an answer, not an accident. It has a stable name to switch on, and says what is wrong and
// what would help. Nothing refused is recorded.

internal import Ledger
public import Wire

/// Why a proposed event is not recorded.
public struct Refusal: Sendable, Hashable {
  /// The stable name: `stock.short`.
  public var name: String
  /// What is wrong, in a sentence.
  public var message: String
  /// What would help, in a sentence.
  public var remedy: String

  /// A refusal.
  public init(_ name: String, _ message: String, remedy: String) {
    self.name = name
    self.message = message
    self.remedy = remedy
  }

  /// The refusal of a line that could not even be read.
  public init(_ error: WireError) {
    name = error.code.rawValue
    message = error.path.isEmpty ? error.message : "\(error.path): \(error.message)"
    remedy = error.remedy
  }
}

extension Refusal: CustomStringConvertible {
  /// One line: its name, what is wrong and the remedy.
  public var description: String { "\(name): \(message) \(remedy)" }
}

/// What keeps a decision from being made: a refusal, or books that cannot be read.
public enum Obstacle: Error {
  /// The event must not be recorded.
  case refused(Refusal)
  /// The situation could not be looked up: the books are damaged or unreadable.
  case unreadable(any Error)

  /// A refusal, ready to throw.
  public static func refuse(_ name: String, _ message: String, remedy: String) -> Obstacle {
    .refused(Refusal(name, message, remedy: remedy))
  }
}

/// Runs `body`, turning a `WireError` (an overflow, too many decimals) into a refusal about `what`.
func refusing<R>(
  _ what: @autoclosure () -> String, _ body: () throws(WireError) -> R
) throws(Obstacle) -> R {
  do throws(WireError) { return try body() } catch {
    throw .refused(Refusal(error.inside(path: what())))
  }
}

/// What `parts` of `what` come to, or a refusal when that does not fit.
func total(
  _ what: @autoclosure () -> String, _ parts: some Sequence<Int64>
) throws(Obstacle) -> Int64 {
  try refusing(what()) { () throws(WireError) in try Exact.sum(parts) }
}

extension WireError {
  fileprivate func inside(path outer: String) -> WireError {
    var error = self
    error.path = path.isEmpty ? outer : "\(outer).\(path)"
    return error
  }
}
