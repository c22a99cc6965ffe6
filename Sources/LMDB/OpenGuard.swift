// Why: what LMDB lets pass at opening and pays for later is refused here: a network file system, a second
// opening, an empty or shortened file.

internal import CLMDB
internal import Glibc
internal import Synchronization

/// An environment as LMDB knows it, with what is needed to close it.
@safe
struct OpenedEnvironment {
  let raw: OpaquePointer
  let number: UInt32
  let identity: OpenEnvironments.Identity
  /// Whether nobody sees who reads here.
  var isUnseen = false
}

/// The checks around opening and closing.
enum OpenGuard {
  static func refuseNetwork(_ path: String, kind: Int) throws(StoreError) {
    guard let name = FileSystem.networkName(of: kind) else { return }
    throw StoreError(
      .networkFileSystem, "statfs", "\(path) is on a network file system (\(name)).",
      remedy: "Keep it on a local disk: locks and memory maps do not hold across a network.")
  }

  /// Opens the environment; the caller holds the list of open ones.
  static func open(
    _ path: String, mapSize: Int, tables: Int, mode: OpenMode, readers: Int,
    _ list: inout OpenEnvironments.List
  ) throws(StoreError) -> OpenedEnvironment {
    try OpeningTurn.take(in: path) { () throws(StoreError) in
      // With the last program that has it open ends a table of locks that does not agree.
      for _ in 0..<50 {
        let opened = try openOnce(path, mapSize: mapSize, tables, mode, readers, &list)
        if let opened { return opened }
        usleep(20_000)
      }
      throw OpeningTurn.disagreement(in: path)
    }
  }

  /// The same; `nil` when the table of locks does not agree with the data file.
  private static func openOnce(
    _ path: String, mapSize: Int, _ tables: Int, _ mode: OpenMode, _ readers: Int,
    _ list: inout OpenEnvironments.List
  ) throws(StoreError) -> OpenedEnvironment? {
    try checkFile("\(path)/data.mdb", path, mode, list)
    let isUnseen = try isUnseen(path, mode, readers)
    var created: OpaquePointer?
    try check(unsafe mdb_env_create(&created), "mdb_env_create")
    guard let raw = unsafe created else { throw StoreError(ENOMEM, "mdb_env_create") }
    do throws(StoreError) {
      try check(unsafe mdb_env_set_mapsize(raw, mapSize), "mdb_env_set_mapsize", path: path)
      try check(unsafe mdb_env_set_maxdbs(raw, UInt32(tables)), "mdb_env_set_maxdbs")
      try check(unsafe mdb_env_set_maxreaders(raw, UInt32(readers)), "mdb_env_set_maxreaders")
      // Never NOSYNC, NOMETASYNC or WRITEMAP. NOTLS: a reader's slot belongs to its transaction, not to its thread.
      let flags =
        UInt32(MDB_NOTLS) | (mode == .readOnly ? UInt32(MDB_RDONLY) : 0)
        | (isUnseen ? UInt32(MDB_NOLOCK) : 0)
      let outcome = unsafe mdb_env_open(raw, path, flags, 0o640)
      if outcome == EACCES, mode == .readOnly { throw unwritableReaders(path) }
      try check(outcome, "mdb_env_open", path: path)
      guard let information = try FileSystem.information("\(path)/data.mdb") else {
        throw StoreError(ENOENT, "stat", path: path)
      }
      let identity = OpenEnvironments.Identity(information)
      // Who only reads opens the data file before taking part in the locks: meanwhile it may have been deleted, and made anew.
      guard try unsafe self.identity(of: raw) == identity else {
        throw StoreError(
          .locked, "mdb_env_open", "\(path)/data.mdb was replaced while it was being opened.",
          remedy: "Try again.")
      }
      if !isUnseen, try unsafe !OpeningTurn.agrees(raw) {
        unsafe mdb_env_close(raw)
        return nil
      }
      list.open.insert(identity)
      let number = list.next
      list.next += 1
      return unsafe OpenedEnvironment(
        raw: raw, number: number, identity: identity, isUnseen: isUnseen)
    } catch {
      // lmdb.h, mdb_env_open: if it fails, mdb_env_close must be called to discard the handle.
      unsafe mdb_env_close(raw)
      throw error
    }
  }

  /// Which file is open.
  private static func identity(
    of raw: OpaquePointer
  ) throws(StoreError) -> OpenEnvironments.Identity {
    var descriptor: Int32 = -1
    // lmdb.h, mdb_env_get_fd: gives the descriptor of the data file, which stays the environment's.
    try check(unsafe mdb_env_get_fd(raw, &descriptor), "mdb_env_get_fd")
    var information = stat()
    // fstat(2): writes into the struct that it is lent.
    if unsafe fstat(descriptor, &information) != 0 { throw StoreError(errno, "fstat") }
    return OpenEnvironments.Identity(information)
  }

  /// Whether nobody will see who reads in `path`: on a file system that is read-only, or so full that there is no room for the table of
  /// readers. Whoever writes needs one.
  private static func isUnseen(
    _ path: String, _ mode: OpenMode, _ readers: Int
  ) throws(StoreError) -> Bool {
    if mode == .readOnly, FileSystem.isReadOnly(path) { return true }
    do throws(StoreError) { try ReaderTable.reserve(readers, in: path) } catch {
      guard mode == .readOnly else { throw error }
      return true
    }
    return false
  }

  /// The data file can be read (it has been), so it is the table of readers that this user may not write.
  private static func unwritableReaders(_ path: String) -> StoreError {
    StoreError(
      .permission, "mdb_env_open",
      "You may not write \(path)/lock.mdb, in which LMDB notes who reads.",
      remedy: "Ask its owner for that right, or copy the directory and open the copy.",
      number: EACCES)
  }

  /// Closes the environment; no transaction, table or cursor of it may be in use any more.
  static func close(_ environment: OpenedEnvironment) {
    OpenEnvironments.list.withLock { list in
      // lmdb.h, mdb_env_close: called once, by one thread, after all transactions have ended. They are all
      // inside calls that hold the Environment, whose end this is.
      unsafe mdb_env_close(environment.raw)
      list.open.remove(environment.identity)
    }
  }

  private static func checkFile(
    _ file: String, _ path: String, _ mode: OpenMode, _ list: OpenEnvironments.List
  ) throws(StoreError) {
    guard let information = try FileSystem.information(file) else {
      if mode == .create { return }
      throw StoreError(
        .absent, "open", "There is no data file in \(path).",
        remedy: "Check the path, or create it first.")
    }
    guard information.st_mode & S_IFMT == S_IFREG else {
      throw StoreError(
        .damaged, "open", "\(file) is no file.",
        remedy: "Move away what is there, and restore the file from a backup.")
    }
    if list.open.contains(OpenEnvironments.Identity(information)) {
      throw StoreError(
        .alreadyOpen, "open", "This process has \(path) open already.",
        remedy: "Use the environment that is open: a second one would break its locks.")
    }
    if mode == .create {
      if information.st_size == 0 { return }
      if try isUnfinished(file, information) {
        if unsafe truncate(file, 0) != 0 { throw StoreError(errno, "truncate", path: file) }
        return
      }
    }
    if information.st_size == 0 {
      // LMDB would take the file for a new one and start again.
      throw StoreError(
        .truncated, "open", "The data file \(file) is empty.",
        remedy: "Restore it from a backup.")
    }
    try DataFile(path: file).check()
  }

  /// Whether the creation of `file` was cut off. LMDB writes both heads before anything else, so nothing was ever in a file that
  /// is shorter; empty, LMDB takes it for a new one. (Another process may be at that very write: then it grows at once.)
  private static func isUnfinished(_ file: String, _ information: stat) throws(StoreError) -> Bool {
    // A file keeps the size of the pages with which it was made, perhaps on another machine.
    let head = try? DataFile(path: file).head(at: 0)
    let heads = 2 * (head?.pageSize ?? sysconf(Int32(_SC_PAGESIZE)))
    if information.st_size >= heads { return false }
    usleep(20_000)
    return try FileSystem.information(file).map { $0.st_size < heads } ?? false
  }
}
