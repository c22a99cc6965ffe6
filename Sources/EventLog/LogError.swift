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

  /// Whether stored bytes are not as they were written: otherwise nothing is said about them.
  package var isDamage: Bool {
    switch code {
    case .damaged: true
    case .store(let code): code.isDamage
    default: false
    }
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

  /// A failure of the store, as the log's own; what is damaged is named by what it is about, a block by its position.
  public init(store: StoreError) {
    if store.code == .damaged, let what = LogError.what(store) {
      self = .damaged(what)
      return
    }
    self.init(
      .store(store.code), store.message,
      remedy: store.code == .damaged ? Self.remedyOfDamage : store.remedy)
  }

  /// What of a log the damage `store` is in; `nil` when it is in no row of a log.
  private static func what(_ store: StoreError) -> String? {
    guard let table = store.table, LogTables.names.contains(table) else { return nil }
    if let first = position(store) {
      return "The block of records that begins at position \(first)"
    }
    // What was looked for need not be what is damaged: that may lie beside it.
    return Index(rawValue: table).map { "The table \(table) around \($0.title(store.key))" }
      ?? "The table \(table)"
  }

  /// Where the block begins that `store` is about; `nil` when it is about something else.
  static func position(_ store: StoreError) -> Position? {
    store.table == LogTables.blocksName ? BlockKey.first(store.key) : nil
  }
}

extension LogError: CustomStringConvertible {
  /// One line: what and remedy.
  public var description: String { "\(message) \(remedy)" }
}
