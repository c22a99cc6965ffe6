// Why: LMDB is safe as long as a dozen rules of lmdb.h are kept. An environment keeps them for its callers: what would
// lose or corrupt data is refused when it is opened, or cannot be written in Swift at all.

internal import CLMDB
internal import Glibc
internal import Synchronization

/// How an environment is opened.
public enum OpenMode: Sendable, Hashable {
  /// Makes the directory, the files and the tables that are absent, then reads and writes.
  case create
  /// Reads and writes what is there.
  case readWrite
  /// Only reads what is there.
  case readOnly
}

/// A directory with one LMDB data file: a memory map, its tables, and a lock file.
///
/// Always with LMDB's default durability: a commit that returns is on stable storage.
@safe
public final class Environment: @unchecked Sendable {
  /// The directory.
  public let path: String
  /// How it was opened.
  public let mode: OpenMode
  let raw: OpaquePointer
  let number: UInt32
  private let forks: Int
  let gate = TransactionGate()
  private let identity: OpenEnvironments.Identity
  private let tables: [String: Table]
  /// How much a forgotten reader may hold back, in bytes; as much as the data takes if that is more.
  let heldBackLimit: Int
  /// The size of the file at which to look again who holds pages back.
  let lookAgainAt = Atomic<Int>(0)
  /// How many commits the disk has failed.
  let failedCommits = Atomic<Int>(0)
  /// Which file holds the locks of whoever writes or reads.
  private let readerTable: OpenEnvironments.Identity?
  /// Whether nobody sees who reads here: on a file system that is read-only or full, LMDB reads without its table of readers.
  let isUnseen: Bool
  /// Whether a note of a commit that was taken back may lie beside the data file, which the next commit makes untrue.
  let mayHaveUnfinished: Atomic<Bool>

  /// Opens the environment in the directory `path`.
  ///
  /// - Parameters:
  ///   - mapSize: Bytes of address space at first; the map grows by itself. Costs neither memory nor disk.
  ///   - tables: Every table that will be used.
  ///   - maximumReaders: Read transactions at one time over all processes; fixed by whoever opens it first.
  ///   - heldBackLimit: Bytes that a forgotten reader may keep from being used again before nothing more is written; as much as the data
  ///     takes if that is more.
  /// - Throws: `.absent`, `.alreadyOpen`, `.truncated`, `.damaged`, `.versionMismatch`, `.networkFileSystem`,
  ///   `.permission`, `.noSpace` and what the system reports.
  public init(
    path: String, mapSize: Int = 1 << 30, tables: [String], mode: OpenMode = .readWrite,
    maximumReaders: Int = 510, heldBackLimit: Int = 256 << 20
  ) throws(StoreError) {
    if mode == .create { try FileSystem.createDirectory(path) }
    try OpenGuard.refuseNetwork(path, kind: FileSystem.kind(at: path))
    // Typed errors do not cross Mutex.withLock together with a non-copyable state, so a Result does.
    let opened = OpenEnvironments.list.withLock { list in
      Result { () throws(StoreError) in
        try OpenGuard.open(
          path, mapSize: mapSize, tables: tables.count, mode: mode, readers: maximumReaders, &list)
      }
    }
    let environment = try opened.get()
    do throws(StoreError) {
      // lmdb.h, caveats: slots of readers that died stay taken until somebody checks.
      try check(unsafe mdb_reader_check(environment.raw, nil), "mdb_reader_check", path: path)
      self.tables = unsafe try TableOpening.open(
        tables, in: environment.raw, number: environment.number, mode: mode, path: path)
      if mode == .create { try FileSystem.synchronizeDirectory(path) }
    } catch {
      OpenGuard.close(environment)
      throw error
    }
    self.path = path
    self.mode = mode
    self.heldBackLimit = heldBackLimit
    isUnseen = environment.isUnseen
    readerTable = environment.isUnseen ? nil : ReaderTable.identity(in: path)
    unsafe self.raw = environment.raw
    number = environment.number
    mayHaveUnfinished = Atomic(mode != .readOnly && UnfinishedCommit(in: path).isThere)
    identity = environment.identity
    forks = Forks.count
  }

  deinit {
    // lmdb.h, caveats: an MDB_env may not be used after a fork. The child leaves it to the parent.
    guard isOurs else { return }
    OpenGuard.close(unsafe OpenedEnvironment(raw: raw, number: number, identity: identity))
  }

  /// The table called `name`, one of those that the environment was opened with.
  public func table(_ name: String) throws(StoreError) -> Table {
    if let table = tables[name] { return table }
    throw StoreError(
      .absent, "table", "The environment \(path) was opened without a table \"\(name)\".",
      remedy: "Name it when you open the environment.")
  }

  /// Refuses to write when another file is in the place of that with the locks: a process that opened the environment since holds others.
  func refuseLostLocks() throws(StoreError) {
    try checkProcess()
    guard let readerTable, let now = ReaderTable.identity(in: path), now != readerTable else {
      return
    }
    throw StoreError(
      .locked, "stat", "\(path)/lock.mdb was replaced while it was in use.",
      remedy: "Nothing was written. End every program that has these books open, then try again.")
  }

  /// Whether no fork lies between opening the environment and now.
  var isOurs: Bool { Forks.count == forks }

  /// Refuses to go on in a child of the process that opened the environment.
  func checkProcess() throws(StoreError) {
    if isOurs { return }
    throw StoreError(
      .forked, "fork", "The environment \(path) was opened by another process, before a fork.",
      remedy: "Open it again in this process.")
  }
}
