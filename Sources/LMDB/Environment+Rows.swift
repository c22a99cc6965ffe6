// Why: a check reads a whole table, and must tell which rows are damaged and go on. Each read transaction covers some of the rows
// and no more, so that no reader lives long.

extension Environment {
  /// Shows every row of `table` in the order of their keys; those that fail their checksum by their key alone.
  public func forEachRow(
    of table: Table, _ body: (_ key: RawSpan, _ value: RawSpan) -> Void,
    damaged: (_ key: [UInt8]) -> Void
  ) throws(StoreError) {
    try forEachRow(of: table, body) { key, _ in damaged(key) }
  }

  /// The same; those that fail their checksum with what is left of their value. Pages must have been checked: whether there are so many
  /// bytes, only the page says.
  public func forEachRow(
    of table: Table, _ body: (_ key: RawSpan, _ value: RawSpan) -> Void,
    remains: (_ key: [UInt8], _ value: [UInt8]) -> Void
  ) throws(StoreError) {
    var last: [UInt8]?
    while let next = try rows(of: table, behind: last, body, remains) {
      // Pages that lead back to where the reading was would be read for ever.
      if let last, !last.lexicographicallyPrecedes(next) {
        throw StoreError.damaged(table.name, next)
      }
      last = next
    }
  }

  /// Shows some rows behind the key `last`, and returns the key of the last one; `nil` at the end.
  private func rows(
    of table: Table, behind last: [UInt8]?, _ body: (RawSpan, RawSpan) -> Void,
    _ remains: ([UInt8], [UInt8]) -> Void
  ) throws(StoreError) -> [UInt8]? {
    try read { (txn) throws(StoreError) in
      var cursor = try txn.cursor(over: table)
      var isBehind = last == nil
      for left in stride(from: 65_536, through: 0, by: -1) {
        do throws(StoreError) {
          let entry: Entry?
          if !isBehind, let last {
            entry = try cursor.seek(atLeast: last)
          } else {
            entry = try cursor.next()
          }
          guard let entry else { return nil }
          // The row itself was shown; what takes its place when it is gone was not.
          if isBehind || entry.key.copy != last { body(entry.key, entry.value) }
          isBehind = true
          if left == 0 { return entry.key.copy }
        } catch {
          guard error.code == .damaged, error.table == table.name, !error.key.isEmpty else {
            throw error
          }
          if isBehind || error.key != last { remains(error.key, try cursor.remains()) }
          isBehind = true
          if left == 0 { return error.key }
        }
      }
      return nil
    }
  }
}
