// Why: one file may hold blocks of two histories of the same books: of books that went their own way after a restore, put together by a
// copy or a mirror. Each block has its own checksum and its own node, and only the tree and the moments tell them apart.

public import Events
internal import Ledger
internal import Proofs

extension LogRemains {
  /// If the records before the first missing one are not the head's, those go that the tree contradicts, also where a node leads to them.
  func keepOneHistory() {
    guard prefixContinues == false else { return }
    isMixed = true
    for index in runs.indices { runs[index].isLive = false }
    readRecords()
    proveTail()
    forgetSubtrees()
  }

  private var prefixContinues: Bool? {
    // Behind a head that is older than what was found, there is nothing to compare with.
    let size = min(intactPrefix, head?.size ?? 0)
    if size == 0 { return nil }
    var tree = MerkleTree()
    forEachRecord(in: 1...size) { tree.append(.leaf($0.bytes)) { _, _ in } }
    return continues(tree.root, size)
  }

  /// The last position before which nothing is missing, and each event comes later than the one before, as those of one history do.
  public func orderedPrefix() -> Position {
    var (position, last): (Position, Instant?) = (0, nil)
    let size = intactPrefix
    if size == 0 { return 0 }
    var isOrdered = true
    forEachRecord(in: 1...size) { record in
      isOrdered = isOrdered && last.map { $0 < record.at } ?? true
      if isOrdered { (position, last) = (record.position, record.at) }
    }
    return position
  }
}
