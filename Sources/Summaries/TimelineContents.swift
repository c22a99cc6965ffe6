// Why: a timeline's directory is cut into pieces; whoever asks for a name reads the contents, which are short, and one piece.
// (The bytes are described in TimelineBytes.swift.)

internal import Events
internal import Ledger
internal import Wire

/// Which names are in which piece of a timeline's directory.
struct TimelineContents {
  static let magic: UInt32 = 0x324c_4d54
  static let header = 32

  /// How many pieces there are: parts 1…count.
  let count: Int
  private let firsts: PackedColumn

  init(_ bytes: RawSpan) throws(SummaryError) {
    guard bytes.byteCount >= Self.header, bytes.load(0, as: UInt32.self) == Self.magic else {
      throw .damaged("it is no timeline")
    }
    count = Int(bytes.load(8, as: UInt32.self))
    firsts = try PackedColumn(at: 16, count: count, in: bytes)
    guard count <= 1 || firsts.width > 0 else { throw .damaged("there are more pieces than bytes") }
  }

  /// The part that has `name` if any does, or the first one; 0 when there is none.
  func part(of name: NameID, _ bytes: RawSpan) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if firsts.value(middle, bytes) <= Int64(name.raw) { low = middle + 1 } else { high = middle }
    }
    return max(low, min(count, 1))
  }

  /// The bytes of the contents of pieces that begin with these names.
  static func bytes(_ firsts: [UInt32], level: Int) -> [UInt8] {
    var writer = PackedWriter(header: header)
    writer.set(magic, at: 0)
    writer.set(UInt32(level), at: 4)
    writer.set(UInt32(firsts.count), at: 8)
    writer.column(firsts.count, descriptor: 16) { Int64(firsts[$0]) }
    return writer.bytes
  }
}

extension SummarySource where Self: ~Copyable & ~Escapable {
  /// Shows the pieces of the timeline of `range` in order, from the one that may have `name`, until `body` answers false;
  /// answers whether the timeline is there.
  func forEachTimelinePiece(
    _ namespace: String, _ range: SummaryRange, from name: NameID = .none,
    _ body: (TimelineDirectory, RawSpan) throws(SummaryError) -> Bool
  ) throws(SummaryError) -> Bool {
    let found = try get(namespace, range, part: 0) { (bytes) throws(SummaryError) in
      let contents = try TimelineContents(bytes)
      return (first: contents.part(of: name, bytes), last: contents.count)
    }
    guard let found else { return false }
    guard found.first > 0 else { return true }
    for part in found.first...found.last {
      if try !timelinePiece(namespace, range, part, body) { break }
    }
    return true
  }

  /// Shows what the timeline of `range` says of each of the rising `names` whose places are in `rows`, as far as they occur;
  /// answers whether the timeline is there. A piece is read once for all names that it may have.
  func forEachTimelineList(
    _ namespace: String, _ range: SummaryRange, of names: [NameID], _ rows: [Int],
    _ body: (_ row: Int, TimelineList, RawSpan) throws(SummaryError) -> Void
  ) throws(SummaryError) -> Bool {
    let parts = try get(namespace, range, part: 0) { (bytes) throws(SummaryError) in
      let contents = try TimelineContents(bytes)
      return rows.map { contents.part(of: names[$0], bytes) }
    }
    guard let parts else { return false }
    var next = 0
    while next < rows.count {
      let part = parts[next]
      let end = parts[next...].firstIndex { $0 != part } ?? parts.endIndex
      if part > 0 {
        try timelinePiece(namespace, range, part) { (piece, bytes) throws(SummaryError) in
          for row in rows[next..<end] {
            if let list = try piece.list(of: names[row], bytes) { try body(row, list, bytes) }
          }
        }
      }
      next = end
    }
    return true
  }

  private func timelinePiece<Answer>(
    _ namespace: String, _ range: SummaryRange, _ part: Int,
    _ body: (TimelineDirectory, RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer {
    let answer = try get(namespace, range, part: part) { (bytes) throws(SummaryError) in
      try body(try TimelineDirectory(bytes), bytes)
    }
    guard let answer else { throw .missing(range, namespace) }
    return answer
  }
}
