// Why: restoring is reading the segments once more, up to a position. What is refused is refused before anything is written.

public import Events
internal import Ledger
internal import Platform
public import Proofs
internal import Wire

extension Backup {
  /// Makes books of the first events of this backup.
  ///
  /// - Parameters:
  ///   - position: the last event that they shall have; all that there are when absent.
  ///   - directory: where the books shall be: absent, empty, or left behind by a restore that was interrupted.
  ///   - signed: the last checkpoint that was signed; the books must continue it.
  ///   - progress: is told how many of how many events are done.
  /// - Returns: the root over the restored events.
  /// - Throws: ``BackupError`` `.wrongTarget`, `.position`, `.otherHistory` when the books would not continue `signed`, `.damaged`.
  public func restore(
    to position: Position? = nil, into directory: String, after signed: Checkpoint? = nil,
    progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws(BackupError) -> MerkleHash {
    let last = position ?? end
    try requireEvents(last, isAll: position == nil)
    if let signed, signed.size > last { throw Self.shorter(last, signed) }
    var books = try BooksBeingMade(directory, identity: segments[0].identity)
    let root = try fill(&books, through: last, signed, progress)
    try books.finish(root)
    return root
  }

  private func requireEvents(_ last: Position, isAll: Bool) throws(BackupError) {
    // Faults behind the position do not matter. What they hide nobody knows: so they do without a position, and for one behind them.
    if isAll || last > end, let fault = faults.first { throw fault.advising(restoreTo: end) }
    try requireSegments()
    guard last >= 1, last <= end else {
      throw BackupError(
        .position,
        end == 0
          ? "\(path) has no event that can be restored."
          : "\(path) has events 1 to \(end), not \(last).",
        remedy: "Name the right directory, or a position that it has.")
    }
  }

  private static func shorter(_ last: Position, _ signed: Checkpoint) -> BackupError {
    BackupError(
      .otherHistory,
      "The last checkpoint that was signed has \(signed.size) events, the restored books would have \(last); "
        + "missing at the end: \(signed.size - last).",
      remedy:
        "Look for a newer backup. If there is none, restore with --despite-checkpoint; before anything is signed again, "
        + "`diario checkpoint --new-incarnation REASON` must record why.")
  }

  /// Lays the records up to `last` into new books; the root over them.
  private func fill(
    _ books: inout BooksBeingMade, through last: Position, _ signed: Checkpoint?,
    _ progress: (_ done: UInt64, _ of: UInt64) -> Void
  ) throws(BackupError) -> MerkleHash {
    var root = MerkleHash.empty
    for (index, header) in segments.enumerated() where header.positions.lowerBound <= last {
      do throws(BackupError) {
        var reader = try SegmentReader(path: files[index])
        try reader.read(after: at(before: index)) { (record, tree) throws(BackupError) in
          if let signed, tree.size == signed.size, tree.root != signed.root {
            throw BackupError(
              .otherHistory,
              "The first \(signed.size) events of the backup are not those of the last signed checkpoint.",
              remedy: "It is a backup of another history: look for the right one.")
          }
          guard record.position <= last else { return }
          try books.append(record)
          if record.position == last { root = tree.root }
          if record.position % 4_096 == 0 { progress(record.position, last) }
        }
      } catch {
        // Not where the new books cannot be written: there no position helps.
        throw error.code == .damaged
          ? error.advising(restoreTo: header.positions.lowerBound - 1) : error
      }
    }
    return root
  }
}

extension BackupError {
  /// This error of a file of a backup, its remedy naming what there is before it.
  fileprivate func advising(restoreTo end: Position) -> BackupError {
    // Which of two histories is wanted is not known here.
    guard end > 0, code != .otherHistory else { return self }
    return BackupError(
      code, message, remedy: "\(remedy) Events 1 to \(end) can be restored with --to \(end).")
  }
}
