// Why: the header alone says, for most ranges, that they can be skipped or added whole.
//
// A tally's summary, little-endian:
//    0  u32  "TLY1"
//    4  u8   level
//    5  u8   1 if sums are net
//    6  u16  zero
//    8  i32  least day of its lines; 2^31 − 1 when there are none
//   12  i32  greatest day; −2^31 when there are none
//   16  i32  least day of the running table
//   20  i32  greatest day of the running table
//   24  i32  first strip: it has every line before this day (a leaf's strip has all the others too)
//   28  i32  last strip: it has every line after this day
//   32  u32  where the table is
//   36  u32  where the running table is: the sums of the elder siblings and this range; 0 if there is none. The first
//            sibling needs none, nor does the last; of leaves every fourth has one, if the fanout is a multiple of four
//            and more than four; above, all the others
//   40  u32  where the first strip is; in a leaf, where the lines are
//   44  u32  where the last strip is; 0 in a leaf
//   48       tables and strips, then 8 zero bytes

internal import Wire

/// The header of a tally's summary.
struct TallyHeader {
  static let magic: UInt32 = 0x3159_4c54
  static let byteCount = 48

  var level = 0
  var isNet = false
  var days = DaySpan()
  var runningDays = DaySpan()
  var firstEnd = Int32.max
  var lastStart = Int32.min
  var table = 0
  var running = 0
  var first = 0
  var last = 0

  init() {}

  init(_ bytes: RawSpan) throws(SummaryError) {
    guard bytes.byteCount >= Self.byteCount, bytes.load(0, as: UInt32.self) == Self.magic else {
      throw .damaged("it is no tally")
    }
    level = Int(bytes.load(4, as: UInt8.self))
    isNet = bytes.load(5, as: UInt8.self) == 1
    days.least = bytes.load(8, as: Int32.self)
    days.greatest = bytes.load(12, as: Int32.self)
    runningDays.least = bytes.load(16, as: Int32.self)
    runningDays.greatest = bytes.load(20, as: Int32.self)
    firstEnd = bytes.load(24, as: Int32.self)
    lastStart = bytes.load(28, as: Int32.self)
    table = Int(bytes.load(32, as: UInt32.self))
    running = Int(bytes.load(36, as: UInt32.self))
    first = Int(bytes.load(40, as: UInt32.self))
    last = Int(bytes.load(44, as: UInt32.self))
  }

  func write(to writer: inout PackedWriter) {
    writer.set(Self.magic, at: 0)
    writer.set(UInt8(level), at: 4)
    writer.set(UInt8(isNet ? 1 : 0), at: 5)
    writer.set(days.least, at: 8)
    writer.set(days.greatest, at: 12)
    writer.set(runningDays.least, at: 16)
    writer.set(runningDays.greatest, at: 20)
    writer.set(firstEnd, at: 24)
    writer.set(lastStart, at: 28)
    writer.set(UInt32(table), at: 32)
    writer.set(UInt32(running), at: 36)
    writer.set(UInt32(first), at: 40)
    writer.set(UInt32(last), at: 44)
  }
}

/// The least and the greatest day of some lines.
struct DaySpan: Sendable, Hashable {
  var least = Int32.max
  var greatest = Int32.min

  /// No days.
  init() {}

  init(_ least: Int32, _ greatest: Int32) {
    self.least = least
    self.greatest = greatest
  }

  mutating func add(_ day: Int32) {
    least = min(least, day)
    greatest = max(greatest, day)
  }

  mutating func add(_ other: DaySpan) {
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }
}
