// Why: summaries hold nothing that the log does not say. So a file of them that is damaged keeps nobody from asking or recording; and it is
// not repaired but taken away, and built again.

internal import EventLog
internal import LMDB

extension Books {
  /// Deletes the summaries of the books in the directory `path` if their file is damaged, so that they can be built again.
  /// - Returns: whether it was.
  /// - Throws: ``BooksError`` also when they may not be written to, or when a process has them open: what it maps must not change.
  public static func deleteDamagedViews(at path: String) throws(BooksError) -> Bool {
    // Of what is no books, or has lost its log, nothing is deleted.
    _ = try reading { () throws(LogError) in try LMDBLog(at: "\(path)/log", readOnly: true) }
    let views = "\(path)/views"
    do throws(StoreError) {
      guard try isDamaged(views) else { return false }
      try Environment.deleteData(in: views)
      return true
    } catch { throw BooksError(views: error) }
  }

  private static func isDamaged(_ views: String) throws(StoreError) -> Bool {
    do throws(StoreError) {
      // (Each is closed before the next one is opened.)
      let pages = try Environment(path: views, tables: [], mode: .readWrite).checkPages()
      if !pages.isEmpty { return true }
      _ = try ViewsStore(at: views, readOnly: true).soundCoverages()
      return false
    } catch {
      if error.code == .absent { return false }
      // Another version of LMDB may have written it: whoever has that can still read it.
      guard error.code.isDamage, error.code != .versionMismatch else { throw error }
      return true
    }
  }
}

extension ViewsStore {
  /// What the rows say of how far the summaries go.
  /// - Throws: ``StoreError`` `.damaged` also when one of them is.
  func soundCoverages() throws(StoreError) -> [CoverageRow] {
    let rows = try coverages()
    if let damaged = rows.filter({ $0.value == .damaged }).keys.min() {
      throw StoreError(
        .damaged, "read", "The row of \(damaged) is damaged.", remedy: "Build the summaries again.",
        table: "coverage", key: Array(damaged.utf8))
    }
    return Array(rows.values)
  }
}

extension BooksError {
  /// The error of the summaries' store, as the books'.
  init(views error: StoreError) {
    let (message, remedy) = error.ofViews
    self.init(BooksError(LogError(store: error)).code, message, remedy: remedy)
  }
}
