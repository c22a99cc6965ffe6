// Why: the first implementation of the log: one LMDB environment with default sync. Many records share one value
// (a block of at most 16,368 bytes, four pages with LMDB's header), so that replay runs near memory speed; the
// last block is rewritten by each commit until it is full, then never again.

internal import Events
internal import LMDB
internal import Ledger
internal import Proofs
internal import Wire

/// The log of one company's books in an LMDB environment.
public final class LMDBLog: EventLog {
  let environment: Environment
  let tables: LogTables
  /// The identity of these books.
  public let identity: String
  /// What the last append of this process knew about the tree; a cache that is checked before it is used.
  let edge = TreeEdgeCache()

  /// The version of the format in which this program writes (docs/FORMAT.md). Since 2, personal fields may be sealed. Books of a higher one
  /// are read when they say that who knows this one can.
  public static let formatVersion: UInt32 = 2
  /// What the log's directory is called while it is being restored: nothing opens it under this name.
  public static let unfinishedName = "log.unfinished"
  /// The most bytes that one block's value may have: four pages less LMDB's header of an overflow page.
  public static let maximumBlock = 16_368 - 8

  /// Creates an empty log; one that is there and still empty, since its creation was interrupted, is left as it is.
  /// - Parameters:
  ///   - path: its directory.
  ///   - identity: 16 random bytes, given from outside.
  /// - Throws: ``LogError`` `.exists` when there is one with events.
  public static func create(at path: String, identity: [UInt8]) throws(LogError) {
    precondition(identity.count == Identity.byteCount, "an identity has 16 bytes")
    let environment: Environment
    do throws(StoreError) {
      environment = try Environment(path: path, tables: LogTables.names, mode: .create)
    } catch { throw LogError(store: error) }
    let tables = try LogTables(environment)
    try environment.write { (txn) throws(LogError) in
      if let row = try HeadRow.read(txn, tables) {
        if row.tree.size == 0 { return }
        throw LogError(
          .exists, "There are books in \(path) already.", remedy: "Use another directory.")
      }
      try HeadRow(identity: identity, tree: MerkleTree(), at: Instant(microseconds: .min))
        .write(&txn, tables)
    }
  }

  /// Opens the log in the directory `path`.
  /// - Throws: ``LogError`` `.absent` when there is none, `.newerFormat` when a newer program wrote it and this one cannot read it, or
  ///   is not to write to it.
  public init(at path: String, readOnly: Bool = false) throws(LogError) {
    do throws(StoreError) {
      environment = try Environment(
        path: path, tables: LogTables.names, mode: readOnly ? .readOnly : .readWrite)
    } catch {
      if error.code == .absent { throw LogError.noBooks(path) }
      throw LogError(store: error)
    }
    let tables = try LogTables(environment)
    self.tables = tables
    let row = try environment.read { (txn) throws(LogError) in try HeadRow.read(txn, tables) }
    guard let row else { throw LogError.noBooks(path) }
    // Whatever walks over the events, or counts them, believes the head.
    guard row.tree.size <= RecordLayout.most(in: UInt64(environment.status.usedBytes)) else {
      throw LogError.damaged("The head of the log, which counts \(row.tree.size) events,")
    }
    guard row.isWhole else { throw LogError.damaged("The root in the head of the log") }
    if !readOnly { try row.mustBeWritable() }
    identity = Identity.text(row.identity)
  }

  public func head() throws(LogError) -> LogHead { try headRow().head }

  /// The row that says how far the log goes.
  func headRow() throws(LogError) -> HeadRow {
    let tables = tables
    let row = try environment.read { (txn) throws(LogError) in try HeadRow.read(txn, tables) }
    guard let row else { throw LogError.damaged("The head of the log") }
    return row
  }
}

extension LogError {
  /// There are none in the directory `path`.
  package static func noBooks(_ path: String) -> LogError {
    LogError(
      .absent, "There are no books in \(path).",
      remedy: "Create them with `diario init`, or name the right directory with --books.")
  }
}

/// The tables of a log's environment.
struct LogTables: Sendable {
  static let blocksName = "blocks"
  static let names = [blocksName, "names", "ids", "counts", "keys", "tiles", "head"]
  /// First position → consecutive records.
  let blocks: Table
  /// Kind and code → number and first position.
  let names: Table
  /// Number → first position and code.
  let ids: Table
  /// Kind → how many names.
  let counts: Table
  /// Idempotency key → position and digest.
  let keys: Table
  /// Level and index → up to 256 hashes.
  let tiles: Table
  /// The one row that says how far the log goes.
  let head: Table

  init(_ environment: Environment) throws(LogError) {
    do throws(StoreError) {
      blocks = try environment.table(Self.blocksName)
      names = try environment.table("names")
      ids = try environment.table("ids")
      counts = try environment.table("counts")
      keys = try environment.table("keys")
      tiles = try environment.table("tiles")
      head = try environment.table("head")
    } catch { throw LogError(store: error) }
  }
}
