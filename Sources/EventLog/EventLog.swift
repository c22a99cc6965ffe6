// Why: the seam. Everything above reads and extends the log through this protocol, so that a log on other machines
// can take the place of the one in LMDB. One conformance suite (Tests/Support) holds for all of them.

public import Events
public import LMDB
public import Ledger
public import Proofs
public import Wire

/// The state of a log at its newest record.
public struct LogHead: Sendable, Hashable {
  /// How many records there are; the position of the last.
  public var size: Position
  /// The Merkle root over all of them.
  public var root: MerkleHash
  /// When the last was learned.
  public var at: Instant

  /// A state.
  public init(size: Position, root: MerkleHash, at: Instant) {
    self.size = size
    self.root = root
    self.at = at
  }
}

/// Where an idempotency key was used.
public struct UsedKey: Sendable, Hashable {
  /// The position of the event that carries it.
  public var position: Position
  /// The digest of what was proposed with it.
  public var digest: ContentDigest

  /// A use at `position`.
  public init(position: Position, digest: ContentDigest) {
    self.position = position
    self.digest = digest
  }
}

/// A name with the position of the event that brought it.
public struct KnownName: Sendable, Hashable {
  /// Its number.
  public var id: NameID
  /// Its characters.
  public var code: Code
  /// Where it first appeared.
  public var since: Position

  /// A name that appeared at `since`.
  public init(id: NameID, code: Code, since: Position) {
    self.id = id
    self.code = code
    self.since = since
  }
}

/// An append-only sequence of records, at positions 1, 2, 3 … without gaps.
///
/// - `append` is durable and in order when it returns: whatever happens then, these records are at these positions.
/// - It takes the size that the caller expects; if the log has another size, nothing is appended.
/// - A frame is appended whole or not at all. After `.conflict`, `.invalidFrame` and `.store(.noSpace)` nothing was appended; after any
///   other error the outcome is unknown until the caller looks again (idempotency keys make retrying safe).
/// - Reading never waits for appending, nor appending for reading.
public protocol EventLog: AnyObject, Sendable {
  /// The identity of these books: 32 hexadecimal digits, never the same twice.
  var identity: String { get }
  /// The newest state.
  func head() throws(LogError) -> LogHead
  /// Appends the records of `frame`, whose positions begin at `size` + 1.
  @discardableResult
  func append(_ frame: Frame, expecting size: Position) throws(LogError) -> LogHead
  /// Shows each record of `range` in order; stops early when `body` returns false. Records past the end are not shown.
  func scan<Failure: LogFailure>(
    _ range: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(Failure) -> Bool
  ) throws(Failure)
  /// The name `code` of `kind`.
  func name(_ kind: NameKind, _ code: Code) throws(LogError) -> KnownName?
  /// The name numbered `id`.
  func name(_ id: NameID) throws(LogError) -> KnownName?
  /// How many names of `kind` there are: their numbers are 1 … count.
  func count(of kind: NameKind) throws(LogError) -> UInt32
  /// Where the idempotency key `key` was used.
  func use(of key: String) throws(LogError) -> UsedKey?
  /// The Merkle root over the first `size` records.
  func root(at size: Position) throws(LogError) -> MerkleHash
  /// The hashes of tile `index` of `level` (C2SP tlog-tiles): the first `width` of its at most 256. The tree has them all.
  func tile(_ level: Int, _ index: UInt64, width: Int) throws(LogError) -> [MerkleHash]
}

/// An error that can carry a ``LogError``, so that a scan throws one type.
public protocol LogFailure: StoreFailure {
  /// The failure of the log, as this error.
  init(log: LogError)
}

extension LogFailure {
  /// A failure of the store below the log.
  public init(store: StoreError) { self.init(log: LogError(store: store)) }
}
