// Why: one transaction writes a whole frame: blocks, names, keys, tiles and the head, all or nothing. What is derived
// (names, keys, tree) is read back out of the records themselves, so it cannot say anything that they do not.

public import Events
internal import LMDB
internal import Ledger
internal import Proofs
internal import Wire

extension LMDBLog {
  @discardableResult
  public func append(
    _ frame: Frame, expecting size: Position
  ) throws(LogError) -> LogHead {
    let tables = tables
    let edge = edge
    // A page of B-tree for each name and key in the worst case is far below this.
    let reserve = frame.bytes.count * 4 + 64 << 20
    let row = try environment.write(reserving: reserve) { (txn) throws(LogError) in
      guard let row = try HeadRow.read(txn, tables) else {
        throw LogError.damaged("The head of the log")
      }
      try row.mustBeWritable()
      guard row.tree.size == size else {
        throw LogError(
          .conflict(actual: row.tree.size),
          "The log has \(row.tree.size) events, not \(size).",
          remedy: "Look at the new events and decide again.")
      }
      var appender = try Appender(row, try edge.take(row.tree, txn, tables), txn, tables)
      try appender.append(frame, &txn)
      let next = try appender.finish(&txn)
      edge.keep(appender.leaves, for: next.tree)
      return next
    }
    return row.head
  }
}

/// Lays records into blocks and tiles within one transaction.
private struct Appender {
  private let tables: LogTables
  private let identity: [UInt8]
  private var tree: MerkleTree
  private(set) var leaves: [MerkleHash]
  private var at: Instant
  private var counts: [NameKind: UInt32] = [:]
  /// The block that is being filled.
  private var first: Position
  private var block: [UInt8]

  init(
    _ row: HeadRow, _ leaves: [MerkleHash], _ txn: borrowing WriteTransaction, _ tables: LogTables
  ) throws(LogError) {
    self.tables = tables
    identity = row.identity
    tree = row.tree
    self.leaves = leaves
    at = row.at
    first = tree.size + 1
    block = []
    block.reserveCapacity(LMDBLog.maximumBlock)
    try takeLastBlock(txn)
  }

  /// Makes sure that the last block ends where the head says, and takes it if it is not full. A page that a damaged number has turned
  /// into an older copy of itself is whole, and ends too early: what is laid behind it would hide the events that it lacks.
  private mutating func takeLastBlock(_ txn: borrowing WriteTransaction) throws(LogError) {
    var last: (first: Position?, bytes: [UInt8])?
    do throws(StoreError) {
      var cursor = try txn.cursor(over: tables.blocks)
      if let entry = try cursor.last() {
        last = (BlockKey.first(entry.key), entry.value.bytes(0..<entry.value.byteCount))
      }
    } catch { throw LogError(store: error) }
    var next: Position = 1
    if let last {
      guard let start = last.first else { throw BlockKey.damaged }
      next = try RecordBlock.walk(
        last.bytes.raw, from: start,
        damaged: { LogError.damaged("The record at position \($0)") }
      ) { (_) throws(LogError) in true }
      if last.bytes.count < LMDBLog.maximumBlock { (first, block) = (start, last.bytes) }
    }
    guard next == tree.size + 1 else {
      throw LogError.damaged("The end of the log, which has \(next - 1) of \(tree.size) events,")
    }
  }

  mutating func append(_ frame: Frame, _ txn: inout WriteTransaction) throws(LogError) {
    let bytes = frame.bytes.raw
    var offset = 0
    while offset < bytes.byteCount {
      guard let record = RecordView(in: bytes, at: offset),
        record.bytes.load(RecordLayout.layout, as: UInt8.self) == RecordLayout.version
      else { throw invalid("is not laid out as a record") }
      guard record.position == tree.size + 1 else {
        throw invalid("has position \(record.position)")
      }
      guard record.at > at else { throw invalid("does not come later than the one before it") }
      at = record.at
      try index(record, &txn)
      try add(.leaf(record.bytes), &txn)
      if !block.isEmpty, block.count + record.length > LMDBLog.maximumBlock {
        try writeBlock(&txn)
        block.removeAll(keepingCapacity: true)
        first = record.position
      }
      frame.copy(offset..<offset + record.length, to: &block)
      offset += record.length
    }
  }

  mutating func finish(_ txn: inout WriteTransaction) throws(LogError) -> HeadRow {
    try writeBlock(&txn)
    for (kind, count) in counts {
      try store { () throws(StoreError) in
        var bytes: [UInt8] = []
        bytes.append(littleEndian: count)
        try txn.put([kind.rawValue], bytes.raw, in: tables.counts)
      }
    }
    let row = HeadRow(identity: identity, tree: tree, at: at)
    try row.write(&txn, tables)
    return row
  }

  private func writeBlock(_ txn: inout WriteTransaction) throws(LogError) {
    if block.isEmpty { return }
    try store { () throws(StoreError) in try txn.put(first, block.raw, in: tables.blocks) }
  }

  /// Adds a leaf to the tree, and its tile entries to the tiles.
  private mutating func add(
    _ leaf: MerkleHash, _ txn: inout WriteTransaction
  ) throws(LogError) {
    var roots: [(level: Int, hash: MerkleHash)] = []
    leaves.append(leaf)
    tree.append(leaf) { level, hash in if level > 0 { roots.append((level, hash)) } }
    if leaves.count == TileLayout.width {
      try writeTile(0, tree.size / UInt64(TileLayout.width) - 1, leaves, &txn)
      leaves.removeAll(keepingCapacity: true)
    }
    for (level, hash) in roots {
      // The tile of this level that is not yet full is rewritten once for each full one below it.
      let entries = tree.size >> (8 * UInt64(level))
      let index = (entries - 1) / UInt64(TileLayout.width)
      var hashes = try TileLayout.hashes(level, index, txn, tables)
      hashes.append(hash)
      try writeTile(level, index, hashes, &txn)
    }
  }

  private func writeTile(
    _ level: Int, _ index: UInt64, _ hashes: [MerkleHash], _ txn: inout WriteTransaction
  ) throws(LogError) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * MerkleHash.byteCount)
    for hash in hashes { hash.append(to: &bytes) }
    try store { () throws(StoreError) in
      try txn.put(TileLayout.key(level, index), bytes.raw, in: tables.tiles)
    }
  }

  /// Writes the names that a record brings and the key that it carries.
  private mutating func index(
    _ record: borrowing RecordView, _ txn: inout WriteTransaction
  ) throws(LogError) {
    guard record.introducedCount > 0 || record.hasKey else { return }
    guard let copy = record.copy() else { throw invalid("has names that do not fit together") }
    for name in copy.introduced {
      guard let kind = name.id.kind else { throw invalid("brings a name of an unknown kind") }
      let count: UInt32
      if let known = counts[kind] {
        count = known
      } else {
        count = try NameRows.count(of: kind, txn, tables)
      }
      guard name.id.sequence == count + 1 else {
        throw invalid("brings the name \(name.code) out of turn")
      }
      counts[kind] = count + 1
      try NameRows.write(name, copy.position, &txn, tables)
    }
    if !copy.key.isEmpty {
      let used = UsedKey(position: copy.position, digest: copy.digest)
      guard try KeyRows.write(copy.key, used, &txn, tables) else {
        throw invalid("uses the key \"\(copy.key)\" again")
      }
    }
  }

  private func invalid(_ what: String) -> LogError {
    LogError(
      .invalidFrame, "The record for position \(tree.size + 1) \(what).",
      remedy: "This is a fault of the program that laid it out; nothing was recorded.")
  }
}

/// Runs `body`, turning the store's error into the log's.
func store<R>(_ body: () throws(StoreError) -> R) throws(LogError) -> R {
  do throws(StoreError) { return try body() } catch { throw LogError(store: error) }
}
