// Why: a custom summary brings its own monoid; the tree does the rest.

public import Events

/// Gathers the events of one leaf into a custom summary.
public final class SummaryLeaf<P: SummaryProjection>: LeafBuilder {
  private var summary = P.Summary.empty

  init() {}

  public func begin(_ positions: ClosedRange<Position>) { summary = .empty }

  public func take(_ record: borrowing RecordView) throws(SummaryError) {
    try summary.add(record)
  }

  public func finish<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, elders store: borrowing Source
  ) throws(SummaryError) -> SummaryParts {
    [summary.encoded()]
  }
}

extension SummaryProjection {
  public static func leaf() -> SummaryLeaf<Self> { SummaryLeaf() }

  public static func merged<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, from store: borrowing Source
  ) throws(SummaryError) -> SummaryParts {
    var sum = Summary.empty
    for child in tree.children(of: range) {
      let part = try store.get(namespace, child) { (bytes) throws(SummaryError) in
        try Summary.decoded(bytes)
      }
      guard let part else { throw .missing(child, namespace) }
      try sum.merge(part)
    }
    return [sum.encoded()]
  }

  /// The summary of the prefix 1…`knownAt`.
  /// - Throws: ``SummaryError`` of the summary, the store or the log.
  public static func summary<Source, Log>(
    knownAt: Position, tree: SummaryTree = .standard, in store: borrowing Source,
    log: borrowing Log
  ) throws(SummaryError) -> Summary
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    var sum = Summary.empty
    let (ranges, tail) = tree.prefix(knownAt)
    for range in ranges { try add(range, to: &sum, tree, store, log) }
    if let tail { try scan(tail, to: &sum, log) }
    return sum
  }

  private static func add<Source, Log>(
    _ range: SummaryRange, to sum: inout Summary, _ tree: SummaryTree, _ store: borrowing Source,
    _ log: borrowing Log
  ) throws(SummaryError)
  where
    Source: SummarySource & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    let part = try store.get(namespace, range) { (bytes) throws(SummaryError) in
      try Summary.decoded(bytes)
    }
    if let part {
      try sum.merge(part)
    } else if range.level > 0 {
      for child in tree.children(of: range) { try add(child, to: &sum, tree, store, log) }
    } else {
      try scan(tree.positions(of: range), to: &sum, log)
    }
  }

  private static func scan<Log: RecordSource & ~Copyable & ~Escapable>(
    _ positions: ClosedRange<Position>, to sum: inout Summary, _ log: borrowing Log
  ) throws(SummaryError) {
    // A summary of its own, so that the answer is the same whether a leaf is built or not.
    var part = Summary.empty
    try log.scan(positions) { (record) throws(SummaryError) in try part.add(record) }
    try sum.merge(part)
  }
}
