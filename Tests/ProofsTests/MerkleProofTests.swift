// Why: a proof that can be forged proves nothing. Every proof of every small tree is made and checked, and then every hash, index
// and size in it is changed, which must never pass.

internal import Proofs
internal import Support
internal import Testing
internal import Wire

/// The leaves of a tree, hashed anew for each question.
private struct Leaves: SubtreeSource {
  var hashes: [MerkleHash]

  func subtree(_ height: Int, _ index: UInt64) -> MerkleHash {
    let first = Int(index) << height
    return NaiveMerkleTree.root(hashes[first..<first + 1 << height])
  }

  static func numbered(_ count: Int) -> Leaves {
    Leaves(hashes: (0..<count).map { .leaf([UInt8($0 & 255), UInt8($0 >> 8)].raw) })
  }
}

@Suite struct `Merkle proofs` {
  private let most = 70

  @Test func `lead from every event of every small log to its root, and from no other`() {
    for size in 1...UInt64(most) {
      let leaves = Leaves.numbered(Int(size))
      let root = NaiveMerkleTree.root(leaves.hashes[...])
      #expect(leaves.root(at: size) == root)
      for index in 0..<size {
        let leaf = leaves.hashes[Int(index)]
        let path = leaves.inclusionPath(index, in: size)
        #expect(MerkleProof.root(of: leaf, at: index, in: size, path) == root)
        for other in 0...size where other != index {
          #expect(MerkleProof.root(of: leaf, at: other, in: size, path) != root)
        }
        #expect(MerkleProof.root(of: leaf, at: index, in: size, path + [leaf]) != root)
        if !path.isEmpty {
          #expect(MerkleProof.root(of: leaf, at: index, in: size, path.dropLast()) != root)
        }
      }
    }
  }

  @Test func `show that every log begins with each of its pasts, and with nothing else`() {
    let leaves = Leaves.numbered(most)
    let roots = (0...most).map { NaiveMerkleTree.root(leaves.hashes[..<$0]) }
    let other = MerkleHash.leaf([7].raw)
    for size in 0...UInt64(most) {
      for old in 0...size {
        let path = leaves.consistencyPath(from: old, to: size)
        let (oldRoot, root) = (roots[Int(old)], roots[Int(size)])
        #expect(MerkleProof.isConsistent(old, oldRoot, size, root, path), "\(old) \(size)")
        #expect(!MerkleProof.isConsistent(old, other, size, root, path), "\(old) \(size)")
        if old > 0 { #expect(!MerkleProof.isConsistent(old, oldRoot, size, other, path)) }
        #expect(!MerkleProof.isConsistent(old, oldRoot, size, root, path + [other]))
        if old < size, old > 0 {
          #expect(!MerkleProof.isConsistent(old + 1, oldRoot, size, root, path))
          for index in path.indices {
            var changed = path
            changed[index] = other
            #expect(!MerkleProof.isConsistent(old, oldRoot, size, root, changed))
          }
        }
      }
    }
  }

  @Test func `lie where C2SP tlog-tiles says`() {
    // The example of the specification.
    #expect(TilePath(level: 0, index: 1_234_067).text == "tile/0/x001/x234/067")
    #expect(TilePath(level: 1, index: 0, width: 8).text == "tile/1/000.p/8")
    #expect(TilePath(level: nil, index: 1_000).text == "tile/entries/x001/000")
    #expect(TilePath(level: 1, index: 2, width: 8).leaves == (512 + 8) * 256)
    // 70,000 = 273 × 256 + 112; 273 = 256 + 17; 1.
    let tiles = TilePath.all(of: 70_000)
    #expect(tiles.count == 274 + 2 + 1)
    #expect(
      tiles.filter { $0.width < 256 }.map(\.text) == [
        "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1",
      ])
  }
}
