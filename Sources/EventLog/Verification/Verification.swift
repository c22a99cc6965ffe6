// Why: an auditor trusts what has been checked. Everything in a log follows from its records: their bytes give the leaves, the leaves
// give the root, and the records bring the names and the keys. So one walk over the records, on all cores, checks it all.

public import Events
public import LMDB
internal import Ledger
public import Proofs

/// What a check of a log has found.
public struct Verification: Sendable, Hashable {
  /// The state of the log that was checked.
  public var head: LogHead
  /// How many records were read and checked.
  public var records: UInt64 = 0
  /// How many blocks they lie in.
  public var blocks: UInt64 = 0
  /// How many names were compared with the records that bring them.
  public var names: UInt64 = 0
  /// How many idempotency keys were compared with the records that carry them.
  public var keys: UInt64 = 0
  /// The roots that were asked for, over the first so many records, as the records give them.
  public var roots: [Position: MerkleHash] = [:]
  /// What is wrong; empty when all is well.
  public var faults: [Fault] = []

  /// Whether all is well.
  public var isSound: Bool { faults.isEmpty }
}

extension LMDBLog {
  /// Checks the data file's pages, every record (checksum, layout, position, rising moment), every block, every leaf of the tree up to
  /// the root of the head, every stored tile, that names, numbers, counts and keys say what the records say, and no
  /// more, and that there are no other tables.
  ///
  /// Others may record meanwhile: what is checked is what was there at the beginning.
  /// - Parameters:
  ///   - isQuick: only the head, the tiles' root and the last records.
  ///   - pages: the faults of the data file's pages, if they have been looked for (``LMDBLog/checkPages(at:)``). Tables that have any are
  ///     not read: LMDB may crash on them.
  ///   - sizes: the sizes of which the answer has the root; those beyond the log, or whose last events cannot be read, are left out.
  ///   - observer: is told how it goes on.
  /// - Throws: ``LogError`` when the system keeps the log from being read; damage is in the answer.
  public func verify(
    isQuick: Bool = false, pages: [PageFault]? = nil, roots sizes: Set<Position> = [],
    observer: some VerificationObserver = NoObserver()
  ) throws(LogError) -> Verification {
    let findings = Findings(observer)
    var known = pages ?? []
    if pages == nil, !isQuick {
      known = try findings.reading("the pages of the log") { () throws(LogError) in
        try store { () throws(StoreError) in try environment.checkPages() }
      }
      for fault in known { findings.add(Fault(fault, "log")) }
    }
    var verifier = Verifier(
      self, try headRow(), unreadable: Set(known.compactMap(\.table)), findings, observer)
    do throws(LogError) {
      try isQuick ? verifier.checkEnd() : verifier.checkAll(sizes)
    } catch {
      guard error.isDamage else { throw error }
      findings.add(Fault(error))
    }
    verifier.result.faults = findings.all
    return verifier.result
  }

  /// Checks the pages of the log in the directory `path`, before LMDB reads them; see `Environment.checkPages`.
  public static func checkPages(at path: String) throws(LogError) -> [PageFault] {
    do throws(StoreError) {
      return try Environment(path: path, tables: [], mode: .readOnly).checkPages()
    } catch { throw error.code == .absent ? LogError.noBooks(path) : LogError(store: error) }
  }

  /// How many rows a table has.
  func rows(in table: Table) throws(LogError) -> UInt64 {
    try store { () throws(StoreError) in
      try environment.read { (txn) throws(StoreError) in
        UInt64(try txn.statistics(of: table).entries)
      }
    }
  }
}

extension LMDBLog {
  /// The root over the first `size` records from the stored tiles and the leaves behind the last full one, not from the head.
  func rootOfTiles(at size: Position) throws(LogError) -> MerkleHash {
    let tables = tables
    return try environment.read { (txn) throws(LogError) in
      try TreeRoots.root(size, txn, tables)
    }
  }
}
