// Why: the header alone says, for most ranges, that they can be skipped or added whole. It and what it speaks of are parts of their
// own, so that a query reads, and checks, only what it needs.
//
// A tally's summary has up to five parts: 0 the header, 1 the table, 2 the first strip (in a leaf: all lines), 3 the last strip
// (not in a leaf), 4 the running table: the sums of the elder siblings and this range. The first sibling needs no running table,
// nor does the last; of leaves every fourth has one, if the fanout is a multiple of four and more than four; above, all the
// others.
//
// The header, little-endian:
//    0  u32  "TLY2"
//    4  u8   level
//    5  u8   1 if sums are net
//    6  u8   1 if there is a running table
//    7  u8   zero
//    8  i32  least day of its lines; 2^31 − 1 when there are none
//   12  i32  greatest day; −2^31 when there are none
//   16  i32  least day of the running table
//   20  i32  greatest day of the running table
//   24  i32  first strip: it has every line before this day (a leaf's strip has all the others too)
//   28  i32  last strip: it has every line after this day
//   32       8 zero bytes

internal import Wire

/// The parts of a tally's summary.
enum TallyPart: Int {
  case header, table, first, last, running
}

/// The header of a tally's summary.
struct TallyHeader {
  static let magic: UInt32 = 0x3259_4c54
  static let byteCount = 32

  var level = 0
  var isNet = false
  var hasRunning = false
  var days = DaySpan()
  var runningDays = DaySpan()
  var firstEnd = Int32.max
  var lastStart = Int32.min

  init() {}

  init(_ bytes: RawSpan) throws(SummaryError) {
    guard bytes.byteCount >= Self.byteCount, bytes.load(0, as: UInt32.self) == Self.magic else {
      throw .damaged("it is no tally")
    }
    level = Int(bytes.load(4, as: UInt8.self))
    isNet = bytes.load(5, as: UInt8.self) == 1
    hasRunning = bytes.load(6, as: UInt8.self) == 1
    days.least = bytes.load(8, as: Int32.self)
    days.greatest = bytes.load(12, as: Int32.self)
    runningDays.least = bytes.load(16, as: Int32.self)
    runningDays.greatest = bytes.load(20, as: Int32.self)
    firstEnd = bytes.load(24, as: Int32.self)
    lastStart = bytes.load(28, as: Int32.self)
  }

  /// The part with the header's bytes.
  var bytes: [UInt8] {
    var writer = PackedWriter(header: Self.byteCount)
    writer.set(Self.magic, at: 0)
    writer.set(UInt8(level), at: 4)
    writer.set(UInt8(isNet ? 1 : 0), at: 5)
    writer.set(UInt8(hasRunning ? 1 : 0), at: 6)
    writer.set(days.least, at: 8)
    writer.set(days.greatest, at: 12)
    writer.set(runningDays.least, at: 16)
    writer.set(runningDays.greatest, at: 20)
    writer.set(firstEnd, at: 24)
    writer.set(lastStart, at: 28)
    return writer.bytes
  }
}

extension SummarySource where Self: ~Copyable & ~Escapable {
  /// The header of the tally of `range`; `nil` when it is not there.
  func tallyHeader(
    _ namespace: String, _ range: SummaryRange
  ) throws(SummaryError) -> TallyHeader? {
    try get(namespace, range, part: TallyPart.header.rawValue) { (bytes) throws(SummaryError) in
      try TallyHeader(bytes)
    }
  }

  /// Lends a part that the header says is there.
  /// - Throws: ``SummaryError`` `.missing` when it is not, or that of `body`.
  func tally<Answer>(
    _ namespace: String, _ range: SummaryRange, part: TallyPart,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer {
    let answer = try get(namespace, range, part: part.rawValue, body)
    guard let answer else { throw .missing(range, namespace) }
    return answer
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
