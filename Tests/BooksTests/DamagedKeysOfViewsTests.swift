// Why: no checksum covers a key. A flipped bit of one may name a range of summaries that there cannot be, or a projection that nobody has; whoever
// checks reckons with what it says, and must not fall over it.

internal import EventLog
internal import Foundation
internal import LMDB
internal import Ledger
internal import Projections
internal import Summaries
internal import Support
internal import Testing

@testable internal import Books

@Suite struct `The keys of the summaries` {
  private static let tree = SummaryTree(leafSize: 32, fanout: 4)

  /// Where the keys on the leaves of a data file stand: MDB_page has its flags at 10, and from 16 on the places of its nodes, up to what stands
  /// at 12; MDB_node has the length of the key at 6, and the key at 8.
  private func keys(_ file: Data) -> [Range<Int>] {
    var keys: [Range<Int>] = []
    func number(_ place: Int) -> Int { Int(file[place]) | Int(file[place + 1]) << 8 }
    for page in stride(from: 8_192, to: file.count, by: 4_096) where file[page + 10] == 2 {
      for place in stride(from: page + 16, to: page + number(page + 12), by: 2) {
        let node = page + number(place)
        keys.append(node + 8..<node + 8 + number(node + 6))
      }
    }
    return keys
  }

  @Test func `crash nobody who verifies, whichever bit of them is flipped`() throws {
    let new = try NewBooks()
    // 59 events: one leaf of 32 for each projection, and a row of the coverage.
    _ = try new.open(tree: Self.tree)
    let url = URL(filePath: new.path + "/views/data.mdb")
    let keys = keys(try Data(contentsOf: url))
    #expect(keys.count >= 2 * AllProjections.list.count)
    let log = try LMDBLog(at: new.path + "/log", readOnly: true)
    let file = try FileHandle(forUpdating: url)
    func write(_ byte: UInt8, at place: Int) throws {
      try file.seek(toOffset: UInt64(place))
      try file.write(contentsOf: [byte])
    }
    let remedies =
      ["Run `diario rebuild`."]
      + AllProjections.list.map { "Run `diario rebuild \($0.name)`." }
    var (flips, told) = (0, 0)
    let bytes = try Data(contentsOf: url)
    for place in keys.joined() {
      for bit in 0..<8 {
        try write(bytes[place] ^ 1 << UInt8(bit), at: place)
        var check = ViewsCheck(
          new.path + "/views", log, try log.head().size, isLogSound: true, AllProjections.list,
          Self.tree, NoObserver())
        flips += 1
        do throws(LogError) {
          try check.run(.full)
          if !check.faults.isEmpty { told += 1 }
          for fault in check.faults { #expect(remedies.contains(fault.remedy), "\(fault)") }
        } catch {
          #expect(error.isDamage || error.code == .store(.absent), "\(place) \(bit): \(error)")
          told += 1
        }
      }
      try write(bytes[place], at: place)
    }
    #expect(flips == keys.joined().count * 8 && flips > 2_000)
    // Keys on pages that are free again say nothing.
    #expect(told * 2 > flips, "\(told) of \(flips)")
    var check = ViewsCheck(
      new.path + "/views", log, try log.head().size, isLogSound: true, AllProjections.list,
      Self.tree, NoObserver())
    try check.run(.full)
    #expect(check.faults.isEmpty)
  }
}
