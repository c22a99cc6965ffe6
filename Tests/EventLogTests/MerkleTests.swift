// Why: roots are what others will check us by, so they are those that everybody else computes.

internal import Events
internal import LMDB
internal import Proofs
internal import Support
internal import Testing
internal import Wire

@testable internal import EventLog

@Suite struct `The Merkle tree` {
  /// The eight leaves of certificate-transparency's tests, and the roots of the trees of the first of them.
  static let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [
      0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e,
      0x6f,
    ],
  ]
  static let published = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func `has the published roots, and so has the naive one`() {
    var tree = MerkleTree()
    var hashes: [MerkleHash] = []
    #expect(tree.root.description == Self.published[0])
    for (leaf, root) in zip(Self.leaves, Self.published.dropFirst()) {
      tree.append(.leaf(leaf.raw)) { _, _ in }
      hashes.append(NaiveMerkleTree.leaf(leaf))
      #expect(tree.root.description == root)
      #expect(NaiveMerkleTree.root(hashes[...]).description == root)
    }
  }

  @Test func `hands out the roots of 256 leaves at a time for the tiles`() {
    var tree = MerkleTree()
    var leaves: [MerkleHash] = []
    var entries: [Int: [MerkleHash]] = [:]
    for number in 0..<1_100 {
      let leaf = NaiveMerkleTree.leaf([UInt8(number & 0xff), UInt8(number >> 8)])
      leaves.append(leaf)
      tree.append(leaf) { level, hash in entries[level, default: []].append(hash) }
    }
    #expect(entries[0] == leaves)
    #expect(
      entries[1] == (0..<4).map { NaiveMerkleTree.root(leaves[$0 * 256..<($0 + 1) * 256]) })
    #expect(entries[2] == nil)
    #expect(MerkleTree(size: tree.size, peaks: tree.peaks) == tree)
    #expect(MerkleTree(size: tree.size, peaks: Array(tree.peaks.dropLast())) == nil)
  }

  @Test func `in a log has the naive roots on both sides of full tiles of two levels`() throws {
    let stored = try StoredLog()
    let log = try LMDBLog(at: stored.path)
    let size: Position = 66_100
    var leaves: [MerkleHash] = []
    for start in stride(from: Position(0), to: size, by: 6_610) {
      let frame = SampleRecords.frame(start + 1...start + 6_610, body: 0)
      try log.append(frame, expecting: start)
    }
    try log.scan(1...size) { (record) throws(LogError) in
      leaves.append(.leaf(record.bytes))
      return true
    }
    #expect(leaves.count == Int(size))
    for size in [255, 256, 257, 511, 512, 513, 65_279, 65_280, 65_535, 65_536, 65_537, 65_793] {
      #expect(try log.root(at: Position(size)) == NaiveMerkleTree.root(leaves[..<size]), "\(size)")
    }
    #expect(try log.head().root == NaiveMerkleTree.root(leaves[...]))
    let tables = log.tables
    try log.environment.read { (txn) throws(LogError) in
      #expect(try TileLayout.hashes(0, 0, txn, tables) == Array(leaves[..<256]))
      #expect(try TileLayout.hashes(0, 257, txn, tables) == Array(leaves[65_792..<66_048]))
      #expect(try TileLayout.hashes(0, 258, txn, tables).isEmpty, "its leaves are in the log")
      #expect(try TileLayout.hashes(1, 0, txn, tables).count == 256)
      #expect(try TileLayout.hashes(1, 1, txn, tables).count == 2)
      let first = try TileLayout.hashes(2, 0, txn, tables)
      #expect(first == [NaiveMerkleTree.root(leaves[..<65_536])])
    }
  }
}
