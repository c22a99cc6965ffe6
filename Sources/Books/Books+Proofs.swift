// Why: an event that is in the books today must be provable to somebody who has nothing but a checkpoint and a key.

internal import EventLog
public import Events
internal import LMDB
public import Proofs
internal import Wire

extension Books {
  /// A proof that the event at `position` is among those of a signed checkpoint of these books.
  /// - Parameters:
  ///   - position: the event's.
  ///   - checkpoint: the signed note.
  /// - Throws: ``BooksError`` `.question` when the checkpoint does not reach so far, `.rewritten` when it is not of this history.
  public func proof(
    of position: Position, in checkpoint: SignedNote
  ) throws(BooksError) -> InclusionProof {
    let signed = try proven { () throws(ProofError) in try Checkpoint(checkpoint) }
    guard position >= 1, position <= signed.size else {
      throw BooksError(
        .question, "The checkpoint has \(signed.size) events, so not event \(position).",
        remedy: "Sign a new one with `diario checkpoint`, or ask for another position.")
    }
    try requireHistory(of: signed)
    let subtrees = LogSubtrees(log, size: signed.size)
    let record = try bytes(at: position)
    let path = try reading { () throws(LogError) in
      try subtrees.inclusionPath(position - 1, in: signed.size)
    }
    guard
      MerkleProof.root(of: .leaf(record.raw), at: position - 1, in: signed.size, path)
        == signed.root
    else { throw Self.damagedTree }
    return InclusionProof(
      index: position - 1, record: record, path: path, checkpoint: checkpoint)
  }

  /// A proof that a signed checkpoint of these books begins with their first `oldSize` events.
  public func proof(
    from oldSize: Position, to checkpoint: SignedNote
  ) throws(BooksError) -> ConsistencyProof {
    let signed = try proven { () throws(ProofError) in try Checkpoint(checkpoint) }
    guard oldSize <= signed.size else {
      throw BooksError(
        .question, "The checkpoint has \(signed.size) events, fewer than \(oldSize).",
        remedy: "Sign a new one with `diario checkpoint`, or give a smaller size.")
    }
    try requireHistory(of: signed)
    let path = try path(from: oldSize, to: signed.size)
    let oldRoot = try root(at: oldSize)
    guard MerkleProof.isConsistent(oldSize, oldRoot, signed.size, signed.root, path) else {
      throw Self.damagedTree
    }
    return ConsistencyProof(oldSize: oldSize, path: path, checkpoint: checkpoint)
  }

  /// The hashes that show that the first `size` events begin with the first `oldSize`.
  public func path(
    from oldSize: Position, to size: Position
  ) throws(BooksError) -> [MerkleHash] {
    let subtrees = LogSubtrees(log, size: size)
    return try reading { () throws(LogError) in
      try subtrees.consistencyPath(from: oldSize, to: size)
    }
  }

  /// The first `width` hashes of tile `index` of `level` of the tree (C2SP tlog-tiles).
  public func tile(
    _ level: Int, _ index: UInt64, width: Int
  ) throws(BooksError) -> [MerkleHash] {
    try reading { () throws(LogError) in try log.tile(level, index, width: width) }
  }

  /// The bytes of the record at `position`, as they are hashed.
  public func bytes(at position: Position) throws(BooksError) -> [UInt8] {
    var bytes: [UInt8] = []
    try log.scan(position...position) { (record) throws(BooksError) in
      bytes = record.bytes.bytes(0..<record.length)
      return false
    }
    if bytes.isEmpty {
      throw BooksError(
        .question, "There is no event \(position).", remedy: "Ask for one that there is.")
    }
    return bytes
  }

  /// Makes sure that these books begin with the events of `checkpoint`.
  /// - Throws: ``BooksError`` `.rewritten` when they do not, or end before it.
  public func requireHistory(of checkpoint: Checkpoint) throws(BooksError) {
    let size = try size()
    if size < checkpoint.size {
      throw BooksError(
        .rewritten,
        "The checkpoint of \(checkpoint.origin) has \(checkpoint.size) events, the books have \(size); "
          + "missing at the end: \(checkpoint.size - size).",
        remedy: "These are older books or another company's; look for the newer ones.")
    }
    if try root(at: checkpoint.size) != checkpoint.root {
      throw BooksError(
        .rewritten,
        "The first \(checkpoint.size) events are not those of the checkpoint of \(checkpoint.origin).",
        remedy: "The history was rewritten, or the checkpoint belongs to other books.")
    }
  }

  /// Whether these books begin with the events of `checkpoint`.
  public func continues(_ checkpoint: Checkpoint) throws(BooksError) -> Bool {
    do throws(BooksError) { try requireHistory(of: checkpoint) } catch {
      if error.code == .rewritten { return false }
      throw error
    }
    return true
  }

  private static var damagedTree: BooksError {
    BooksError(
      .damaged, "The tiles or the records do not lead to the root of the log.",
      remedy: "Run `diario verify`.")
  }
}

/// Runs `body`, turning a proof's error into the books'.
func proven<R>(_ body: () throws(ProofError) -> R) throws(BooksError) -> R {
  do throws(ProofError) { return try body() } catch {
    throw BooksError(.question, error.message, remedy: error.remedy)
  }
}
