// Why: a block is many records; a damaged one must be noticed where it is damaged, and all that lie before it are as they were.

import Events
import Wire

enum BlockOfLog: Target {
  static let name = "block"

  /// The first position in one byte, then the block.
  static func seeds() throws -> [[UInt8]] {
    let records = try Samples.records()
    let blocks = [records[..<3], records[3..<20], records[20...]]
    return blocks.map { records in
      [UInt8(records.first?.position ?? 0)] + records.flatMap(Samples.bytes)
    }
  }

  private struct Damaged: Error {
    var position: Position
  }

  static func check(_ bytes: [UInt8], with sabotage: Sabotage) {
    guard let first = bytes.first else { return }
    let block = Array(bytes.dropFirst())
    var seen: [(position: Position, length: Int)] = []
    do throws(Damaged) {
      let next = try RecordBlock.walk(
        block.raw, from: Position(first), damaged: { Damaged(position: $0) }
      ) { (record) throws(Damaged) in
        seen.append((record.position, record.length))
        return true
      }
      promise(seen.reduce(0) { $0 + $1.length } == block.count, "bytes of the block were not read")
      promise(next == Position(first) + Position(seen.count), "the walk ends elsewhere")
    } catch {
      // A faulty reader goes on behind a record that is damaged.
      let last = sabotage.apply(error.position) { $0 + 1 }
      promise(
        last == Position(first) + Position(seen.count), "\(error.position) is not the damaged one")
    }
    promise(
      zip(seen, seen.dropFirst()).allSatisfy { $1.position == $0.position + 1 },
      "positions have gaps")
  }
}
