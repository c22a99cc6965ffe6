// Why: when a log is damaged, most of it is not. What is left is found without LMDB, record by record, and each is believed for a reason
// that can be named: its block's checksum, or its hash in the tree.

public import Events
internal import LMDB
public import Ledger
internal import Proofs
internal import Wire

/// What is left of a damaged log.
public final class LogRemains {
  /// Records that lie one after the other in the file.
  struct Run: Hashable {
    var positions: ClosedRange<Position>
    /// Where the first one begins in the file, and their bytes.
    var offset: Int
    var count: Int
    /// Whether the newest head leads to them.
    var isLive: Bool
  }

  let file: FileRemains
  /// The identity of the books; `nil` when no head of the log was found.
  public internal(set) var identity: String?
  /// The newest state that a head row tells of; `nil` when none was found.
  public internal(set) var head: LogHead?
  /// How many events the log had, as far as can be told.
  public internal(set) var size: Position = 0
  /// The intact records: runs without overlaps, in order.
  var runs: [Run] = []
  /// Whether the newest head of the file leads to ``head``: then nothing was committed after it.
  public internal(set) var isHeadCertain = false
  /// Whether the file's two heads, which say where the newest state is, are as they were written.
  public var hasFileHeads: Bool { file.hasBothHeads }
  /// How many pages the file has, and how many were committed, if it was cut; `nil` otherwise.
  public var cut: (pages: UInt64, committed: UInt64)? {
    file.committedPages.map { (file.pageCount, $0) }
  }
  /// Whether the file holds records of another history of the same books, as the tree says.
  public internal(set) var isMixed = false
  /// The roots of the perfect subtrees that the size of ``head`` is made of, largest first.
  var peaks: [MerkleHash] = []
  /// Records that are laid out well, but that neither a checksum nor the tree vouches for: where they stand, and their bytes.
  var doubtful: [Position: (offset: Int, count: Int)] = [:]
  /// The names whose rows, or whose records, were found.
  public internal(set) var names: [NameID: KnownName] = [:]
  /// The idempotency keys whose rows were found, by the position of their event.
  public internal(set) var keys: [Position: String] = [:]
  /// Where tiles stand in the file.
  var tiles: [TilePlace: FoundValue] = [:]
  private var cachedTile: (place: TilePlace, hashes: [MerkleHash])?
  /// Roots of subtrees that were worked out from records: those above tiles of leaves; and those within such a tile, of which there could be
  /// as many as records, while they are of use.
  var subtrees: [Subtree: MerkleHash] = [:]
  var lowSubtrees: [Subtree: MerkleHash] = [:]
  static let mostLowSubtrees = 16_384

  struct TilePlace: Hashable {
    var level: Int
    var index: UInt64
  }
  struct Subtree: Hashable {
    var height: Int
    var index: UInt64
  }

  /// More events than this no file of that size can have had: without a head, nobody knows what was cut off.
  let most: Position

  init(_ file: FileRemains) {
    self.file = file
    most = min(file.committedBytes.map(RecordLayout.most(in:)) ?? .max, 1 << 62)
  }

  /// The positions of which no intact record was found.
  public var missing: [ClosedRange<Position>] {
    var missing: [ClosedRange<Position>] = []
    var next: Position = 1
    for run in runs {
      if run.positions.lowerBound > next { missing.append(next...run.positions.lowerBound - 1) }
      next = run.positions.upperBound + 1
    }
    if next <= size { missing.append(next...size) }
    return missing
  }

  /// The last position before which nothing is missing.
  public var intactPrefix: Position { missing.first.map { $0.lowerBound - 1 } ?? size }

  /// Shows the intact records of `range` in order.
  public func forEachRecord<E: Error>(
    in range: ClosedRange<Position>, _ body: (borrowing RecordView) throws(E) -> Void
  ) throws(E) {
    let first = runs.partitioningIndex(where: { $0.positions.upperBound >= range.lowerBound })
    for run in runs[first...] {
      if run.positions.lowerBound > range.upperBound { return }
      try forEachRecord(of: run) { (record, _) throws(E) in
        if range.contains(record.position) { try body(record) }
      }
    }
  }

  /// Shows the intact records of `run` in order, each with its place in the file.
  func forEachRecord<E: Error>(
    of run: Run, _ body: (_ record: borrowing RecordView, _ offset: Int) throws(E) -> Void
  ) throws(E) {
    guard let bytes = file.bytes(at: run.offset, count: run.count) else { return }
    var offset = 0
    while offset < bytes.count, let record = RecordView(in: bytes.raw, at: offset) {
      if run.positions.contains(record.position) { try body(record, run.offset + offset) }
      offset += record.length
    }
  }

  /// A record at `position` that is laid out well, though nothing vouches for what it says; `nil` when there is none, or an intact one.
  public func doubtfulRecord(at position: Position) -> [UInt8]? {
    doubtful[position].flatMap { file.bytes(at: $0.offset, count: $0.count) }
  }

  /// The missing positions at which there is a doubtful record, in order.
  public var doubtfulPositions: [Position] {
    let missing = missing
    return doubtful.keys.filter(missing.cover).sorted()
  }

  /// The hashes of a tile; empty when it was not found.
  func tile(_ place: TilePlace) -> [MerkleHash] {
    if let cachedTile, cachedTile.place == place { return cachedTile.hashes }
    guard let found = tiles[place], let bytes = file.bytes(at: found.offset, count: found.count)
    else { return [] }
    let hashes = MerkleHash.list(in: bytes.raw)
    cachedTile = (place, hashes)
    return hashes
  }

  /// The leaf hash that the tree has for `position`; `nil` when its tile was not found.
  func leaf(_ position: Position) -> MerkleHash? {
    let width = UInt64(TileLayout.width)
    let hashes = tile(TilePlace(level: 0, index: (position - 1) / width))
    let place = Int((position - 1) % width)
    return place < hashes.count ? hashes[place] : nil
  }
}
