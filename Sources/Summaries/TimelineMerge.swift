// Why: a range's directory is its children's, joined: lists that stay short are concatenated, the others only say which
// children to ask. So a name that is everywhere costs a few bytes on each level, not its whole history again. The children's names
// rise, so one piece of each is in memory at a time, however many names there are.

internal import Ledger
internal import Wire

extension TimelineProjection {
  public static func leaf() -> TimelineLeaf<Self> { TimelineLeaf() }

  public static func merged<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, from store: borrowing Source
  ) throws(SummaryError) -> SummaryParts {
    var children: [TimelineWalk] = []
    for child in tree.children(of: range) {
      children.append(try TimelineWalk(namespace, child, store))
    }
    var writer = TimelineWriter(level: range.level)
    let span = UInt64(tree.span(ofLevel: range.level - 1))
    var joined = JoinedList()
    while let name = children.lazy.compactMap(\.name).min() {
      for place in children.indices where children[place].name == name {
        try children[place].withList { (list, bytes) throws(SummaryError) in
          try joined.add(list, bytes, place: place, span: span)
        }
        try children[place].advance(store)
      }
      joined.write(name, to: &writer)
    }
    return writer.parts()
  }
}

/// The lists of one name in the children, joined. It serves for name after name, so that none needs memory of its own.
private struct JoinedList {
  private static let limit = UInt64(TimelineDirectory.inlineLimit)
  private var count: UInt64 = 0
  private var mask: UInt64 = 0
  /// The first positions.
  private var positions: [UInt64] = []

  /// Takes the list of the child at `place`; each child has `span` positions.
  mutating func add(
    _ list: TimelineList, _ bytes: RawSpan, place: Int, span: UInt64
  ) throws(SummaryError) {
    mask |= 1 << UInt64(place)
    if list.children == nil {
      var list = list
      for _ in 0..<min(list.count, Self.limit - min(Self.limit, count)) {
        let offset = try list.next(bytes)
        guard offset < span else { throw .damaged("a position lies outside its range") }
        positions.append(offset + UInt64(place) * span)
      }
    }
    let (sum, overflow) = count.addingReportingOverflow(list.count)
    if overflow { throw .damaged("a history is longer than any log") }
    count = sum
  }

  /// Writes it as the list of `name`, and is empty again.
  mutating func write(_ name: NameID, to writer: inout TimelineWriter) {
    if count <= Self.limit {
      writer.add(name.raw, positions, count: Int(count))
    } else {
      writer.add(name.raw, count: count, mask: mask)
    }
    (count, mask) = (0, 0)
    positions.removeAll(keepingCapacity: true)
  }
}

/// The names of a stored timeline, one after the other.
private struct TimelineWalk {
  private let namespace: String
  private let range: SummaryRange
  /// How many pieces there are, and the one that is in memory.
  private let pieces: Int
  private var piece = 0
  private var bytes: [UInt8] = []
  private var directory: TimelineDirectory?
  private var row = 0
  /// The name that has been reached; `nil` behind the last one.
  private(set) var name: NameID?

  /// At the first name of the timeline of `range`, which must be there.
  init<Source: SummarySource & ~Copyable & ~Escapable>(
    _ namespace: String, _ range: SummaryRange, _ store: borrowing Source
  ) throws(SummaryError) {
    self.namespace = namespace
    self.range = range
    let pieces = try store.get(namespace, range, part: 0) { (bytes) throws(SummaryError) in
      try TimelineContents(bytes).count
    }
    guard let pieces else { throw .missing(range, namespace) }
    self.pieces = pieces
    try advance(store)
  }

  /// Lends what is said of the name that has been reached.
  func withList(
    _ body: (TimelineList, RawSpan) throws(SummaryError) -> Void
  ) throws(SummaryError) {
    guard let directory else { return }
    let span = bytes.raw
    try body(try directory.list(row, span), span)
  }

  /// Goes on to the next name.
  mutating func advance<Source: SummarySource & ~Copyable & ~Escapable>(
    _ store: borrowing Source
  ) throws(SummaryError) {
    row += 1
    while row >= directory?.count ?? 0 {
      guard piece < pieces else {
        name = nil
        return
      }
      piece += 1
      row = 0
      let copy = try store.get(namespace, range, part: piece) { $0.bytes(0..<$0.byteCount) }
      guard let copy else { throw .missing(range, namespace) }
      bytes = copy
      directory = try TimelineDirectory(bytes.raw)
    }
    guard let next = directory?.name(row, bytes.raw) else { return }
    if let name, next <= name { throw .damaged("the names do not rise") }
    name = next
  }
}
