// Why: the definition of RFC 6962 §2.1, written down as it stands there, judges the tree that the log keeps.

internal import EventLog
internal import Events
public import Proofs
internal import Wire

/// Merkle hashes by the letter of RFC 6962 §2.1.
public enum NaiveMerkleTree {
  /// The hash of a leaf: SHA-256(0x00 ‖ `bytes`).
  public static func leaf(_ bytes: [UInt8]) -> MerkleHash { MerkleHash.of(([0] + bytes).raw) }

  /// The hash of a tree with these leaves.
  public static func root(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
    guard let first = leaves.first else { return MerkleHash.of([UInt8]().raw) }
    if leaves.count == 1 { return first }
    // The largest power of two smaller than the number of leaves.
    var k = 1
    while k * 2 < leaves.count { k *= 2 }
    let middle = leaves.startIndex + k
    let left = root(leaves[..<middle])
    let right = root(leaves[middle...])
    return MerkleHash.of(([1] + left.bytes + right.bytes).raw)
  }
}
