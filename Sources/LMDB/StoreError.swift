// Why: whatever goes wrong on disk is said here once, with what was being done, what it means and what helps.
// The codes are ours and stable; the numbers of lmdb.h and errno travel along for the curious.

internal import CLMDB
internal import Glibc

/// What went wrong inside the store, and what to do about it.
public struct StoreError: Error, Sendable {
  /// The kind of failure: switch on this. The raw value is the stable name shown to users.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// No such key.
    case notFound = "store.notFound"
    /// The key exists already, or is not greater than the last one while appending.
    case keyExists = "store.keyExists"
    /// The key is empty or longer than 511 bytes, or the value is longer than LMDB can hold.
    case badSize = "store.badSize"
    /// The memory map is full and could not grow.
    case mapFull = "store.mapFull"
    /// The transaction changes more pages than LMDB can hold in one.
    case transactionFull = "store.transactionFull"
    /// A checksum fails or the file's structure is broken.
    case damaged = "store.damaged"
    /// The data file is shorter than what was committed to it.
    case truncated = "store.truncated"
    /// All reader slots are taken.
    case readersFull = "store.readersFull"
    /// The file was written by another format of LMDB.
    case versionMismatch = "store.versionMismatch"
    /// The file system is full, or a quota or file-size limit is reached.
    case noSpace = "store.noSpace"
    /// The disk failed; whether the last commit took place is unknown.
    case ioError = "store.ioError"
    /// This process has the environment open already.
    case alreadyOpen = "store.alreadyOpen"
    /// This thread is inside a write transaction already.
    case nested = "store.nested"
    /// The environment was opened before a `fork` and is used after it.
    case forked = "store.forked"
    /// There is no environment, or no such table in it.
    case absent = "store.absent"
    /// The files may not be read or written.
    case permission = "store.permission"
    /// The path is on a network file system, where LMDB loses data.
    case networkFileSystem = "store.networkFileSystem"
    /// A forgotten reader keeps too many pages from being used again.
    case heldBack = "store.heldBack"
    /// The disk has failed twice; until the environment is opened again it is only read.
    case failing = "store.failing"
    /// Another process holds the lock.
    case locked = "store.locked"
    /// Anything else that LMDB or the system reports.
    case other = "store.other"
  }

  /// The kind of failure.
  public let code: Code
  private let details: Details

  /// The call that failed, in the words of `lmdb.h` or of the system's manual.
  public var operation: String { details.operation }
  /// What is wrong, in a sentence.
  public var message: String { details.message }
  /// What would help, in a sentence.
  public var remedy: String { details.remedy }
  /// The number that LMDB or the system gave; 0 when the check is our own.
  public var number: Int32 { details.number }
  /// The table that holds the damaged value, if the fault is in one.
  public var table: String? { details.table }
  /// The key of the damaged value; empty when the fault is not in one.
  public var key: [UInt8] { details.key }

  // One reference, so that an error is two words and costs the good path nothing.
  private final class Details: Sendable {
    let operation: String
    let message: String
    let remedy: String
    let number: Int32
    let table: String?
    let key: [UInt8]
    init(
      _ operation: String, _ message: String, _ remedy: String, _ number: Int32, _ table: String?,
      _ key: [UInt8]
    ) {
      self.operation = operation
      self.message = message
      self.remedy = remedy
      self.number = number
      self.table = table
      self.key = key
    }
  }

  /// Creates an error. `number` is of `lmdb.h` or errno; its text is added to the message.
  public init(
    _ code: Code, _ operation: String, _ message: String, remedy: String, number: Int32 = 0,
    table: String? = nil, key: [UInt8] = []
  ) {
    self.code = code
    let text = number == 0 ? message : "\(message) (\(StoreError.text(of: number)))"
    details = Details(operation, text, remedy, number, table, key)
  }

  /// What LMDB or the system calls `number`.
  static func text(of number: Int32) -> String {
    // lmdb.h, mdb_strerror: returns a valid C string for any number, errno included.
    unsafe String(cString: mdb_strerror(number))
  }
}

extension StoreError.Code {
  /// Whether nothing can be read because of what the file holds, rather than because it is out of reach.
  public var isDamage: Bool {
    switch self {
    case .damaged, .truncated, .versionMismatch: true
    default: false
    }
  }
}

extension StoreError: Hashable {
  /// Two errors are equal when they are the same kind of failure; the wording may differ.
  public static func == (a: StoreError, b: StoreError) -> Bool { a.code == b.code }
  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension StoreError: CustomStringConvertible {
  /// One line: what, remedy.
  public var description: String { "\(message) \(remedy)" }
}

/// An error that can carry a ``StoreError``, so that the body of a transaction throws one type.
public protocol StoreFailure: Error {
  /// Wraps what went wrong in the store.
  init(store: StoreError)
}

extension StoreError: StoreFailure {
  /// Itself.
  public init(store: StoreError) { self = store }
}
