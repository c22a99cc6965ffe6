// Why: the tree was written beside the records, and knows each of them by its hash. So it vouches for single records of broken blocks,
// and proves what was found even where its neighbours are gone.

public import Events
internal import LMDB
internal import Ledger
public import Proofs
internal import Wire

extension LogRemains {
  /// A hash of the tree that neither tiles nor records give any more.
  struct Lost: Error {}

  /// The hashes that prove that the record at `position` is among the events of the head; `nil` when they cannot all be had.
  public func inclusionPath(of position: Position, _ leaf: MerkleHash) -> [MerkleHash]? {
    guard let head, position <= head.size else { return nil }
    guard let path = try? RemainsTree(remains: self).inclusionPath(position - 1, in: head.size),
      MerkleProof.root(of: leaf, at: position - 1, in: head.size, path) == head.root
    else { return nil }
    return path
  }

  /// Whether stored hashes show that the head's events begin with the `size` events that have `root`; `nil` when they cannot all be had.
  public func continues(_ root: MerkleHash, _ size: Position) -> Bool? {
    guard let head, size <= head.size else { return nil }
    guard let path = try? RemainsTree(remains: self).consistencyPath(from: size, to: head.size)
    else { return nil }
    return MerkleProof.isConsistent(size, root, head.size, head.root, path)
  }

  /// The root of a subtree that the head has itself; `nil` of all others.
  func peak(_ height: Int, _ index: UInt64) -> MerkleHash? {
    guard let head, head.size >> UInt64(height) & 1 == 1, index == head.size >> UInt64(height) - 1
    else { return nil }
    // The largest comes first: before it stand those of the higher bits of the size.
    return peaks[(head.size >> UInt64(height + 1)).nonzeroBitCount]
  }

  /// Tiles whose node is lost: their first hash is that of a record.
  func findTiles() {
    let width = UInt64(TileLayout.width)
    var first: [MerkleHash: UInt64] = [:]
    let lost = tilesOverRecords(0).filter {
      $0 < size / width && tiles[TilePlace(level: 0, index: $0)] == nil
    }
    var high: [TilePlace: Int] = [:]
    var level = 1
    while size >> (8 * UInt64(level)) > 0 {
      let hashes = size >> (8 * UInt64(level))
      let last = (hashes - 1) / width
      // A file that is cut, or whose head is forged, cannot have the tiles of all events: those over none that was found prove nothing.
      let places =
        size <= RecordLayout.most(in: file.byteCount)
        ? Array(0...last) : tilesOverRecords(level).filter { $0 <= last }
      for index in places where tiles[TilePlace(level: level, index: index)] == nil {
        high[TilePlace(level: level, index: index)] = Int(min(width, hashes - index * width))
      }
      level += 1
    }
    if lost.isEmpty, high.isEmpty { return }
    for index in lost {
      let position = index * width + 1
      forEachRecord(in: position...position) { first[.leaf($0.bytes)] = index }
    }
    file.forEachRest { number in
      let offset = file.content(of: number)
      if let bytes = longest(at: offset, atMost: TileLayout.width * MerkleHash.byteCount + 8),
        bytes.count >= MerkleHash.byteCount, let index = first[MerkleHash(bytes.raw)]
      {
        take(TilePlace(level: 0, index: index), TileLayout.width, at: offset, number)
      }
      for (place, count) in high { take(place, count, at: offset, number) }
    }
  }

  /// The tiles of `level` in whose range a record was found, in order.
  private func tilesOverRecords(_ level: Int) -> [UInt64] {
    let bits = 8 * UInt64(level + 1)
    var indexes: [UInt64] = []
    for run in runs {
      let next = indexes.last.map { $0 + 1 } ?? 0
      let first = max(next, (run.positions.lowerBound - 1) >> bits)
      let last = (run.positions.upperBound - 1) >> bits
      if first <= last { indexes += first...last }
    }
    return indexes
  }

  /// Takes the tile of `width` hashes that stands at `offset`, if its checksum says that it is the one for `place`.
  private func take(_ place: TilePlace, _ width: Int, at offset: Int, _ page: UInt64) {
    let count = width * MerkleHash.byteCount
    guard tiles[place] == nil, let stored = file.bytes(at: offset, count: count + 8) else { return }
    let key = TileLayout.key(place.level, place.index)
    guard FileRemains.isWhole(stored.raw, under: key, in: "tiles") else { return }
    file.claim(page, count + 8)
    tiles[place] = FoundValue(
      table: "tiles", key: key.withBytes { $0.bytes(0..<$0.byteCount) }, offset: offset,
      count: count,
      isLive: false)
  }

  /// Reads all records that were found: those that the tree knows by another hash are doubtful; the others bring names.
  func readRecords() {
    var strangers: [Position] = []
    for run in runs {
      forEachRecord(of: run) { record, offset in
        let position = record.position
        if let leaf = leaf(position), leaf != .leaf(record.bytes),
          !run.isLive || hasLiveTile(position)
        {
          // A tile and a block that are both as they were written, and do not fit.
          isMixed = isMixed || run.isLive
          strangers.append(position)
          doubtful[position] = (offset, record.length)
        } else if record.introducedCount > 0 {
          for name in record.copy()?.introduced ?? [] {
            names[name.id] = KnownName(id: name.id, code: name.code, since: position)
          }
        }
      }
    }
    remove(strangers)
  }

  private func hasLiveTile(_ position: Position) -> Bool {
    tiles[TilePlace(level: 0, index: (position - 1) / UInt64(TileLayout.width))]?.isLive ?? false
  }

  /// Takes `positions`, which rise, out of the runs.
  private func remove(_ positions: [Position]) {
    var left = positions[...]
    if left.isEmpty { return }
    runs = runs.flatMap { run in
      var parts: [Run] = []
      var next = run.positions.lowerBound
      while let position = left.first, position <= run.positions.upperBound {
        left.removeFirst()
        if next < position { parts.append(part(run, next...position - 1)) }
        next = position + 1
      }
      if next <= run.positions.upperBound {
        parts.append(part(run, next...run.positions.upperBound))
      }
      return parts
    }
  }

  /// What stands at `positions` is no longer taken for intact, but shown as doubtful.
  private func doubt(_ positions: ClosedRange<Position>) {
    for run in runs where run.positions.overlaps(positions) {
      forEachRecord(of: run) { record, offset in
        if positions.contains(record.position) {
          doubtful[record.position] = (offset, record.length)
        }
      }
    }
    remove(Array(positions))
  }

  /// Hashes that were worked out from records are worked out again from those that are left.
  func forgetSubtrees() { (subtrees, lowSubtrees) = ([:], [:]) }

  private func part(_ run: Run, _ positions: ClosedRange<Position>) -> Run {
    var part = run
    part.positions = positions
    return part
  }

  /// Records behind the last full tile have no hash of their own in the tree; but the head has the roots of the subtrees that they make.
  func proveTail() {
    guard let head, head.size == size else { return }
    var first = size - size % UInt64(TileLayout.width) + 1
    for (height, peak) in zip(
      (0..<8).reversed().filter { size >> UInt64($0) & 1 == 1 },
      peaks.suffix((size % UInt64(TileLayout.width)).nonzeroBitCount))
    {
      let positions = first...first + (1 << UInt64(height)) - 1
      first = positions.upperBound + 1
      let isWhole = missing.allSatisfy { !$0.overlaps(positions) }
      let isLive = runs.allSatisfy { $0.isLive || !$0.positions.overlaps(positions) }
      if isWhole, isLive { continue }
      var hashes: [MerkleHash] = []
      var added: [Run] = []
      for position in positions {
        var leaf: MerkleHash?
        forEachRecord(in: position...position) { leaf = .leaf($0.bytes) }
        if leaf == nil, let place = doubtful[position], let bytes = doubtfulRecord(at: position) {
          leaf = .leaf(bytes.raw)
          added.append(
            Run(
              positions: position...position, offset: place.offset, count: place.count,
              isLive: false))
        }
        if let leaf { hashes.append(leaf) }
      }
      guard hashes.count == positions.count else { continue }
      if MerkleHash.root(ofPerfectSubtree: hashes) == peak {
        fill(added)
        for run in added { doubtful[run.positions.lowerBound] = nil }
      } else if isWhole {
        doubt(positions)
      }
    }
  }
}

/// The tree, as far as tiles and records give it.
private struct RemainsTree: SubtreeSource {
  let remains: LogRemains

  func subtree(_ height: Int, _ index: UInt64) throws(LogRemains.Lost) -> MerkleHash {
    if let peak = remains.peak(height, index) { return peak }
    let width = UInt64(TileLayout.width)
    if height % 8 == 0 {
      let tile = remains.tile(LogRemains.TilePlace(level: height / 8, index: index / width))
      let place = Int(index % width)
      if place < tile.count { return tile[place] }
    }
    if height == 0 {
      var leaf: MerkleHash?
      remains.forEachRecord(in: index + 1...index + 1) { leaf = .leaf($0.bytes) }
      guard let leaf else { throw LogRemains.Lost() }
      return leaf
    }
    let place = LogRemains.Subtree(height: height, index: index)
    if let known = remains.subtrees[place] ?? remains.lowSubtrees[place] { return known }
    let hash = MerkleHash.node(
      try subtree(height - 1, 2 * index), try subtree(height - 1, 2 * index + 1))
    if height >= 8 {
      remains.subtrees[place] = hash
    } else {
      if remains.lowSubtrees.count >= LogRemains.mostLowSubtrees {
        remains.lowSubtrees.removeAll(keepingCapacity: true)
      }
      remains.lowSubtrees[place] = hash
    }
    return hash
  }
}
