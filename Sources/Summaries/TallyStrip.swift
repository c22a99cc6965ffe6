// Why: where a day cuts a range, single lines are needed, those up to a day side by side. A leaf has all of its lines in such a
// strip. A range above has two: the lines of its first days and those of its last, so that a few late or post-dated lines
// do not force a query down into every leaf.
//
// A strip is a part of a summary, little-endian:
//    0  u32  k, how many keys
//    4  u32  m, how many lines
//    8  u32  d, how many days
//   12  u32  zero
//   16       key columns; all those of the range's table if sums are not net and the lines need at least half of them, as
//            a leaf's always do: what has the same keys is added without looking at them
//   64       column: the d days, rising
//   80       column: d + 1 first lines of each day; the last one is m
//   96       column: m entries: the key's row × 2, plus 1 for a credit
//  112       column: m offsets: the event's position − the leaf's first position; all zero above the leaves
//  128       column: m amounts
//  144       column: m times value − amount
//            then the columns' values
// Lines are in order of day; on one day, in a leaf in order of their recording, above in order of their entries, each entry once.

internal import Wire

/// A strip of lines, read in place.
struct TallyStrip {
  static let header = 160
  let keys: KeyColumns
  let lineCount: Int
  private let dayCount: Int
  private let days: PackedColumn
  private let starts: PackedColumn
  private let entries: PackedColumn
  private let offsets: PackedColumn
  private let amounts: PackedColumn
  private let extras: PackedColumn

  init(_ bytes: RawSpan) throws(SummaryError) {
    guard bytes.byteCount >= Self.header else { throw .damaged("a strip is cut off") }
    let keyCount = Int(bytes.load(0, as: UInt32.self))
    lineCount = Int(bytes.load(4, as: UInt32.self))
    dayCount = Int(bytes.load(8, as: UInt32.self))
    keys = try KeyColumns(at: 16, count: keyCount, in: bytes)
    days = try PackedColumn(at: 64, count: dayCount, in: bytes)
    starts = try PackedColumn(at: 80, count: dayCount + 1, in: bytes)
    entries = try PackedColumn(at: 96, count: lineCount, in: bytes)
    offsets = try PackedColumn(at: 112, count: lineCount, in: bytes)
    amounts = try PackedColumn(at: 128, count: lineCount, in: bytes)
    extras = try PackedColumn(at: 144, count: lineCount, in: bytes)
    guard dayCount <= 1 || days.width > 0, starts.value(dayCount, bytes) == Int64(lineCount) else {
      throw .damaged("its days and its lines do not fit together")
    }
  }

  /// How many lines are of `day` or before.
  func lines(through day: Int32, _ bytes: RawSpan) throws(SummaryError) -> Int {
    var low = 0
    var high = dayCount
    while low < high {
      let middle = (low + high) / 2
      if days.value(middle, bytes) <= Int64(day) { low = middle + 1 } else { high = middle }
    }
    let line = Int(starts.value(low, bytes))
    guard (0...lineCount).contains(line) else { throw .damaged("a day's lines lie outside") }
    return line
  }

  /// Shows each day and its lines.
  func forEachDay(
    _ bytes: RawSpan, _ body: (Int32, Range<Int>) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    for row in 0..<dayCount {
      let start = Int(starts.value(row, bytes))
      let end = Int(starts.value(row + 1, bytes))
      guard 0 <= start, start <= end, end <= lineCount else {
        throw .damaged("a day's lines lie outside")
      }
      try body(Int32(truncatingIfNeeded: days.value(row, bytes)), start..<end)
    }
  }

  /// The key's row × 2, plus 1 for a credit.
  @inline(__always)
  func entry(_ line: Int, _ bytes: RawSpan) -> Int { Int(entries.value(line, bytes)) }
  /// The event's place in the leaf.
  @inline(__always)
  func offset(_ line: Int, _ bytes: RawSpan) -> Int { Int(offsets.value(line, bytes)) }
  @inline(__always)
  func amount(_ line: Int, _ bytes: RawSpan) -> Int64 { amounts.value(line, bytes) }
  /// What the value is more than the amount.
  @inline(__always)
  func extra(_ line: Int, _ bytes: RawSpan) -> Int64 { extras.value(line, bytes) }
}
