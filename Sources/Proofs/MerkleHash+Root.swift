// Why: tiles, peaks and rows of leaves all come down to the same two folds. They are made here only.

extension MerkleHash {
  /// The root of a tree that is made of perfect subtrees with the roots `peaks`, the largest first (RFC 6962 §2.1).
  public static func root(ofPeaks peaks: [MerkleHash]) -> MerkleHash {
    guard var root = peaks.last else { return .empty }
    for peak in peaks.dropLast().reversed() { root = .node(peak, root) }
    return root
  }

  /// The root of the perfect subtree with the row `hashes`: a power of two of leaves, or of roots of equal subtrees.
  public static func root(ofPerfectSubtree hashes: [MerkleHash]) -> MerkleHash {
    precondition(
      hashes.count.nonzeroBitCount == 1, "a perfect subtree has a power of two of leaves")
    var row = hashes
    while row.count > 1 {
      row = stride(from: 0, to: row.count, by: 2).map { .node(row[$0], row[$0 + 1]) }
    }
    return row[0]
  }
}
