// Why: a verification of large books takes minutes, and may end by a crash: somebody watches what is read, and hears of faults at once.

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
