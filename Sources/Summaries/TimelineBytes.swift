// Why: one customer's history must not cost more than its length, however long the log is. A range's summary has a sorted
// directory of the names it concerns; a short list stands beside its name, a long one says which children to ask.
//
// A summary of a million events has hundreds of thousands of names. So that a question about one of them need not check them all,
// the directory is cut into pieces of two pages, each a part; the first part, the contents, says which names are in which.
//
// The contents, little-endian:
//    0  u32  "TML2"
//    4  u32  level; 0 for a leaf
//    8  u32  p, how many pieces: parts 1…p
//   12  u32  zero
//   16       column (PackedColumn): the first name of each piece, rising
//   32       the column's values, 8 zero bytes
//
// A piece, little-endian:
//    0  u32  "TML1"
//    4  u32  level; 0 for a leaf
//    8  u32  n, how many names
//   12  u32  where the lists begin
//   16       column (PackedColumn): n names, rising
//   32       column: n + 1 starts of lists, from where the lists begin; the last one is their end
//   48       the columns' values, then the lists, then 8 zero bytes
// A list: how many positions (varint); then, in a leaf or if there are at most 8, the positions: the first as its distance
// from the range's first position, each other as its distance from the one before (varints). Otherwise one varint: bit c
// is set if child c has positions.

internal import Events
internal import Ledger
internal import Wire

/// What a timeline's summary says of one name.
struct TimelineList {
  /// How many positions there are.
  let count: UInt64
  /// Which children have them, if they are not in this list.
  let children: UInt64?
  private var reader: VarintReader
  private var last: UInt64?

  fileprivate init(
    _ start: Int, end: Int, level: Int, _ bytes: RawSpan
  ) throws(SummaryError) {
    reader = VarintReader(start, end: end)
    count = try reader.next(bytes)
    let isLong = level > 0 && count > UInt64(TimelineDirectory.inlineLimit)
    children = isLong ? try reader.next(bytes) : nil
    if !isLong, count > UInt64(end - start) { throw .damaged("a list is too long") }
  }

  /// The next position, as its distance from the range's first one; only ``count`` times.
  mutating func next(_ bytes: RawSpan) throws(SummaryError) -> UInt64 {
    let step = try reader.next(bytes)
    let (position, overflow) = step.addingReportingOverflow(last ?? 0)
    if overflow { throw .damaged("a position is beyond any log") }
    if let last, position == last { throw .damaged("the positions do not rise") }
    last = position
    return position
  }

  /// All positions.
  func positions(_ bytes: RawSpan) throws(SummaryError) -> [UInt64] {
    var rest = self
    var positions: [UInt64] = []
    positions.reserveCapacity(Int(count))
    for _ in 0..<count { positions.append(try rest.next(bytes)) }
    return positions
  }
}

/// A piece of a timeline's directory, read in place.
struct TimelineDirectory {
  static let magic: UInt32 = 0x314c_4d54
  static let header = 48
  /// Lists up to this length stand in the directory of a range that is no leaf.
  static let inlineLimit = 8

  let level: Int
  let count: Int
  private let lists: Int
  private let names: PackedColumn
  private let starts: PackedColumn

  init(_ bytes: RawSpan) throws(SummaryError) {
    guard bytes.byteCount >= Self.header, bytes.load(0, as: UInt32.self) == Self.magic else {
      throw .damaged("it is no timeline")
    }
    level = Int(bytes.load(4, as: UInt32.self))
    count = Int(bytes.load(8, as: UInt32.self))
    lists = Int(bytes.load(12, as: UInt32.self))
    names = try PackedColumn(at: 16, count: count, in: bytes)
    starts = try PackedColumn(at: 32, count: count + 1, in: bytes)
    guard count <= 1 || names.width > 0 else { throw .damaged("there are more names than bytes") }
  }

  func name(_ row: Int, _ bytes: RawSpan) -> NameID {
    NameID(raw: UInt32(truncatingIfNeeded: names.value(row, bytes)))
  }

  /// The first row whose name is not less than `name`.
  func row(notBefore name: NameID, _ bytes: RawSpan) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.name(middle, bytes) < name { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// What is said of `name`; `nil` when it does not occur.
  func list(
    of name: NameID, _ bytes: RawSpan
  ) throws(SummaryError) -> TimelineList? {
    let row = row(notBefore: name, bytes)
    guard row < count, self.name(row, bytes) == name else { return nil }
    return try list(row, bytes)
  }

  /// What is said of the name of `row`.
  func list(_ row: Int, _ bytes: RawSpan) throws(SummaryError) -> TimelineList {
    let start = lists &+ Int(starts.value(row, bytes))
    let end = lists &+ Int(starts.value(row + 1, bytes))
    guard start >= lists, start < end, end <= bytes.byteCount else {
      throw .damaged("a list lies outside")
    }
    return try TimelineList(start, end: end, level: level, bytes)
  }
}

/// Writes a timeline's summary.
struct TimelineWriter {
  private let level: Int
  private var names: [UInt32] = []
  private var starts: [UInt32] = [0]
  private var lists: [UInt8] = []
  /// Where the current name's list begins.
  private var begun = 0
  private var firsts: [UInt32] = []
  private var pieces: SummaryParts = []

  /// What a piece takes at most, unless it is one list: LMDB keeps it in two pages, with its header and a checksum.
  private static let pieceLimit = 8_192 - 16 - 8

  /// A summary of a range on `level`.
  init(level: Int) { self.level = level }

  /// Adds a name with all its positions, as distances from the range's first one.
  mutating func add(_ name: UInt32, _ positions: some Sequence<UInt64>, count: Int) {
    lists.append(varint: UInt64(count))
    var last: UInt64 = 0
    for position in positions {
      lists.append(varint: position - last)
      last = position
    }
    end(name)
  }

  /// Adds a name of which the children know more.
  mutating func add(_ name: UInt32, count: UInt64, mask: UInt64) {
    lists.append(varint: count)
    lists.append(varint: mask)
    end(name)
  }

  private mutating func end(_ name: UInt32) {
    // A name takes up to four bytes, and where its list begins up to two.
    let size =
      TimelineDirectory.header + PackedColumn.padding + lists.count + (names.count + 1) * 6 + 2
    if size > Self.pieceLimit, !names.isEmpty {
      let own = Array(lists[begun...])
      lists.removeLast(own.count)
      endPiece()
      lists = own
    }
    names.append(name)
    starts.append(UInt32(lists.count))
    begun = lists.count
  }

  private mutating func endPiece() {
    var writer = PackedWriter(header: TimelineDirectory.header)
    writer.set(TimelineDirectory.magic, at: 0)
    writer.set(UInt32(level), at: 4)
    writer.set(UInt32(names.count), at: 8)
    writer.column(names.count, descriptor: 16) { Int64(names[$0]) }
    writer.column(starts.count, descriptor: 32) { Int64(starts[$0]) }
    writer.set(UInt32(writer.end), at: 12)
    writer.append(lists)
    pieces.append(writer.bytes)
    firsts.append(names[0])
    names.removeAll(keepingCapacity: true)
    starts = [0]
    lists.removeAll(keepingCapacity: true)
  }

  /// The contents and the pieces.
  consuming func parts() -> SummaryParts {
    if !names.isEmpty { endPiece() }
    return [TimelineContents.bytes(firsts, level: level)] + pieces
  }
}
