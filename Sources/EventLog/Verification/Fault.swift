// Why: whoever reads that something is damaged asks three things: what, what depends on it, and what to do. A fault answers them.

public import Events
internal import LMDB
internal import Synchronization

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
  static let restore = "Restore a backup, or let `diario salvage` save what is intact."
}

extension Fault {
  /// What keeps a log from being checked any further.
  public init(_ error: LogError) {
    self.init(.log, error.message, affects: "Nothing behind it was checked.", remedy: error.remedy)
  }
}

extension Fault: CustomStringConvertible {
  /// One line: part, what, what depends on it, remedy.
  public var description: String {
    "\(part.rawValue): \(what) \(affects.isEmpty ? "" : affects + " ")\(remedy)"
  }
}

/// Is told how a verification goes on, from any thread.
public protocol VerificationObserver: Sendable {
  /// A piece, "events 1 to 16384 of the log", is being read from now on.
  func began(_ piece: String)
  /// The piece has been read.
  func ended(_ piece: String)
  /// So many of so many parts of the whole are done.
  func progressed(_ done: UInt64, of total: UInt64)
  /// Something is wrong.
  func found(_ fault: Fault)
}

/// Nobody is told.
public struct NoObserver: VerificationObserver {
  /// An observer that does nothing.
  public init() {}
  public func began(_ piece: String) {}
  public func ended(_ piece: String) {}
  public func progressed(_ done: UInt64, of total: UInt64) {}
  public func found(_ fault: Fault) {}
}

/// What was found so far. May be told from several threads.
final class Findings: Sendable {
  private let faults = Mutex<[Fault]>([])
  private let observer: any VerificationObserver
  /// So many faults are told; more would not help.
  private static let mostFaults = 100

  init(_ observer: any VerificationObserver) { self.observer = observer }

  var all: [Fault] { faults.withLock { $0 } }

  func add(_ fault: Fault) {
    let isTold = faults.withLock { faults in
      if faults.count >= Self.mostFaults { return false }
      faults.append(fault)
      return true
    }
    if isTold { observer.found(fault) }
  }

  /// Reads a piece, which the observer is told before and after.
  func reading<R>(_ piece: String, _ body: () throws(LogError) -> R) throws(LogError) -> R {
    observer.began(piece)
    let result = try body()
    observer.ended(piece)
    return result
  }
}
