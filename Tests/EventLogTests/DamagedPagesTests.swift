// Why: the head of a page has no checksum, and a bit of it is as likely to flip as any other. Which events are lost with the page must be
// said rightly: whoever reads it looks for these in a backup.

internal import Events
internal import Foundation
internal import LMDB
internal import Support
internal import Testing
internal import Wire

@testable internal import EventLog

@Suite struct `A damaged page of the log` {
  /// 56 + 40 + 4 + 20 = 120 bytes each; 136 of them are 16,320, one more would be 16,440 > 16,360.
  private func log(of size: Position) throws -> StoredLog {
    let stored = try StoredLog()
    try stored.opened { log in
      _ = try log.append(SampleRecords.frame(1...size, body: 20), expecting: 0)
    }
    return stored
  }

  /// What depends on the pages that are damaged once `change` was made to the file.
  private func lost(_ stored: StoredLog, _ change: (inout Data) throws -> Void) throws -> [String] {
    let file = URL(filePath: stored.path + "/data.mdb")
    var bytes = try Data(contentsOf: file)
    try change(&bytes)
    try bytes.write(to: file)
    return try LMDBLog(at: stored.path, readOnly: true).verify().faults.map(\.affects)
  }

  /// Damages the head of the page on which the value of the block begins whose first record is at `first`.
  private func damagePage(of first: Position, _ bytes: inout Data) throws {
    let record = Data(SampleRecords.frame(first...first, body: 20).bytes)
    let start = try #require(bytes.firstRange(of: record)?.lowerBound)
    #expect(
      start % 4_096 == 16, "a full block has pages of its own, which begin with a head of 16 bytes")
    bytes[start - 16] ^= 1
  }

  @Test(arguments: [
    (1, "Events 1 to 136 cannot be found."), (137, "Events 137 to 272 cannot be found."),
    (273, "Events 273 to 408 cannot be found."),
  ])
  func `names the events of its block, and no other`(first: Position, says: String) throws {
    // The block of the ninth page of records, at 409, is the last.
    let found = try lost(try log(of: 410)) { try damagePage(of: first, &$0) }
    #expect(found == [says])
  }

  @Test func `of the last block names all to the end`() throws {
    let found = try lost(try log(of: 408)) { try damagePage(of: 273, &$0) }
    #expect(found == ["Events from 273 to the end cannot be found."])
  }

  @Test func `beside a key that is no position says where it begins`() throws {
    let found = try lost(try log(of: 30_000)) { bytes in
      // The branches of the table blocks: keys of eight bytes, of which the highest are zero (MDB_page, MDB_node).
      var changed = 0
      for page in 2..<bytes.count / 4_096 where bytes[page * 4_096 + 10] == 1 {
        let node = page * 4_096 + Int(bytes[page * 4_096 + 18]) + Int(bytes[page * 4_096 + 19]) << 8
        guard bytes[node + 6] == 8, bytes[node + 7] == 0, bytes[node + 8] == 0 else { continue }
        bytes.replaceSubrange(node + 8..<node + 16, with: Data(count: 8))
        changed += 1
      }
      #expect(changed > 0)
    }
    #expect(found == ["Event 1, and what follows it on that page, cannot be found."])
  }
}
