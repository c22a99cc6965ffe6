// Why: restored books either are complete or do not open. They grow under a name that no program takes for books, and are given their
// own when the last record is durable and the root is the one that it must be.

internal import EventLog
public import Events
internal import LMDB
internal import Ledger
internal import Platform
public import Proofs
internal import Wire

extension Backup {
  /// What may lie in the directory before: a lock that is worth nothing, and the keys of personal data, which no backup has.
  private static let harmless: Set = [LMDBLog.unfinishedName, "writer.lock", "keys"]
  /// So many bytes are restored in one commit.
  private static let frameBytes = 4 << 20

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
    try Self.require(target: directory)
    try Self.createDirectory(directory)
    let lock = try Self.lock("\(directory)/writer.lock")
    try Self.require(target: directory)
    let log = "\(directory)/\(LMDBLog.unfinishedName)"
    try filing { () throws(FileFailure) in try Files.deleteDirectory(log) }
    let root = try fill(log, through: last, signed, progress)
    try filing { () throws(FileFailure) in try Files.move(log, to: "\(directory)/log") }
    _ = consume lock
    return root
  }

  private func requireEvents(_ last: Position, isAll: Bool) throws(BackupError) {
    // Faults behind the position do not matter; without a position nobody knows what they hide.
    if isAll, let fault = faults.first {
      throw BackupError(
        fault.code, fault.message,
        remedy: "\(fault.remedy) Events 1 to \(end) can be restored with --to \(end).")
    }
    guard last >= 1, last <= end else {
      throw BackupError(
        .position,
        end == 0
          ? "There are no events in \(path)." : "\(path) has events 1 to \(end), not \(last).",
        remedy: "Name the right directory, or a position that it has.")
    }
  }

  /// Refuses a directory that holds anything but what an interrupted restore leaves behind.
  private static func require(target directory: String) throws(BackupError) {
    guard Files.exists(directory) else { return }
    let names = try filing { () throws(FileFailure) in try Files.names(in: directory) }
    if names.contains("log") {
      throw BackupError(
        .wrongTarget, "There are books in \(directory) already.",
        remedy: "Restore into a new directory, compare, and move the old books away.")
    }
    if let other = names.sorted().first(where: { !harmless.contains($0) }) {
      throw BackupError(
        .wrongTarget, "\(directory) is not empty: there is \(other).",
        remedy: "Restore into a new directory.")
    }
  }

  private static func shorter(_ last: Position, _ signed: Checkpoint) -> BackupError {
    BackupError(
      .otherHistory,
      "The last checkpoint that was signed has \(signed.size) events, the restored books would have \(last): "
        + "the last \(signed.size - last) would be missing.",
      remedy:
        "Look for a newer backup. If there is none, restore with --despite-checkpoint; before anything is signed again, "
        + "`diario checkpoint --new-incarnation REASON` must record why.")
  }

  /// Lays the records up to `last` into a new log at `path`.
  private func fill(
    _ path: String, through last: Position, _ signed: Checkpoint?,
    _ progress: (_ done: UInt64, _ of: UInt64) -> Void
  ) throws(BackupError) -> MerkleHash {
    let log = try logging { () throws(LogError) in
      try LMDBLog.create(at: path, identity: Identity.bytes(segments[0].identity) ?? [])
      return try LMDBLog(at: path)
    }
    var frame = Frame()
    var root = MerkleHash.empty
    func append() throws(BackupError) {
      let size = try logging { () throws(LogError) in
        let size = try log.head().size
        return try log.append(frame, expecting: size).size
      }
      frame = Frame()
      progress(size, last)
    }
    for (index, header) in segments.enumerated() where header.positions.lowerBound <= last {
      var reader = try SegmentReader(path: files[index])
      try reader.read(after: at(before: index)) { (record, tree) throws(BackupError) in
        if let signed, tree.size == signed.size, tree.root != signed.root {
          throw BackupError(
            .otherHistory,
            "The first \(signed.size) events of the backup are not those of the last signed checkpoint.",
            remedy: "It is a backup of another history: look for the right one.")
        }
        guard record.position <= last else { return }
        frame.append(record)
        if record.position == last { root = tree.root }
        if frame.bytes.count >= Self.frameBytes { try append() }
      }
    }
    if frame.count > 0 { try append() }
    let head = try logging { () throws(LogError) in try log.head() }
    guard head.size == last, head.root == root else {
      throw BackupError(
        .damaged, "The restored log has another root than the records have.",
        remedy: "Check the disk of the new books, and restore again.")
    }
    return root
  }
}
