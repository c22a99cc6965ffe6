// Why: everything in a log follows from its records. One walk over a range of them checks the blocks, hashes the leaves and compares
// the stored tiles; ranges are walked on all cores. A damaged block does not end the walk: what lies behind it is as good as before.

internal import Events
internal import LMDB
internal import Ledger
internal import Proofs
internal import Wire

/// The walk over the blocks of a range of positions.
struct BlockCheck {
  /// Blocks that are read in one transaction: 4 MiB.
  private static let page = 256

  private let range: ClosedRange<Position>
  private let size: Position
  private let hashesLeaves: Bool
  private let readsTiles: Bool
  private let findings: Findings
  /// What the records of the range say.
  private(set) var contents: RangeContents
  /// Positions of the range whose records cannot be read.
  private(set) var lost: [ClosedRange<Position>] = []

  /// Which position comes next; `nil` before the first block.
  private var expected: Position?
  /// Why the records from `expected` on cannot be read, when it is known.
  private var damage: String?
  /// The last key that is no position.
  private var misplaced: [UInt8]?
  /// Bytes of the block before; `nil` when it was not read.
  private var lengthBefore: Int?
  /// The leaf hashes of the tile that is being filled; `nil` for a lost record.
  private var tile: [MerkleHash?] = []

  /// A walk over `range` of a log of `size` records. If leaves are hashed, it begins behind a multiple of 256.
  init(
    _ range: ClosedRange<Position>, of size: Position, hashesLeaves: Bool, readsTiles: Bool,
    seed: UInt64,
    _ findings: Findings
  ) {
    self.range = range
    self.size = size
    self.hashesLeaves = hashesLeaves
    self.readsTiles = readsTiles
    self.findings = findings
    contents = RangeContents(seed: seed)
  }

  mutating func run(_ log: LMDBLog) throws(LogError) {
    let tables = log.tables
    var isDone = false
    while !isDone {
      isDone = try log.environment.read { (txn) throws(LogError) in
        try readPage(txn, tables)
      }
    }
    contents.tail = tile.compactMap { $0 }
  }

  /// Reads some blocks; true when the range is done.
  private mutating func readPage(
    _ txn: borrowing ReadTransaction, _ tables: LogTables
  ) throws(LogError) -> Bool {
    var cursor: Cursor
    do throws(StoreError) { cursor = try txn.cursor(over: tables.blocks) } catch {
      throw LogError(store: error)
    }
    var isFirst = true
    var left = Self.page
    while true {
      let entry: Entry?
      let isBeginning = isFirst
      isFirst = false
      do throws(StoreError) {
        entry = isBeginning ? try begin(&cursor) : try cursor.next()
      } catch {
        guard error.code == .damaged, let first = LogError.position(error) else {
          throw LogError(store: error)
        }
        // What is lost is known when the next block comes.
        damage = "The block of records that begins at position \(first) is damaged."
        if expected == nil { expected = first }
        lengthBefore = nil
        continue
      }
      var first = size + 1
      if let entry {
        guard let start = BlockKey.first(entry.key) else {
          tellKey(entry.key.bytes(0..<entry.key.byteCount))
          continue
        }
        first = start
      }
      // Of two transactions the second begins at the block that the first one ended with, unless another begins there.
      if isBeginning, let expected, first < expected { continue }
      if expected == nil { expected = min(first, range.lowerBound) }
      try close(before: first, txn, tables)
      guard let entry, first <= size else { return true }
      let isWanted = first <= range.upperBound
      try check(entry.value, from: first, isWanted, txn, tables)
      left -= 1
      if !isWanted { return true }
      if left <= 0, damage == nil { return next > range.upperBound && next > size }
    }
  }

  /// Tells of a key that is no position: nobody finds the block under it, so it is as good as lost.
  private mutating func tellKey(_ key: [UInt8]) {
    // What lies before the first block of this range was met by the walk over the range before, and a transaction may begin before it.
    let isBefore = next == range.lowerBound && range.lowerBound > 1
    if key != misplaced, !isBefore, next <= range.upperBound + 1 {
      findings.add(
        .log(
          "A row of the table blocks has a key that is no position of an event.",
          affects: "The events in it cannot be read."))
    }
    misplaced = key
    lengthBefore = nil
  }

  /// The block that holds the next position, or the first one if there is none before it.
  @_lifetime(copy cursor)
  private func begin(_ cursor: inout Cursor) throws(StoreError) -> Entry? {
    var isBeginning = true
    while let entry = isBeginning ? try cursor.seek(atMost: next) : try cursor.previous() {
      isBeginning = false
      if BlockKey.first(entry.key) != nil { return entry }
    }
    return try cursor.first()
  }

  private var next: Position { max(expected ?? 0, range.lowerBound) }

  /// A block begins at `first`: the positions before it that nobody brought are lost.
  private mutating func close(
    before first: Position, _ txn: borrowing ReadTransaction, _ tables: LogTables
  ) throws(LogError) {
    let end = min(first &- 1, size)
    guard let from = expected, from <= end else {
      damage = nil
      return
    }
    if from >= range.lowerBound, from <= range.upperBound {
      let positions = from...end
      lost.append(positions)
      findings.add(
        .log(
          damage ?? "There is no block that holds \(Text.events(positions)).",
          affects: "\(Text.events(positions).capitalizedFirst) cannot be read.",
          positions: positions))
    }
    damage = nil
    lengthBefore = nil
    contents.isWhole = false
    for position in max(
      from, range.lowerBound)..<max(from, range.lowerBound, min(end, range.upperBound) + 1)
    {
      try add(nil, position, txn, tables)
    }
    expected = first
  }

  /// Checks the block that begins at `first`; of one behind the range only that it had to begin there.
  private mutating func check(
    _ block: RawSpan, from first: Position, _ isWanted: Bool, _ txn: borrowing ReadTransaction,
    _ tables: LogTables
  ) throws(LogError) {
    if let expected, first < expected {
      throw LogError.damaged("The order of the blocks around position \(first)")
    }
    if isWanted, first >= range.lowerBound { contents.blocks += 1 }
    var offset = 0
    var position = first
    while offset < block.byteCount {
      if position > size { contents.hasMore = true }
      guard let record = RecordView(in: block, at: offset), record.position == position else {
        damage = "The record at position \(position) is damaged."
        break
      }
      if offset == 0 { checkBeginning(of: first, record.length) }
      if !isWanted { return }
      if range.contains(position), position <= size { try take(record, txn, tables) }
      offset += record.length
      position += 1
    }
    if block.byteCount > LMDBLog.maximumBlock, position > first + 1 {
      findings.add(
        .log("The block that begins at position \(first) is longer than a block can be."))
    }
    expected = position
    lengthBefore = block.byteCount
  }

  /// A block begins where the next record did not fit into the one before.
  private func checkBeginning(of first: Position, _ length: Int) {
    guard let lengthBefore, lengthBefore + length <= LMDBLog.maximumBlock else { return }
    findings.add(
      .log("The block that begins at position \(first) begins before the one before it is full."))
  }

  private mutating func take(
    _ record: borrowing RecordView, _ txn: borrowing ReadTransaction, _ tables: LogTables
  ) throws(LogError) {
    contents.records += 1
    if let fault = contents.add(record) { findings.add(.log(fault)) }
    try add(hashesLeaves ? .leaf(record.bytes) : nil, record.position, txn, tables)
  }

  /// Adds a leaf; a tile that is full is compared with the stored one.
  private mutating func add(
    _ leaf: MerkleHash?, _ position: Position, _ txn: borrowing ReadTransaction, _ tables: LogTables
  ) throws(LogError) {
    guard hashesLeaves, position <= size else { return }
    tile.append(leaf)
    guard tile.count == TileLayout.width else { return }
    let index = (position - 1) / UInt64(TileLayout.width)
    let stored = readsTiles ? try TreeCheck.stored(0, index, txn, tables) : []
    // The hash of a record that is lost is still in its tile: so all others can be checked up to the root.
    let hashes = tile.indices.compactMap { tile[$0] ?? (stored.count > $0 ? stored[$0] : nil) }
    if hashes.count < TileLayout.width {
      contents.hasUnknownLeaves = true
    } else if readsTiles, hashes != stored {
      findings.add(
        TreeCheck.fault(
          0, index, size, stored.isEmpty ? "is missing or damaged" : "is not that of the records"))
    }
    contents.tiles.append(
      hashes.count < TileLayout.width ? .empty : .root(ofPerfectSubtree: hashes))
    tile.removeAll(keepingCapacity: true)
  }
}
