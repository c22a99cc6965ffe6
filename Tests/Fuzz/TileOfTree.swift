// Why: tiles and the head of the log are what proofs are made from.

import EventLog
import Proofs
import Wire

enum TileOfTree: Target {
  static let name = "tile"

  /// A tile, or the head row behind the letter h.
  static func seeds() throws -> [[UInt8]] {
    let hashes = (0..<256).map { MerkleHash.leaf([UInt8($0)].raw).bytes }
    var head: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0]
    head += Array(repeating: 7, count: 16) + [3, 0, 0, 0, 0, 0, 0, 0]
    head += Array(repeating: 1, count: 8)
    return [hashes[..<1], hashes[..<3], hashes[...]].map { [0] + $0.flatMap { $0 } }
      + [[UInt8(ascii: "h")] + head + hashes[0] + hashes[1] + hashes[2]]
  }

  static func check(_ bytes: [UInt8], with sabotage: Sabotage) {
    let rest = Array(bytes.dropFirst())
    if bytes.first == UInt8(ascii: "h") { return head(rest) }
    // A faulty reader passes over half a hash at the end.
    let read = sabotage.apply(rest) { Array($0.prefix($0.count / 32 * 32)) }
    guard let hashes = TileLayout.hashes(read.raw) else { return }
    promise(hashes.flatMap(\.bytes) == rest, "the tile's hashes are not its bytes")
    promise(hashes.count <= 256, "the tile is too wide")
  }

  private static func head(_ bytes: [UInt8]) {
    do throws(LogError) {
      let row = try HeadRow(bytes.raw)
      promise(row.bytes == bytes, "the head is written otherwise")
    } catch { promise(!error.message.isEmpty && !error.remedy.isEmpty, "\(error) says nothing") }
  }
}
