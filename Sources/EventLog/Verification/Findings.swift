// Why: pieces are read by several threads, and what they find is one list.

internal import Synchronization

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
