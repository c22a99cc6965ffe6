// Why: a hot backup is a prefix of the log, and a prefix never changes. So nobody has to wait while it is made: the records are read in
// pages, each in a short transaction of its own, written, made durable, read again, and only then does the file get its name.

public import EventLog
internal import Events
internal import LMDB
public import Ledger
internal import Platform
public import Proofs
internal import Wire

extension Backup {
  /// So many bytes are read from the log in one transaction, and then written.
  private static let page = 4 << 20

  /// Adds what `log` has and the backup in the directory `path` has not, which is made when it is absent.
  ///
  /// - Parameters:
  ///   - checkpoint: signed by the key of these books; the backup then goes exactly so far. Without one it goes to the newest event.
  ///   - now: the present moment.
  ///   - progress: is told how many of how many events are done; each is written and read again.
  /// - Returns: the new segment; `nil` when there is nothing new.
  /// - Throws: ``BackupError`` `.otherHistory` when the log does not continue the backup; `.wrongTarget`, `.busy`, `.damaged`, `.log`, `.system`.
  public static func add(
    _ log: some EventLog, to path: String, _ checkpoint: SignedNote?, now: Instant,
    progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws(BackupError) -> SegmentHeader? {
    try require(target: path)
    try createDirectory(path)
    let lock = try lock("\(path)/\(lockName)")
    try filing { () throws(FileFailure) in
      for name in try Files.names(in: path) where isUnfinished(name) {
        Files.delete("\(path)/\(name)")
      }
    }
    let backup = try Backup(at: path)
    if let fault = backup.faults.first { throw fault }
    try backup.requireBeginning(of: log)
    let size = try size(of: log, checkpoint)
    guard size > backup.end else { return nil }
    let header = try backup.header(through: size, of: log, checkpoint, now)
    try backup.write(header, log, progress)
    _ = consume lock
    return header
  }

  /// Refuses a directory of books, one inside of books, and one that holds something else than a backup.
  private static func require(target path: String) throws(BackupError) {
    if let books = Surroundings.books(around: path) {
      throw BackupError(
        .wrongTarget, "\(path) is inside the books \(books).",
        remedy: "Keep the backup elsewhere, on another disk.")
    }
    let names =
      Files.exists(path) ? try filing { () throws(FileFailure) in try Files.names(in: path) } : []
    if names.contains(where: { $0.hasSuffix(SegmentHeader.suffix) }) { return }
    try BackupError.refuseInside(backup: Surroundings.backup(above: path), path)
    // What a new file system has, and what an interrupted first run has left.
    let other = names.sorted().first {
      !$0.hasPrefix(".") && !["lost+found", lockName].contains($0) && !isUnfinished($0)
    }
    if let other {
      throw BackupError(
        .wrongTarget, "\(path) is no backup, and not empty: there is \(other).",
        remedy: "Name a new directory.")
    }
  }

  /// Whether `name` is that of a segment whose writing was interrupted.
  private static func isUnfinished(_ name: String) -> Bool {
    Files.finishedName(ofPartial: name)?.hasSuffix(SegmentHeader.suffix) ?? false
  }

  /// The file by which one process at a time adds to a backup.
  private static let lockName = "backup.lock"

  /// Makes a directory whose name lasts, if there is none.
  static func createDirectory(_ path: String) throws(BackupError) {
    do throws(StoreError) { try FileSystem.createDirectory(path) } catch {
      throw BackupError(.system, error.message, remedy: error.remedy)
    }
  }

  /// Holds what the lock at `path` protects, for one process at a time.
  static func lock(_ path: String) throws(BackupError) -> DirectoryLock {
    do throws(StoreError) { return try DirectoryLock(path: path, timeout: .zero) } catch {
      throw BackupError(
        error.code == .locked ? .busy : .system, error.message, remedy: error.remedy)
    }
  }

  /// How many events the backup shall have.
  private static func size(
    of log: some EventLog, _ checkpoint: SignedNote?
  ) throws(BackupError) -> Position {
    guard let checkpoint else { return try logging { () throws(LogError) in try log.head().size } }
    do throws(ProofError) { return try Checkpoint(checkpoint).size } catch {
      throw BackupError(.otherHistory, error.message, remedy: error.remedy)
    }
  }

  /// Makes sure that `log` begins with the events of this backup.
  private func requireBeginning(of log: some EventLog) throws(BackupError) {
    guard let first = segments.first else { return }
    guard log.identity == first.identity else {
      throw BackupError(
        .otherHistory,
        "\(path) is the backup of the books \(first.identity), these are \(log.identity).",
        remedy: "Name a directory of its own for each company's backup.")
    }
    let size = try logging { () throws(LogError) in try log.head().size }
    if size < end {
      throw BackupError(
        .otherHistory,
        "\(path) has \(end) events, the books only \(size): these are older books than were backed up.",
        remedy: "Restore the backup; or, if the older books shall go on, use a new directory.")
    }
    let root = try logging { () throws(LogError) in try log.root(at: end) }
    if root != self.root {
      throw BackupError(
        .otherHistory, "The first \(end) events of the books are not those in \(path).",
        remedy:
          "One of the two was rewritten, or went on from an older copy: find out which, and use a "
          + "new directory.")
    }
  }

  private func header(
    through size: Position, of log: some EventLog, _ checkpoint: SignedNote?, _ now: Instant
  ) throws(BackupError) -> SegmentHeader {
    let end = end
    return try logging { () throws(LogError) in
      let tree = try MerkleTree(LogSubtrees(log, size: end), size: end)
      return SegmentHeader(
        identity: log.identity, positions: end + 1...size,
        at: try log.record(at: size)?.at ?? Instant(microseconds: .min), madeAt: now,
        before: tree, root: try log.root(at: size), checkpoint: checkpoint)
    }
  }

  private func write(
    _ header: SegmentHeader, _ log: some EventLog,
    _ progress: (_ done: UInt64, _ of: UInt64) -> Void
  ) throws(BackupError) {
    let count = UInt64(header.positions.count)
    let output = try filing { () throws(FileFailure) in
      try ByteOutput(path: "\(path)/\(header.name)", mode: 0o640, replaces: false)
    }
    try filing { () throws(FileFailure) in try output.write(header.bytes) }
    var next = header.positions.lowerBound
    var page: [UInt8] = []
    while next <= header.positions.upperBound {
      page.removeAll(keepingCapacity: true)
      try log.scan(next...header.positions.upperBound) { (record) throws(BackupError) in
        page.append(contentsOf: record.bytes)
        next = record.position + 1
        return page.count < Self.page
      }
      if page.isEmpty { throw BackupError(log: .damaged("The record at position \(next)")) }
      try filing { () throws(FileFailure) in try output.write(page) }
      progress(next - header.positions.lowerBound, 2 * count)
    }
    try filing { () throws(FileFailure) in try output.synchronize() }
    try test(output.partial, header) { progress(count + $0, 2 * count) }
    try filing { () throws(FileFailure) in try output.finish() }
  }

  /// Reads the segment in `file` again, all of it.
  private func test(
    _ file: String, _ header: SegmentHeader, _ progress: (_ done: UInt64) -> Void
  ) throws(BackupError) {
    let first = header.positions.lowerBound
    do throws(BackupError) {
      var reader = try SegmentReader(path: file, fromDisk: true)
      guard reader.header == header else {
        throw .damaged(file, "has another head than was written")
      }
      try reader.read(after: at(before: segments.count)) { (record, _) throws(BackupError) in
        if record.position % 4_096 == 0 { progress(record.position - first + 1) }
      }
    } catch {
      throw BackupError(
        error.code,
        "What was written could not be read again as it is in the log: \(error.message)",
        remedy: "Nothing was added. Run `diario verify`, check the disk, and try again.")
    }
  }
}
