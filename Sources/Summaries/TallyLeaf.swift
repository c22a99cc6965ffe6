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
  ) throws(SummaryError) -> SummaryParts {
    let strip = try TallyStripWriter(lines, summed: false)
    var header = TallyHeader()
    header.isNet = P.keepsNetOnly
    header.days = strip.span
    (header.firstEnd, header.lastStart) = strip.edges
    let sums = try lines.sums(net: P.keepsNetOnly)
    let rows = TallyColumns(lines.keys, strip.order, sums, withZeros: !P.keepsNetOnly)
    let table = TallyTable.bytes(rows, isNet: P.keepsNetOnly)
    let running = try header.addRunning(to: table, range, tree, P.namespace, store)
    return [header.bytes, table, strip.bytes, [], running]
  }
}
