// Why: what was signed cannot be taken back. So before signing, what was committed is read again and hashed again, and compared
// with the last checkpoint that was signed: two histories under one name are never signed. (A log of the web's certificates
// died of one flipped bit that it had signed.)

internal import EventLog
public import Events
internal import Ledger
public import Proofs
internal import Wire

extension Books {
  /// A signed checkpoint of all events.
  ///
  /// - Parameters:
  ///   - key: the secret key of the first incarnation.
  ///   - last: the last checkpoint that it signed, kept outside the books; of no events at first.
  ///   - progress: is told how many of how many events were hashed again.
  /// - Throws: ``BooksError`` `.rewritten` when the books do not continue `last`; `.damaged` when hashing again gives another root.
  public func checkpoint(
    _ key: SigningKey, after last: SignedNote,
    progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws(BooksError) -> SignedNote {
    let start: Position
    switch try standing(key, after: last) {
    case .continues(let signed): start = signed
    case .forks(_, let error): throw error
    }
    let key = try self.key(key)
    let head = try reading { () throws(LogError) in try log.head() }
    try hashAgain(from: start, head, progress)
    return try proven { () throws(ProofError) in
      try key.sign(Checkpoint(origin: key.name, size: head.size, root: head.root).body)
    }
  }

  /// Reads the records behind the first `start` again, and makes sure that they lead to the root of `head`.
  private func hashAgain(
    from start: Position, _ head: LogHead,
    _ progress: (_ done: UInt64, _ of: UInt64) -> Void
  ) throws(BooksError) {
    guard try rootAgain(from: start, to: head.size, progress) == head.root else {
      throw BooksError(
        .damaged,
        "Reading the log again gives another root than its head says. Nothing was signed.",
        remedy: "Run `diario verify`.")
    }
  }

  /// The root over the first `size` records, those behind the first `start` read and hashed again.
  private func rootAgain(
    from start: Position, to size: Position, _ progress: (_ done: UInt64, _ of: UInt64) -> Void
  ) throws(BooksError) -> MerkleHash {
    let subtrees = LogSubtrees(log, size: size)
    var tree = try reading { () throws(LogError) in try MerkleTree(subtrees, size: start) }
    if start < size {
      try log.scan(start + 1...size) { (record) throws(BooksError) in
        tree.append(.leaf(record.bytes)) { _, _ in }
        if record.position % 4_096 == 0 { progress(record.position - start, size - start) }
        return true
      }
    }
    return tree.root
  }

  /// Reads the first `size` records and makes sure that they are those that `root` was made of, whatever stored hashes say.
  /// - Parameters:
  ///   - size: how many records are read.
  ///   - root: the Merkle root that they must have.
  ///   - progress: is told how many of how many events were hashed.
  /// - Throws: ``BooksError`` `.rewritten` when they are others, or fewer.
  public func requireRecords(
    _ size: Position, root: MerkleHash,
    progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws(BooksError) {
    let last = try self.size()
    if last < size {
      throw BooksError(
        .rewritten,
        "\(path) has \(last) events, \(size) are needed; missing at the end: \(size - last).",
        remedy: "These are older books or another company's; look for the newer ones.")
    }
    guard try rootAgain(from: 0, to: size, progress) == root else {
      throw BooksError(
        .rewritten, "The first \(size) events of \(path) are not those of the root \(root).",
        remedy: "The history was rewritten, or these are another company's books.")
    }
  }
}
