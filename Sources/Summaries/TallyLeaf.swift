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
    var strip = try TallyStripWriter(lines, summed: false)
    var header = TallyHeader()
    header.isNet = P.keepsNetOnly
    header.days = strip.span
    (header.firstEnd, header.lastStart) = strip.edges
    let sums = try lines.sums(net: P.keepsNetOnly)
    let rows = TallyColumns(lines.keys, strip.order, sums, withZeros: !P.keepsNetOnly)
    var writer = PackedWriter(header: TallyHeader.byteCount)
    header.table = TallyTable.write(rows, isNet: P.keepsNetOnly, to: &writer)
    if !P.keepsNetOnly { strip.share(table: header.table) }
    header.first = strip.write(to: &writer)
    return try header.finish(writer, range, tree, P.namespace, store)
  }
}
