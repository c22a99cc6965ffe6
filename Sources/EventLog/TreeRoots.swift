// Why: the root of any earlier tree is made of stored hashes: whole subtrees from the tiles, and at most 255 leaves
// behind the last full tile, hashed from their records.

internal import Events
internal import LMDB
internal import Proofs
internal import Wire

enum TreeRoots {
  /// The root over the first `size` records (RFC 6962 §2.1).
  static func root(
    _ size: Position, _ txn: borrowing some Transaction & ~Copyable, _ tables: LogTables
  ) throws(LogError) -> MerkleHash {
    var peaks: [MerkleHash] = []
    var start: Position = 0
    for height in stride(from: 63, through: 0, by: -1) where size >> UInt64(height) & 1 == 1 {
      peaks.append(try subtree(height, start >> UInt64(height), txn, tables))
      start += 1 << UInt64(height)
    }
    return .root(ofPeaks: peaks)
  }

  /// The root of the perfect subtree of 2^`height` leaves number `index`.
  static func subtree(
    _ height: Int, _ index: UInt64, _ txn: borrowing some Transaction & ~Copyable,
    _ tables: LogTables
  ) throws(LogError) -> MerkleHash {
    let level = height / 8
    let count = 1 << (height % 8)
    let first = index * UInt64(count)
    var hashes = try TileLayout.hashes(level, first / UInt64(TileLayout.width), txn, tables)
    let offset = Int(first % UInt64(TileLayout.width))
    if level == 0, hashes.isEmpty {
      try BlockScan.scan(first + 1...first + UInt64(count), txn, tables) {
        (record) throws(LogError) in
        hashes.append(.leaf(record.bytes))
        return true
      }
      guard hashes.count == count else { throw LogError.damaged("The record at \(first + 1)") }
    } else {
      guard offset + count <= hashes.count else {
        throw LogError.damaged("Tile \(level)/\(first / UInt64(TileLayout.width))")
      }
      hashes = Array(hashes[offset..<offset + count])
    }
    return .root(ofPerfectSubtree: hashes)
  }
}
