// Why: proofs are made from the stored tiles: a few of them lead from any record to the root of any size.

public import Proofs

/// The tree of a log, for making proofs. Not to be shared between threads.
public final class LogSubtrees: SubtreeSource {
  private struct Place: Hashable {
    var level: Int
    var index: UInt64
  }

  private let log: any EventLog
  private let size: UInt64
  private var tiles: [Place: [MerkleHash]] = [:]

  /// The tree over the first `size` records of `log`.
  public init(_ log: any EventLog, size: UInt64) {
    self.log = log
    self.size = size
  }

  /// The root of the perfect subtree of 2^`height` leaves number `index`.
  public func subtree(_ height: Int, _ index: UInt64) throws(LogError) -> MerkleHash {
    let level = height / 8
    let count = 1 << (height % 8)
    let first = index * UInt64(count)
    let width = UInt64(TileLayout.width)
    let tile = try tile(Place(level: level, index: first / width))
    let offset = Int(first % width)
    guard offset + count <= tile.count else {
      throw LogError.damaged("Tile \(level)/\(first / width)")
    }
    return .root(ofPerfectSubtree: Array(tile[offset..<offset + count]))
  }

  private func tile(_ place: Place) throws(LogError) -> [MerkleHash] {
    if let known = tiles[place] { return known }
    let width = UInt64(TileLayout.width)
    let hashes = (size >> (8 * UInt64(place.level))) - place.index * width
    let tile = try log.tile(place.level, place.index, width: Int(min(width, hashes)))
    tiles[place] = tile
    return tile
  }
}
