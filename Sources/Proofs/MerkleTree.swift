// Why: the log's root must be known with every commit, without reading the log. The peaks (the perfect subtrees
// that the size is made of, largest first) are enough: a new leaf merges equal peaks, at one node each on average.
// Along the way the hashes fall out that fill the tiles (C2SP tlog-tiles): 256 hashes of one level of 8.

/// The right edge of an RFC 6962 Merkle tree that only grows.
public struct MerkleTree: Sendable, Hashable {
  /// How many leaves there are.
  public private(set) var size: UInt64
  /// The roots of the perfect subtrees that `size` is made of, largest first.
  public private(set) var peaks: [MerkleHash]

  /// A tree of no leaves.
  public init() {
    size = 0
    peaks = []
  }

  /// A tree as it was stored; `nil` when the number of peaks does not fit its size.
  public init?(size: UInt64, peaks: [MerkleHash]) {
    guard peaks.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.peaks = peaks
  }

  /// Adds a leaf. Each time a perfect subtree of 256^(level+1) leaves begins or ends within a tile level, `entry` gets
  /// its root: level 0 the leaves themselves, level 1 the roots of 256 leaves, and so on.
  public mutating func append(
    _ leaf: MerkleHash, _ entry: (_ level: Int, _ hash: MerkleHash) -> Void
  ) {
    append(leaf, height: 0, entry)
  }

  /// Adds a perfect subtree of 2^`start` leaves, of which the tree has a whole number.
  public mutating func append(
    _ root: MerkleHash, height start: Int, _ entry: (_ level: Int, _ hash: MerkleHash) -> Void
  ) {
    precondition(size % (1 << UInt64(start)) == 0, "a subtree stands at a multiple of its leaves")
    var hash = root
    var height = start
    if height % 8 == 0 { entry(height / 8, hash) }
    while size >> height & 1 == 1 {
      hash = .node(peaks.removeLast(), hash)
      height += 1
      if height % 8 == 0 { entry(height / 8, hash) }
    }
    peaks.append(hash)
    size += 1 << UInt64(start)
  }

  /// The root of the whole tree (RFC 6962 §2.1).
  public var root: MerkleHash { .root(ofPeaks: peaks) }

  /// The right edge of the first `size` leaves of `source`.
  public init<Source: SubtreeSource>(
    _ source: Source, size: UInt64
  ) throws(Source.Failure) {
    self.size = size
    peaks = try source.peaks(0, size)
  }
}
