// Why: restored books either are complete or do not open. They grow under a name that no program takes for books, and are given their
// own when the last record is durable and the root is the one that it must be.

internal import EventLog
internal import Events
internal import LMDB
internal import Platform
internal import Proofs
internal import Wire

/// Books that are being laid out record by record; nothing opens them before they are finished.
struct BooksBeingMade: ~Copyable {
  /// So many bytes are laid out in one commit.
  private static let frameBytes = 4 << 20

  private let directory: String
  private let lock: DirectoryLock
  private var log: LMDBLog?
  private var frame = Frame()

  private var unfinished: String { "\(directory)/\(LMDBLog.unfinishedName)" }

  /// Begins books with the identity `identity` in `directory`, which is absent, empty, or left behind by a restore that was
  /// interrupted.
  init(_ directory: String, identity: String) throws(BackupError) {
    let bytes = try Self.bytes(ofIdentity: identity)
    try Self.require(target: directory)
    try Backup.createDirectory(directory)
    let lock = try Backup.lock("\(directory)/writer.lock")
    try Self.require(target: directory)
    let path = "\(directory)/\(LMDBLog.unfinishedName)"
    try filing { () throws(FileFailure) in try Files.deleteDirectory(path) }
    let log = try logging { () throws(LogError) in
      try LMDBLog.create(at: path, identity: bytes)
      return try LMDBLog(at: path)
    }
    self.directory = directory
    self.lock = lock
    self.log = log
  }

  /// The bytes of an identity.
  static func bytes(ofIdentity text: String) throws(BackupError) -> [UInt8] {
    if let bytes = Identity.bytes(text) { return bytes }
    throw BackupError(
      .wrongTarget, "\"\(text)\" is no identity of books.",
      remedy: "It has 32 hexadecimal digits in lower case, as `diario status` prints it.")
  }

  /// Refuses a directory that holds books, or anything else that is not to lie beside them.
  private static func require(target directory: String) throws(BackupError) {
    // Books in the directory itself are told below.
    try BackupError.refuseInside(books: Surroundings.books(above: directory), directory)
    try BackupError.refuseInside(backup: Surroundings.backup(around: directory), directory)
    guard Files.exists(directory) else { return }
    let names = try filing { () throws(FileFailure) in try Files.names(in: directory) }
    if names.contains("log") {
      throw BackupError(
        .wrongTarget, "There are books in \(directory) already.",
        remedy: "Name a new directory, compare, and move the old books away.")
    }
    if let other = Surroundings.strangers(among: names).min() {
      throw BackupError(
        .wrongTarget, "\(directory) is not empty: there is \(other).",
        remedy: "Name a new directory.")
    }
  }

  /// Adds the next record.
  mutating func append(_ record: borrowing RecordView) throws(BackupError) {
    frame.append(record)
    if frame.bytes.count >= Self.frameBytes { try commit() }
  }

  private mutating func commit() throws(BackupError) {
    guard let log, frame.count > 0 else { return }
    let frame = frame
    try logging { () throws(LogError) in
      _ = try log.append(frame, expecting: try log.head().size)
    }
    self.frame = Frame()
  }

  /// Gives the books their name, if their root is `root`.
  consuming func finish(_ root: MerkleHash) throws(BackupError) {
    try commit()
    guard let log, try logging({ () throws(LogError) in try log.head().root }) == root else {
      throw BackupError(
        .damaged, "The new books have another root than the records have.",
        remedy: "Check the disk of \(directory), and try again.")
    }
    // The environment is closed before its directory gets another name.
    self.log = nil
    let (old, new) = (unfinished, "\(directory)/log")
    try filing { () throws(FileFailure) in try Files.move(old, to: new) }
  }
}
