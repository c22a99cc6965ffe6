// Why: building is a loop over ranges, the same while recording, in a rebuild and after an interruption: what is there already is
// passed over, and what is missing depends on the log and on finished summaries only. All leaves of a range are
// gathered in one pass over the log.

internal import Events

/// Builds summaries.
public enum SummaryBuild {
  /// Builds what is missing of `ranges`, which come in the order of ``SummaryTree/completed(from:to:)`` or are one of the
  /// groups of ``SummaryTree/groups(from:to:)``; answers how many summaries were written.
  /// - Throws: ``SummaryError``, which names the projection whose own failure it is; what was written before stays and
  ///   is valid.
  @discardableResult
  public static func build<Store, Log>(
    _ projections: [any Projection.Type], _ ranges: [SummaryRange],
    tree: SummaryTree = .standard, in store: inout Store, log: borrowing Log
  ) throws(SummaryError) -> Int
  where
    Store: SummaryStore & ~Copyable & ~Escapable, Log: RecordSource & ~Copyable & ~Escapable
  {
    var written = 0
    var leaves: [any LeafBuilder]?
    for range in ranges {
      var missing: [Int] = []
      for (index, projection) in projections.enumerated() {
        let namespace = projection.namespace
        let isThere = try SummaryError.blaming(namespace) { () throws(SummaryError) in
          try store.get(namespace, range) { _ in true }
        }
        if isThere == nil { missing.append(index) }
      }
      if missing.isEmpty { continue }
      written += missing.count
      if range.level > 0 {
        for index in missing {
          let parts = try SummaryError.blaming(projections[index].namespace) {
            () throws(SummaryError) in
            try projections[index].merged(range, tree, from: store)
          }
          try store.put(projections[index].namespace, range, parts)
        }
        continue
      }
      let builders = leaves ?? projections.map { $0.leaf() }
      leaves = builders
      let positions = tree.positions(of: range)
      for index in missing { builders[index].begin(positions) }
      try log.scan(positions) { (record) throws(SummaryError) in
        for index in missing {
          do throws(SummaryError) { try builders[index].take(record) } catch {
            throw error.of(projections[index].namespace)
          }
        }
      }
      for index in missing {
        let parts = try SummaryError.blaming(projections[index].namespace) {
          () throws(SummaryError) in
          try builders[index].finish(range, tree, elders: store)
        }
        try store.put(projections[index].namespace, range, parts)
      }
    }
    return written
  }
}
