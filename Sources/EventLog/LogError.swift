// Why: what can go wrong between a caller and the log, each with the place and the remedy.

public import Events
public import LMDB

/// Why the log could not be read or extended.
public struct LogError: Error, Sendable {
  /// The kind of fault: switch on this.
  public enum Code: Sendable, Hashable {
    /// The log has another size than the caller expected; nothing was appended.
    case conflict(actual: Position)
    /// A record of the frame does not follow the one before it; nothing was appended.
    case invalidFrame
    /// Stored bytes fail their checksum or do not fit together.
    case damaged
    /// There are no books here.
    case absent
    /// There are books here already.
    case exists
    /// The books were written by a newer program.
    case newerFormat
    /// The store below failed.
    case store(StoreError.Code)
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

  /// What helps when a verification has found it, which advises no other one.
  var remedyOfVerify: String { remedy == Self.remedyOfDamage ? Fault.restore : remedy }

  private static let remedyOfDamage =
    "`diario verify` says how far the damage goes. Restore a backup; without one, `diario salvage` saves every intact event."

  /// Stored bytes that are not as they were written.
  public static func damaged(_ what: String) -> LogError {
    LogError(
      .damaged, "\(what) is damaged.",
      remedy: remedyOfDamage)
  }
}

extension LogError: LogFailure {
  /// Itself.
  public init(log: LogError) { self = log }

  /// A failure of the store, as the log's own; a damaged block is named by its position.
  public init(store: StoreError) {
    if store.code == .damaged, let first = LogError.position(store) {
      self = .damaged("The block of records that begins at position \(first)")
      return
    }
    self.init(
      .store(store.code), store.message,
      remedy: store.code == .damaged ? Self.remedyOfDamage : store.remedy)
  }

  /// Where the block begins that `store` is about; `nil` when it is about something else.
  static func position(_ store: StoreError) -> Position? {
    guard store.table == LogTables.blocksName, store.key.count == 8 else { return nil }
    return store.key.reduce(Position(0)) { $0 << 8 | Position($1) }
  }
}

extension LogError: CustomStringConvertible {
  /// One line: what and remedy.
  public var description: String { "\(message) \(remedy)" }
}
