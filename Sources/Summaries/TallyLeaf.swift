// Why: a leaf is built once from the log: its lines are gathered, sorted by day, and summed by key.

public import Events
internal import Ledger
internal import Wire

/// Gathers the events of one leaf of a tally.
public final class TallyLeaf<P: TallyProjection>: LeafBuilder {
  private var lines = TallyLines()
  private var first: Position = 1

  init() {}

  public func begin(_ positions: ClosedRange<Position>) {
    first = positions.lowerBound
    lines.removeAll()
  }

  public func take(_ record: borrowing RecordView) throws(SummaryError) {
    lines.offset = UInt32(truncatingIfNeeded: record.position &- first)
    P.lines(of: record, into: &lines)
  }

  public func finish<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, elders store: borrowing Source
  ) throws(SummaryError) -> [UInt8] {
    let strip = TallyStripWriter(lines)
    var header = TallyHeader()
    header.isNet = P.keepsNetOnly
    header.days = strip.span
    (header.firstEnd, header.lastStart) = strip.edges
    let sums = try lines.sums(net: P.keepsNetOnly)
    let keys = lines.keys
    var order = strip.order
    if P.keepsNetOnly {
      order.removeAll { sums[Int($0) * 4] == 0 && sums[Int($0) * 4 + 2] == 0 }
    }
    var writer = PackedWriter(header: TallyHeader.byteCount)
    header.table = TallyTable.write(
      order.count, isNet: P.keepsNetOnly, to: &writer, upper: { keys.uppers[Int(order[$0])] },
      lower: { keys.lowers[Int(order[$0])] }, sum: { sums[Int(order[$0]) * 4 + $1] })
    header.first = strip.write(to: &writer, sharing: P.keepsNetOnly ? nil : header.table + 8)
    return try header.finish(writer, range, tree, P.namespace, store)
  }
}
