// Why: what the records say of names and keys must be all that the tables say of them, and where records are lost, the tables still know
// what they brought.

internal import Events
internal import LMDB
internal import Ledger
internal import Wire

extension Verifier {
  mutating func checkIndexes(
    _ contents: RangeContents, _ lost: [ClosedRange<Position>],
    _ sums: [Index: IndexSum]
  ) throws(LogError) {
    var intact: [ClosedRange<Position>] = []
    var next: Position = 1
    for range in lost {
      if next < range.lowerBound { intact.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= size { intact.append(next...size) }
    for index in indexes {
      guard let found = sums[index] else { continue }
      let expected = index == .keys ? contents.keys : contents.names
      if found.sum != expected || found.damaged > 0 {
        try IndexCheck(index, log, size, seed, findings).compare(intact)
      }
    }
    result.names = contents.names.count
    result.keys = contents.keys.count
  }

  mutating func checkCounts(_ contents: RangeContents) throws(LogError) {
    guard contents.isWhole, !unreadable.contains("counts") else { return }
    for kind in NameKind.allCases {
      let expected = contents.sequences[Int(kind.rawValue)]?.upperBound ?? 0
      do throws(LogError) {
        let count = try log.count(of: kind)
        if count == expected { continue }
        ifStill.append(
          .log(
            "The table counts says \(count) names of the kind \(kind.label), the records bring \(expected).",
            affects: "The next name of that kind would get a wrong number; all events are whole."))
      } catch {
        guard error.isDamage else { throw error }
        findings.add(
          .log(
            "The row of the table counts for the kind \(kind.label) is damaged.",
            affects: "No name of that kind can be added; all events are whole."))
      }
    }
  }

  /// Tables may have no rows beyond those that were compared.
  mutating func checkRows(_ contents: RangeContents) throws(LogError) {
    guard contents.isWhole else { return }
    let blocks = try log.rows(in: log.tables.blocks)
    if blocks != contents.blocks {
      ifStill.append(
        .log("There are \(blocks) blocks; \(contents.blocks) hold the \(size) events of the head."))
    }
    let kinds = UInt64(contents.sequences.count { $0 != nil })
    for (name, table, expected) in [
      ("counts", log.tables.counts, kinds), ("head", log.tables.head, 1),
    ] {
      let rows = try log.rows(in: table)
      if rows != expected {
        ifStill.append(.log("The table \(name) has \(rows) rows instead of \(expected)."))
      }
    }
  }

  /// Nothing may lie behind the last event: it would be taken for one that was recorded.
  mutating func checkBehind(_ contents: RangeContents, _ sums: [Index: IndexSum]) {
    if contents.hasMore {
      ifStill.append(
        .log(
          "Behind event \(size), the last that the head counts, there is more in its block.",
          affects: "Nothing can be recorded."))
    }
    for (index, found) in sums.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where found.behind > 0 {
      ifStill.append(
        .log(
          "The table \(index.rawValue) has \(found.behind) \(found.behind == 1 ? "row" : "rows") of events behind the last one, \(size).",
          affects: "Names or keys that no event brought would be taken for known."))
    }
  }

  /// The log may have no tables that the format does not have; of a newer format nobody here knows.
  func checkTables() throws(LogError) {
    if row.isNewer { return }
    let names = try store { () throws(StoreError) in try log.environment.tableNames() }
    for name in names where !LogTables.names.contains(name) {
      findings.add(
        .log(
          "The log has a table \"\(name.printable)\", which is none of the format's.",
          affects: "Diario does not read it; another program has written to the log."))
    }
  }

  /// Tells what the events brought that cannot be read: the tables of names still know.
  func nameWhatIsLost(_ lost: [ClosedRange<Position>]) throws(LogError) {
    guard indexes.contains(.names) else { return }
    var names: [String] = []
    try store { () throws(StoreError) in
      try log.environment.forEachRow(of: log.tables.names) { key, value in
        guard let row = Index.names.content(key, value),
          lost.cover(row.position)
        else { return }
        names.append(Index.names.title(key.bytes(0..<key.byteCount)))
      } damaged: { _ in
      }
    }
    guard !names.isEmpty else { return }
    let shown = names.prefix(10).joined(separator: ", ")
    let more = names.count > 10 ? " and \(names.count - 10) more" : ""
    findings.add(
      .log(
        "The events that cannot be read brought \(names.count) names.",
        affects: "What they say of \(shown)\(more) is missing."))
  }
}
