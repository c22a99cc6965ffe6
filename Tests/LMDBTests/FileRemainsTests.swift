// Why: a damaged file is searched by following its own pointers, and any of them may be wrong.

import Foundation
import LMDB
import Testing

@Suite struct `What remains of a data file` {
  @Test func `is found although pages lead back to themselves`() throws {
    let scratch = try Scratch()
    do {
      let environment = try scratch.open()
      try environment.fill(Array(0..<2_000), with: [UInt8](repeating: 7, count: 60))
    }
    var data = try Data(contentsOf: scratch.dataFile)
    var changed = 0
    for page in 2..<data.count / 4_096 where data[page * 4_096 + 10] & 1 == 1 {
      let start = page * 4_096
      for index in 0..<(data.u16(at: start + 12) - 16) / 2 {
        // A node begins with the number of its page, 48 bits in three parts of 16 (MDB_node).
        let node = start + data.u16(at: start + 16 + 2 * index)
        let number = [UInt8(page & 255), UInt8(page >> 8), 0, 0, 0, 0]
        data.replaceSubrange(node..<node + 6, with: number)
      }
      changed += 1
    }
    #expect(changed > 0, "the table has branch pages")
    try data.write(to: scratch.dataFile)
    // So long that a walk that goes once for each page overflows the stack: 250 MB, of which hardly anything is stored.
    let handle = try FileHandle(forWritingTo: scratch.dataFile)
    try handle.truncate(atOffset: 250_000_000 / 4_096 * 4_096)
    try handle.close()
    #expect(try FileRemains(path: scratch.dataFile.path(), tables: ["log"]).pageCount == 61_035)
    // The values themselves are found without the pointers.
    try data.write(to: scratch.dataFile)
    let remains = try FileRemains(path: scratch.dataFile.path(), tables: ["log"])
    var keys: Set<[UInt8]> = []
    remains.forEachValue { (value, _) in _ = keys.insert(value.key) }
    #expect(keys.count == 2_000)
  }
}
