// Why: the tree is what a checkpoint speaks of. Its leaves are hashed from the records, and everything stored of it (tiles, peaks and
// root) must follow from them.

internal import Events
internal import LMDB
internal import Proofs
internal import Wire

/// The tree that the records give, and what is stored of it.
struct TreeCheck {
  /// The roots of the full tiles of leaves, and the leaves behind the last one.
  let tiles: [MerkleHash]
  let tail: [MerkleHash]
  let size: Position

  /// The right edge over all records.
  var tree: MerkleTree { edge(tiles[...], tail) }

  private func edge(_ tiles: ArraySlice<MerkleHash>, _ leaves: [MerkleHash]) -> MerkleTree {
    var tree = MerkleTree()
    for root in tiles { tree.append(root, height: 8) { _, _ in } }
    for leaf in leaves { tree.append(leaf) { _, _ in } }
    return tree
  }

  /// The root over the first `size` records, which are read again from the last multiple of 256 on.
  func root(at size: Position, in log: LMDBLog) throws(LogError) -> MerkleHash {
    let full = size / UInt64(TileLayout.width)
    var leaves: [MerkleHash] = []
    if size > full * UInt64(TileLayout.width) {
      try log.scan(full * UInt64(TileLayout.width) + 1...size) { (record) throws(LogError) in
        leaves.append(.leaf(record.bytes))
        return record.position < size
      }
    }
    return edge(tiles[..<Int(full)], leaves).root
  }

  /// Compares the stored tiles above the leaves, and how many tiles there are.
  /// - Returns: what is wrong if nobody has recorded meanwhile.
  func checkTiles(_ log: LMDBLog, _ findings: Findings) throws(LogError) -> [Fault] {
    var ifStill: [Fault] = []
    let tables = log.tables
    var expected = UInt64(tiles.count)
    var (level, hashes) = (1, tiles)
    while !hashes.isEmpty {
      let width = TileLayout.width
      for start in stride(from: 0, to: hashes.count, by: width) {
        let index = UInt64(start / width)
        let wanted = hashes[start..<min(start + width, hashes.count)]
        let stored = try log.environment.read { (txn) throws(LogError) in
          try Self.stored(level, index, txn, tables)
        }
        let fault = Self.fault(level, index, size, "is not that of the records")
        if !stored.starts(with: wanted) {
          findings.add(fault)
        } else if stored.count != wanted.count {
          ifStill.append(fault)
        }
        expected += 1
      }
      hashes = stride(from: 0, to: hashes.count - width + 1, by: width).map {
        .root(ofPerfectSubtree: Array(hashes[$0..<$0 + width]))
      }
      level += 1
    }
    let rows = try log.rows(in: tables.tiles)
    if rows != expected {
      ifStill.append(
        .log("The table tiles has \(rows) tiles; \(expected) belong to \(size) events."))
    }
    return ifStill
  }

  /// The hashes of a stored tile; none when it is missing or damaged.
  static func stored(
    _ level: Int, _ index: UInt64, _ txn: borrowing some Transaction & ~Copyable,
    _ tables: LogTables
  ) throws(LogError) -> [MerkleHash] {
    do throws(LogError) { return try TileLayout.hashes(level, index, txn, tables) } catch {
      guard error.isDamage else { throw error }
      return []
    }
  }

  static func fault(_ level: Int, _ index: UInt64, _ size: Position, _ what: String) -> Fault {
    let span = (0..<level + 1).reduce(UInt64(1)) { span, _ in span * UInt64(TileLayout.width) }
    let events = Text.events(
      index * span + 1...max(index * span + 1, min((index + 1) * span, size)))
    return .log(
      "Tile \(level)/\(index) of the tree \(what).",
      affects: "Proofs of \(events) cannot be made; the events themselves are whole.")
  }
}
