// Why: public monitors read a log as static files. Where each one lies is said by C2SP tlog-tiles.

/// A file of the static layout.
public struct TilePath: Sendable, Hashable {
  /// How many hashes or records a full tile has.
  public static let width: UInt64 = 256

  /// `nil` for records ("entries"), else the level of the hashes.
  public var level: Int?
  /// Which tile of its level.
  public var index: UInt64
  /// How many hashes or records it has; 256 when it is full.
  public var width: UInt64

  /// The tile `index` of `level`; `nil` for the records.
  public init(level: Int?, index: UInt64, width: UInt64 = TilePath.width) {
    self.level = level
    self.index = index
    self.width = width
  }

  /// How many leaves a log must have for this tile.
  public var leaves: UInt64 { (index * Self.width + width) << (8 * UInt64(level ?? 0)) }

  /// The path, relative to the log's directory: `tile/0/x001/x234/067.p/8`.
  public var text: String {
    var groups: [String] = []
    var rest = index
    repeat {
      let digits = String(rest % 1_000)
      groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
      rest /= 1_000
    } while rest > 0
    let name = groups.reversed().enumerated().map { place, group in
      place == groups.count - 1 ? group : "x" + group
    }
    let partial = width == Self.width ? [] : ["\(width)"]
    var path = ["tile", level.map(String.init) ?? "entries"] + name
    if !partial.isEmpty { path[path.count - 1] += ".p" }
    return (path + partial).joined(separator: "/")
  }

  /// The tiles of hashes of a log of `size` leaves, level by level: every full one, and the right edge.
  public static func all(of size: UInt64) -> [TilePath] {
    var tiles: [TilePath] = []
    var level = 0
    while size >> (8 * UInt64(level)) > 0 {
      let hashes = size >> (8 * UInt64(level))
      tiles += (0..<hashes / width).map { TilePath(level: level, index: $0) }
      if hashes % width > 0 {
        tiles.append(TilePath(level: level, index: hashes / width, width: hashes % width))
      }
      level += 1
    }
    return tiles
  }
}
