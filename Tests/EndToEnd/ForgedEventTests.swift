// Why: whoever may write the file can write an event that no recording wrote, with every checksum right. What is asked then is answered or
// refused; nobody is told a part of it as if it were the whole, and nothing crashes.

import Events
import Foundation
import LMDB
import Testing
import Wire

@Suite struct `An event that no recording wrote` {
  /// Changes the first event behind the opening that moves something and brings a name: 56 bytes of header, 40 for each move, 4 for each
  /// mention, then the name's number, its length and its characters.
  private func forged(
    _ change: (_ block: inout [UInt8], _ move: Int, _ name: Int) -> Void
  ) throws -> Copy {
    let books = try Copy(of: Template.aranda)
    let environment = try Environment(path: books.path + "/log", tables: ["blocks"])
    let blocks = try environment.table("blocks")
    let isChanged = try environment.write { (txn) throws(StoreError) in
      var found: (first: UInt64, bytes: [UInt8])?
      for first in UInt64(1)...179 where found == nil {
        guard let block = try txn.get(first, in: blocks) else { continue }
        let bytes = block.bytes(0..<block.byteCount)
        var offset = 0
        while found == nil, let record = RecordView(in: bytes.raw, at: offset) {
          if record.moveCount > 0, record.introducedCount > 0 {
            let names = offset + 56 + 40 * record.moveCount + 4 * record.mentionCount
            var changed = bytes
            change(&changed, offset + 56, names + 5)
            found = (first, changed)
          }
          offset += record.length
        }
      }
      guard let found else { return false }
      try txn.put(found.first, found.bytes, in: blocks)
      return true
    }
    #expect(isChanged)
    return books
  }

  private static let exports = [["export", "hledger"], ["export", "beancount"]]

  @Test func `with a value of which there is no opposite is no part of a ledger, nor of a replay`()
    throws
  {
    let books = try forged { block, move, _ in
      // −2^63, behind the amount.
      block.replaceSubrange(move + 8..<move + 16, with: [0, 0, 0, 0, 0, 0, 0, 0x80])
    }
    for words in Self.exports {
      let outcome = try Program.run(words + ["--books", books.path])
      #expect(
        outcome.code == 3 && outcome.errors.contains("cannot be read. Run `diario verify`"),
        "\(words): \(outcome.errors)")
    }
    let replay = try Program.run(["replay", "--books", books.path])
    #expect(
      replay.code == 3 && replay.errors.contains("A balance is larger than can be kept"),
      "\(replay.text)")
  }

  @Test func `with a name that is none is left out of no export`() throws {
    let books = try forged { block, _, name in block[name] = 0xff }
    for words in Self.exports + [["log"]] {
      let outcome = try Program.run(words + ["--books", books.path])
      #expect(
        outcome.code == 3 && outcome.errors.contains("`diario verify`"),
        "\(words): \(outcome.errors)")
    }
  }
}
