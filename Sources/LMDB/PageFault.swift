// Why: "damaged" helps nobody. A fault names the page, the table, and which keys were to be found there, so that whoever knows the
// table can say what depends on it.

internal import CLMDB

/// A page of a data file that is not as LMDB writes it, or that contradicts the others.
public struct PageFault: Sendable, Hashable {
  /// The page's number. It lies at this number times the size of a page.
  public var page: UInt64
  /// The table that it belongs to; empty for the table of tables, `nil` for the list of free pages and for pages of nobody.
  public var table: String?
  /// What is wrong, in a sentence.
  public var message: String
  /// The least key that may stand there; `nil` for the table's first.
  public var lower: [UInt8]?
  /// The key before which its keys end; `nil` for the table's end.
  public var upper: [UInt8]?
}

extension Environment {
  /// Checks every page of the newest snapshot with plain reads: its number and kind, its keys and their order, its place in its tree, and
  /// that each page is in use once or free. What the values say is not looked at.
  ///
  /// The snapshot is held meanwhile, so that a program that records does not use its pages again.
  /// - Throws: ``StoreError`` when the file cannot be read at all; faults that were found are in the answer.
  public func checkPages() throws(StoreError) -> [PageFault] {
    try checking { check in
      check.run()
      return check.faults
    }
  }

  /// The names of all tables of the newest snapshot, of which this program may know less; what damage hides is left out.
  public func tableNames() throws(StoreError) -> [String] {
    try checking { $0.checkTables().map(\.name) }
  }

  private func checking<Answer>(
    _ body: (inout StructureCheck) -> Answer
  ) throws(StoreError) -> Answer {
    let file = try DataFile(path: "\(path)/data.mdb")
    while true {
      let answer = try read { (txn) throws(StoreError) in try file.inspect(txn.number, body) }
      // Two commits since the snapshot began have written over its head; the next snapshot is as good.
      if let answer { return answer }
    }
  }
}

extension DataFile {
  /// What `body` finds in the snapshot `transaction`; `nil` when its head is no longer there.
  fileprivate func inspect<Answer>(
    _ transaction: UInt64, _ body: (inout StructureCheck) -> Answer
  ) throws(StoreError) -> Answer? {
    let heads = try stableHeads()
    for head in [heads.newest, heads.older] where head.transaction == transaction {
      var check = StructureCheck(self, head, present: try present(head.pageSize))
      return body(&check)
    }
    if heads.newest.transaction < transaction {
      throw StoreError(MDB_CORRUPTED, "pread", path: path)
    }
    return nil
  }
}
