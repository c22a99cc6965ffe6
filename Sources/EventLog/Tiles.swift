// Why: the hashes of the tree are kept in tiles of 256 (C2SP tlog-tiles), so that proofs read a few values and public
// tools can read the tree. Tiles of level 0 are stored when they are full; their right edge is the log itself.

internal import Events
internal import LMDB
package import Proofs
internal import Synchronization
internal import Wire

/// Where hashes stand in tiles.
package enum TileLayout {
  /// Hashes of a full tile.
  static let width = Int(TilePath.width)

  static func key(_ level: Int, _ index: UInt64) -> Key { Key().adding(UInt8(level)).adding(index) }

  static func hashes(
    _ level: Int, _ index: UInt64, _ txn: borrowing some Transaction & ~Copyable,
    _ tables: LogTables
  ) throws(LogError) -> [MerkleHash] {
    let span: RawSpan?
    do throws(StoreError) { span = try txn.get(key(level, index), in: tables.tiles) } catch {
      throw LogError(store: error)
    }
    guard let span else { return [] }
    guard let hashes = hashes(span) else { throw LogError.damaged("Tile \(level)/\(index)") }
    return hashes
  }

  /// The hashes that a stored tile is made of; `nil` when its bytes are not whole hashes, or too many.
  package static func hashes(_ tile: RawSpan) -> [MerkleHash]? {
    guard tile.byteCount % MerkleHash.byteCount == 0,
      tile.byteCount <= width * MerkleHash.byteCount
    else { return nil }
    return MerkleHash.list(in: tile)
  }
}

/// The leaf hashes of the tile that is not yet full, between one append of this process and the next.
final class TreeEdgeCache: Sendable {
  private let kept = Mutex<(tree: MerkleTree, leaves: [MerkleHash])?>(nil)

  /// The leaf hashes behind the last full tile of `tree`: the kept ones if they fit, else hashed again from the log.
  func take(
    _ tree: MerkleTree, _ txn: borrowing WriteTransaction, _ tables: LogTables
  ) throws(LogError) -> [MerkleHash] {
    let found = kept.withLock { kept in
      defer { kept = nil }
      return kept?.tree == tree ? kept?.leaves : nil
    }
    if let found { return found }
    let count = tree.size % UInt64(TileLayout.width)
    if count == 0 { return [] }
    var leaves: [MerkleHash] = []
    try BlockScan.scan(tree.size - count + 1...tree.size, txn, tables) {
      (record) throws(LogError) in
      leaves.append(.leaf(record.bytes))
      return true
    }
    guard leaves.count == Int(count) else { throw LogError.damaged("The end of the log") }
    return leaves
  }

  func keep(_ leaves: [MerkleHash], for tree: MerkleTree) {
    kept.withLock { $0 = (tree, leaves) }
  }
}
