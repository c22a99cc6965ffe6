// Why: a leaf gathers names and positions as they come, numbers the names, and sorts once at the end.

public import Events
internal import Ledger

/// Gathers the events of one leaf of a timeline.
public final class TimelineLeaf<P: TimelineProjection>: LeafBuilder {
  private var lists = NameLists()
  private var list = NameList()
  private var first: Position = 1

  init() {}

  public func begin(_ positions: ClosedRange<Position>) {
    first = positions.lowerBound
    lists.removeAll()
  }

  public func take(_ record: borrowing RecordView) throws(SummaryError) {
    P.names(of: record, into: &list)
    let offset = UInt32(truncatingIfNeeded: record.position &- first)
    for name in list.names { lists.add(name.raw, offset) }
    list.removeAll()
  }

  public func finish<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, elders store: borrowing Source
  ) throws(SummaryError) -> SummaryParts {
    lists.parts()
  }
}

/// Names and, for each, the rising offsets of its events: a linked list through one array.
struct NameLists {
  private struct Link {
    var offset: UInt32
    /// The index of the next link of the same name; -1 at the end.
    var next: Int32
  }
  private struct Ends {
    var first: Int32
    var last: Int32
    var count: Int32
  }
  private var keys = KeyIndex()
  private var ends: [Ends] = []
  private var links: [Link] = []

  /// Adds an offset, which is not less than the last one; the same one counts once.
  mutating func add(_ name: UInt32, _ offset: UInt32) {
    let number = keys.number(of: UInt64(name), 0)
    let index = Int32(links.count)
    if number == ends.count {
      ends.append(Ends(first: index, last: index, count: 1))
    } else {
      let last = Int(ends[number].last)
      if links[last].offset == offset { return }
      links[last].next = index
      ends[number].last = index
      ends[number].count += 1
    }
    links.append(Link(offset: offset, next: -1))
  }

  mutating func removeAll() {
    keys.removeAll()
    ends.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
  }

  func parts() -> SummaryParts {
    var writer = TimelineWriter(level: 0)
    var offsets: [UInt64] = []
    for number in keys.sorted() {
      let ends = ends[Int(number)]
      offsets.removeAll(keepingCapacity: true)
      var link = ends.first
      while link >= 0 {
        offsets.append(UInt64(links[Int(link)].offset))
        link = links[Int(link)].next
      }
      writer.add(
        UInt32(truncatingIfNeeded: keys.uppers[Int(number)]), offsets, count: Int(ends.count))
    }
    return writer.parts()
  }
}
