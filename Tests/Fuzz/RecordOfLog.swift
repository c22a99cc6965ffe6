// Why: a record is read where it lies. Whatever the bytes are, no read may leave them, and one that is accepted is laid out again with
// the same bytes: nothing in it goes unread.

import Events
import Ledger
import Wire

enum RecordOfLog: Target {
  static let name = "record"

  static func seeds() throws -> [[UInt8]] { try Samples.records().map(Samples.bytes) }

  static func check(_ bytes: [UInt8], with sabotage: Sabotage) {
    // A faulty decoder does not look at the last byte, which often is padding.
    let read = sabotage.apply(bytes) { $0.isEmpty ? $0 : $0.dropLast() + [0] }
    guard let view = RecordView(in: read.raw, at: 0) else { return }
    promise(view.length <= bytes.count && view.length % 8 == 0, "the record leaves its bytes")
    _ = view.mention(.account)
    _ = (view.key, view.digest, view.at, view.on, view.flags, view.bodyVersion)
    guard let record = view.copy() else { return }
    promise(
      Samples.bytes(record) == Array(bytes[..<view.length]),
      "it is laid out with other bytes than it was read from")
  }
}
