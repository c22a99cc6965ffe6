// Why: positions have no gaps and names are numbered in their order, so books can only hold what comes before the first missing event.
// Everything intact behind it is worth as much: it goes into files, each record with the hashes that prove it, ready to be recorded again.

internal import EventLog
public import Events
internal import LMDB
internal import Ledger
internal import Platform
public import Proofs
internal import Wire

/// What was saved from a damaged log.
public struct Salvage: Sendable {
  /// The files that are made.
  public enum File: String, CaseIterable, Sendable {
    /// Books of all events before the first that is missing.
    case books
    /// The later intact events as lines for `diario record`.
    case later = "later.jsonl"
    /// Their records with positions and proofs.
    case records = "later.records.jsonl"
    /// Records that are laid out well, but that nothing vouches for.
    case doubtful = "doubtful.jsonl"
    /// What is missing and what to do.
    case report = "report.txt"
  }
  /// How many events the log had, as far as can be told.
  public var size: Position = 0
  /// The last event of the books; 0 when the first event is missing already.
  public var prefix: Position = 0
  /// How many intact events come later, and how many of them are proven by the tree.
  public var later: UInt64 = 0
  public var proven: UInt64 = 0
  /// The positions of which nothing intact was found.
  public var missing: [ClosedRange<Position>] = []
  /// The saved events that are in no file of lines.
  public var unwritten: [Unwritten] = []
  /// How many events' personal fields stand in the clear in the files of lines.
  public var opened: UInt64 = 0
  /// What is written into the report.
  public var report = ""
  /// Whether the events of the new books are the first of the log, as its tree and their moments say; `nil` when too much of the tree is lost.
  public var isOfTheLog: Bool?
  /// Whether the saved events are those of the checkpoint that they were compared with; `nil` when there was none, or it reaches further.
  public var isSigned: Bool?
  /// Whether the new books are all of the log: nothing is missing, and its own heads say that there was no more.
  public var isWhole = false
  /// How many events the checkpoint has behind the last one of which anything was found.
  public var signedBehind: UInt64 = 0

  /// Saves what can be saved of the log in `directory/log` into the directory `target`. `directory` is only read.
  ///
  /// - Parameters:
  ///   - identity: of the books, for when no head of the log is left.
  ///   - ofKeys: the identity that the keys beside the log say, if any: without the right one nothing personal can be read again.
  ///   - signed: a checkpoint from elsewhere, with which the saved events are compared.
  ///   - open: opens the personal fields of events that are written as lines.
  ///   - progress: is told how many of how many pages are done.
  /// - Throws: ``BackupError`` `.absent`, `.busy`, `.wrongTarget`, `.otherHistory`, `.system`.
  public static func run(
    _ directory: String, into target: String, identity: String? = nil,
    ofKeys: () -> String? = { nil },
    signed: Checkpoint? = nil,
    open: @escaping OpenSealed, progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws(BackupError) -> Salvage {
    let data = "\(directory)/log/data.mdb"
    try require(directory, data, target)
    // Whoever wants to record waits until all is read.
    guard let lock = DirectoryLock.shared("\(directory)/writer.lock") else {
      throw BackupError(
        .busy, "Somebody is recording into \(directory).",
        remedy: "End the program: what is written meanwhile would be taken for damage.")
    }
    let remains = try search(data, progress)
    let origin = Origin(
      identity: try remains.identity(or: identity, ofKeys), isGiven: identity != nil)
    let isThere = Files.exists(target)
    try Backup.createDirectory(target)
    var salvage = Salvage(remains, signed)
    do throws(BackupError) { try salvage.save(remains, target, origin, signed, open) } catch {
      // Half of it is worth nothing, and would be in the way of another try.
      delete(target, isThere: isThere)
      throw error
    }
    _ = consume lock
    return salvage
  }

  /// Whose books they are.
  struct Origin {
    /// Their identity; `nil` when it is lost.
    var identity: String?
    /// Whether somebody gave it.
    var isGiven: Bool
  }

  /// What is known before anything is written.
  private init(_ remains: LogRemains, _ signed: Checkpoint?) {
    size = remains.size
    prefix = remains.orderedPrefix()
    missing = remains.missing
    if let signed, signed.size > remains.size {
      signedBehind = signed.size - remains.size
      missing.append(remains.size + 1...signed.size)
    }
  }

  private static func search(
    _ data: String, _ progress: (_ done: UInt64, _ of: UInt64) -> Void
  ) throws(BackupError) -> LogRemains {
    let remains = try logging { () throws(LogError) in
      try LogRemains.search(data, progress: progress)
    }
    if remains.size > 0 { return remains }
    throw BackupError(
      .absent, "There is no intact event in \(data).",
      remedy: "Restore a backup; `diario backup --check` tells what it has.")
  }

  /// Writes all files.
  private mutating func save(
    _ remains: LogRemains, _ target: String, _ origin: Origin, _ signed: Checkpoint?,
    _ open: @escaping OpenSealed
  ) throws(BackupError) {
    let root = try makeBooks(remains, target, origin.identity, signed)
    var dependents = Dependents(remains)
    var lines = SavedLines(remains, identity: origin.identity, open)
    try writeLater(remains, target, &lines, &dependents)
    try writeDoubtful(remains, target, &lines)
    (unwritten, opened) = (lines.unwritten, lines.opened)
    report =
      SalvageReport(
        salvage: self, remains: remains, origin: origin, root: root, dependents: dependents,
        signed: signed
      ).text
    let output = try Self.output(target, .report)
    try filing { () throws(FileFailure) in try output.write(Array(report.utf8)) }
    try filing { () throws(FileFailure) in try output.finish() }
  }

  /// Deletes what was made in the directory `target`, and the directory itself unless it was there before.
  private static func delete(_ target: String, isThere: Bool) {
    let books = "\(target)/\(File.books.rawValue)"
    for file in File.allCases { Files.delete("\(target)/\(file.rawValue)") }
    for log in ["log", LMDBLog.unfinishedName] { try? Files.deleteDirectory("\(books)/\(log)") }
    try? Files.deleteDirectory(books)
    if !isThere { try? Files.deleteDirectory(target) }
  }

  private static func require(
    _ directory: String, _ data: String, _ target: String
  ) throws(BackupError) {
    guard Files.exists(data) else {
      // What may not be looked at is there all the same, and the system says so.
      for folder in [directory, "\(directory)/log"] where Files.exists(folder) {
        _ = try filing { () throws(FileFailure) in try Files.names(in: folder) }
      }
      throw BackupError(
        .absent, "There is no \(data).", remedy: "Name the directory of the damaged books.")
    }
    guard Files.isFile(data) == true else {
      throw BackupError(
        .absent, "\(data) is no file.", remedy: "Name the directory of the damaged books.")
    }
    try BackupError.refuseInside(books: Surroundings.books(around: target), target)
    try BackupError.refuseInside(backup: Surroundings.backup(around: target), target)
    let names =
      Files.exists(target)
      ? try filing { () throws(FileFailure) in try Files.names(in: target) } : []
    if let name = names.first {
      throw BackupError(
        .wrongTarget, "\(target) is not empty: there is \(name).", remedy: "Name a new directory.")
    }
  }

  /// Makes books of the events before the first missing one, and judges whose they are; the root over them.
  private mutating func makeBooks(
    _ remains: LogRemains, _ target: String, _ identity: String?, _ signed: Checkpoint?
  ) throws(BackupError) -> MerkleHash {
    var roots: [UInt64: MerkleHash] = [:]
    let root =
      prefix == 0
      ? .empty
      : try Self.makeBooks(
        "\(target)/\(File.books.rawValue)", try Self.known(identity), remains, 1...prefix
      ) { if [signed?.size, remains.head?.size].contains($0.size) { roots[$0.size] = $0.root } }
    let headRoot = remains.head.flatMap { roots[$0.size] }
    let continues = headRoot.map { $0 == remains.head?.root } ?? remains.continues(root, prefix)
    let isOrdered = prefix == remains.intactPrefix
    isOfTheLog = isOrdered ? continues ?? (remains.isMixed ? false : nil) : false
    if let signed, signed.size <= prefix { isSigned = roots[signed.size] == signed.root }
    isWhole =
      missing.isEmpty && remains.isHeadCertain && isOfTheLog == true && isSigned != false
    return root
  }

  private static func known(_ identity: String?) throws(BackupError) -> String {
    if let identity { return identity }
    throw BackupError(
      .absent, "The identity of the books is lost.",
      remedy:
        "Give it with --identity: `diario backup --check` prints it, and unless their key has a name of its own it stands in checkpoints."
    )
  }

  /// Makes books of the records of `range`, and shows the tree with each; the root over them.
  private static func makeBooks(
    _ directory: String, _ identity: String, _ remains: LogRemains, _ range: ClosedRange<Position>,
    _ visit: (borrowing MerkleTree) -> Void
  ) throws(BackupError) -> MerkleHash {
    var books = try BooksBeingMade(directory, identity: identity)
    var grown = MerkleTree()
    try remains.forEachRecord(in: range) { (record) throws(BackupError) in
      grown.append(.leaf(record.bytes)) { _, _ in }
      visit(grown)
      try books.append(record)
    }
    try books.finish(grown.root)
    return grown.root
  }

  private mutating func writeLater(
    _ remains: LogRemains, _ target: String, _ lines: inout SavedLines,
    _ dependents: inout Dependents
  ) throws(BackupError) {
    // (Nothing before the end of the new books is missing.)
    guard size - prefix > remains.missing.reduce(0, { $0 + $1.size }) else { return }
    let output = try Self.output(target, .later)
    let records = try Self.output(target, .records)
    let prefix = prefix
    var (later, proven): (UInt64, UInt64) = (0, 0)
    try remains.forEachRecord(in: prefix + 1...size) { (record) throws(BackupError) in
      let leaf = MerkleHash.leaf(record.bytes)
      let path = remains.inclusionPath(of: record.position, leaf)
      later += 1
      if path != nil { proven += 1 }
      let bytes = record.bytes.bytes(0..<record.length)
      let line = Self.line(record.position, record.at, bytes, path)
      try filing { () throws(FileFailure) in try records.write(Array(line.utf8)) }
      let copy = record.copy()
      if let copy { dependents.add(copy) }
      try lines.write(copy, at: record.position, upTo: prefix, to: output, .later)
    }
    (self.later, self.proven) = (later, proven)
    try filing { () throws(FileFailure) in try output.finish() }
    try filing { () throws(FileFailure) in try records.finish() }
  }

  private func writeDoubtful(
    _ remains: LogRemains, _ target: String, _ lines: inout SavedLines
  ) throws(BackupError) {
    let positions = remains.doubtfulPositions
    if positions.isEmpty { return }
    let output = try Self.output(target, .doubtful)
    for position in positions {
      guard let bytes = remains.doubtfulRecord(at: position) else { continue }
      let record = RecordView(in: bytes.raw, at: 0)?.copy()
      try lines.write(record, at: position, upTo: 0, to: output, .doubtful)
    }
    try filing { () throws(FileFailure) in try output.finish() }
  }

  private static func output(_ target: String, _ file: File) throws(BackupError) -> ByteOutput {
    try filing { () throws(FileFailure) in
      // Lines have personal data in the clear; records and the report are for whoever may read the books.
      let isOfBooks = [.records, .report].contains(file)
      return try ByteOutput(
        path: "\(target)/\(file.rawValue)", mode: isOfBooks ? 0o640 : 0o600, replaces: false)
    }
  }

  private static func line(
    _ position: Position, _ at: Instant, _ record: [UInt8], _ path: [MerkleHash]?
  ) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("position")
      writer.raw(String(position))
      writer.key("at")
      writer.string(at.description)
      writer.key("record")
      writer.string(Base64.text(record))
      if let path {
        writer.key("proof")
        writer.beginList()
        for hash in path { writer.string(hash.base64) }
        writer.endList()
      }
    }
    return writer.text + "\n"
  }
}

extension LogRemains {
  /// The identity of the books that was found, or else the one that was given, or else that of their keys.
  fileprivate func identity(
    or given: String?, _ ofKeys: () -> String?
  ) throws(BackupError) -> String? {
    guard let given else { return identity ?? ofKeys() }
    let named = Identity.text(try BooksBeingMade.bytes(ofIdentity: given))
    if let identity, identity != named {
      throw BackupError(
        .otherHistory, "These are the books \(identity), not \(named).",
        remedy: "Leave out --identity: it was found.")
    }
    if identity == nil, let ofKeys = ofKeys(), ofKeys != named {
      throw BackupError(
        .otherHistory, "The keys beside the log are of the books \(ofKeys), not \(named).",
        remedy: "Leave out --identity; or move keys/ away, if they are those of others.")
    }
    return named
  }
}
