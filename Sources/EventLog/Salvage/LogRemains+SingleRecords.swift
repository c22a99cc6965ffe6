// Why: one changed bit breaks the checksum of a block of a hundred records, and spoils one of them. The tree knows the others by
// their hashes, so they are found one by one.

internal import Events
internal import LMDB
internal import Proofs
internal import Wire

extension LogRemains {
  /// Looks for missing records on all pages that belong to nothing found so far.
  func findSingleRecords() {
    let gaps = missing
    if gaps.isEmpty { return }
    var found: [Position: Run] = [:]
    file.forEachRest { number in
      let start = Int(number) * file.pageSize
      guard let window = longest(at: start, atMost: file.pageSize + LMDBLog.maximumBlock) else {
        return
      }
      // Records begin at even offsets: LMDB aligns its nodes, and lengths are multiples of 8.
      var offset = 0
      while offset < file.pageSize, offset + RecordLayout.header <= window.count {
        if let record = RecordView(in: window.raw, at: offset),
          gaps.cover(record.position),
          found[record.position] == nil
        {
          take(record, at: start + offset, &found)
          offset += record.length
        } else {
          takeLong(window, offset, start, gaps, &found)
          offset += 2
        }
      }
    }
    for position in found.keys { doubtful[position] = nil }
    fill(found.values.sorted { $0.positions.lowerBound < $1.positions.lowerBound })
  }

  private func take(
    _ record: borrowing RecordView, at offset: Int, _ found: inout [Position: Run]
  ) {
    let position = record.position
    if leaf(position) == .leaf(record.bytes) {
      found[position] = Run(
        positions: position...position, offset: offset, count: record.length, isLive: false)
    } else {
      doubtful[position] = (offset, record.length)
    }
  }

  /// A record that is longer than the window.
  private func takeLong(
    _ window: [UInt8], _ offset: Int, _ start: Int, _ gaps: [ClosedRange<Position>],
    _ found: inout [Position: Run]
  ) {
    let length = Int(window.raw.load(offset, as: UInt32.self))
    guard length > window.count - offset, length <= RecordLayout.maximumLength,
      window[offset + RecordLayout.layout] == RecordLayout.version,
      gaps.cover(window.raw.load(offset + RecordLayout.position, as: UInt64.self)),
      file.mayTry(length), let bytes = file.bytes(at: start + offset, count: length),
      let record = RecordView(in: bytes.raw, at: 0), found[record.position] == nil
    else { return }
    take(record, at: start + offset, &found)
  }
}
