// Why: a proof is a few hashes that lead from one event to the root, or from an old root to a new one. Making one needs hashes
// of subtrees, wherever they are kept; checking one needs nothing but the hashes in it.

/// Where proofs find the hashes of a tree.
public protocol SubtreeSource<Failure> {
  /// What can go wrong.
  associatedtype Failure: Error
  /// The root of the perfect subtree of 2^`height` leaves number `index`.
  func subtree(_ height: Int, _ index: UInt64) throws(Failure) -> MerkleHash
}

extension SubtreeSource {
  /// The root over the leaves from `start` (counted from 0) to `start + count`; `start` is a multiple of the least power of two
  /// that is not below `count`, as in all ranges of RFC 6962 §2.1.
  func root(_ start: UInt64, _ count: UInt64) throws(Failure) -> MerkleHash {
    .root(ofPeaks: try peaks(start, count))
  }

  /// The roots of the perfect subtrees that these leaves are made of, largest first.
  func peaks(_ start: UInt64, _ count: UInt64) throws(Failure) -> [MerkleHash] {
    var peaks: [MerkleHash] = []
    var next = start
    for height in stride(from: 63, through: 0, by: -1) where count >> UInt64(height) & 1 == 1 {
      peaks.append(try subtree(height, next >> UInt64(height)))
      next += 1 << UInt64(height)
    }
    return peaks
  }

  /// The root over the first `size` leaves (RFC 6962 §2.1).
  public func root(at size: UInt64) throws(Failure) -> MerkleHash { try root(0, size) }

  /// The hashes that lead from leaf `index` (from 0) to the root over the first `size` leaves (RFC 6962 §2.1.1).
  public func inclusionPath(_ index: UInt64, in size: UInt64) throws(Failure) -> [MerkleHash] {
    precondition(index < size, "the leaf is within the tree")
    var path: [MerkleHash] = []
    var (start, count) = (UInt64(0), size)
    while count > 1 {
      let left = largestPower(below: count)
      if index - start < left {
        path.append(try root(start + left, count - left))
        count = left
      } else {
        path.append(try root(start, left))
        start += left
        count -= left
      }
    }
    return path.reversed()
  }

  /// The hashes that show that the tree of `size` leaves begins with that of `first` (RFC 6962 §2.1.2).
  public func consistencyPath(
    from first: UInt64, to size: UInt64
  ) throws(Failure) -> [MerkleHash] {
    precondition(first <= size, "the old tree is not larger")
    if first == 0 || first == size { return [] }
    var path: [MerkleHash] = []
    var (start, count) = (UInt64(0), size)
    while first - start < count {
      let left = largestPower(below: count)
      if first - start <= left {
        path.append(try root(start + left, count - left))
        count = left
      } else {
        path.append(try root(start, left))
        start += left
        count -= left
      }
    }
    // What is left is a subtree of the old tree. If it is all of it, its root is known to whoever checks.
    if start > 0 { path.append(try root(start, count)) }
    return path.reversed()
  }

  private func largestPower(below count: UInt64) -> UInt64 {
    1 << UInt64(63 - (count - 1).leadingZeroBitCount)
  }
}

/// Checking of proofs: pure functions of what is in them.
public enum MerkleProof {
  /// The root over `size` leaves to which `path` leads from leaf `index` with hash `leaf`; `nil` when the path has another
  /// length than it must (RFC 9162 §2.1.3.2).
  public static func root(
    of leaf: MerkleHash, at index: UInt64, in size: UInt64, _ path: [MerkleHash]
  ) -> MerkleHash? {
    guard index < size else { return nil }
    var (first, last) = (index, size - 1)
    var root = leaf
    for hash in path {
      if last == 0 { return nil }
      if first & 1 == 1 || first == last {
        root = .node(hash, root)
        while first & 1 == 0, first != 0 {
          first >>= 1
          last >>= 1
        }
      } else {
        root = .node(root, hash)
      }
      first >>= 1
      last >>= 1
    }
    return last == 0 ? root : nil
  }

  /// Whether `path` shows that the tree of `size` leaves with root `root` begins with the tree of `oldSize` leaves with root
  /// `oldRoot` (RFC 9162 §2.1.4.2).
  public static func isConsistent(
    _ oldSize: UInt64, _ oldRoot: MerkleHash, _ size: UInt64, _ root: MerkleHash,
    _ path: [MerkleHash]
  ) -> Bool {
    if oldSize > size { return false }
    if oldSize == size { return path.isEmpty && oldRoot == root }
    if oldSize == 0 { return path.isEmpty && oldRoot == .empty }
    var path = path[...]
    if oldSize & (oldSize - 1) == 0 { path = [oldRoot] + path }
    guard let start = path.popFirst() else { return false }
    var (first, last) = (oldSize - 1, size - 1)
    while first & 1 == 1 {
      first >>= 1
      last >>= 1
    }
    var (old, new) = (start, start)
    for hash in path {
      if last == 0 { return false }
      if first & 1 == 1 || first == last {
        old = .node(hash, old)
        new = .node(hash, new)
        while first & 1 == 0, first != 0 {
          first >>= 1
          last >>= 1
        }
      } else {
        new = .node(new, hash)
      }
      first >>= 1
      last >>= 1
    }
    return last == 0 && old == oldRoot && new == root
  }
}
