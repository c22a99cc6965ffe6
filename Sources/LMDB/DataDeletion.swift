// Why: a data file that only holds what can be made again is deleted when it is damaged. Whoever has it open would go on in a file that
// is no longer there, under locks that the next one to open the directory does not see: so nobody may have it open.

internal import Glibc
internal import Synchronization

extension Environment {
  /// Deletes the data file of the environment in the directory `path`, durably; whoever opens it next with `.create` makes a new one.
  /// - Throws: `.locked` when a process has it open, `.alreadyOpen` when this one has, `.permission` and what the system reports.
  public static func deleteData(in path: String) throws(StoreError) {
    // Nothing is opened or closed in this process meanwhile: closing lock.mdb drops all locks that a process holds on it (fcntl(2)).
    let outcome = OpenEnvironments.list.withLock { list in
      Result { () throws(StoreError) in
        try OpeningTurn.take(in: path) { () throws(StoreError) in try deleteData(in: path, list) }
      }
    }
    try outcome.get()
  }

  private static func deleteData(
    in path: String, _ list: OpenEnvironments.List
  ) throws(StoreError) {
    let data = "\(path)/data.mdb"
    if let information = try FileSystem.information(data),
      list.open.contains(OpenEnvironments.Identity(information))
    {
      throw StoreError(
        .alreadyOpen, "unlink", "This process has \(path) open.", remedy: "Close it first.")
    }
    let lock = "\(path)/lock.mdb"
    let descriptor = unsafe open(lock, O_RDWR | O_CREAT | O_CLOEXEC, mode_t(0o640))
    if descriptor < 0 { throw StoreError(errno, "open", path: lock) }
    defer { close(descriptor) }
    try lockOut(descriptor, path)
    if unsafe unlink(data) != 0, errno != ENOENT { throw StoreError(errno, "unlink", path: data) }
    UnfinishedCommit(in: path).forget()
    try FileSystem.synchronizeDirectory(path)
  }

  /// Keeps every other process from opening the environment, until the descriptor is closed: whoever has it open holds the first byte of
  /// lock.mdb, and whoever opens it waits for that byte (mdb_env_excl_lock, mdb.c). Who opens it to write does so before opening the data
  /// file; who only reads does so afterwards, and ``OpenGuard`` looks then whether it is still the same. On a full disk, and on one that is
  /// read-only here and not elsewhere, a reader takes no byte; it goes on in the file that was there, which nobody changes any more.
  private static func lockOut(_ descriptor: Int32, _ path: String) throws(StoreError) {
    var wanted = flock()
    wanted.l_type = Int16(F_WRLCK)
    wanted.l_whence = Int16(SEEK_SET)
    wanted.l_len = 1
    // fcntl(2): reads the struct that it is lent, and for F_GETLK writes into it who is in the way.
    if unsafe fcntl(descriptor, F_SETLK, &wanted) == 0 { return }
    guard [EACCES, EAGAIN].contains(errno) else { throw StoreError(errno, "fcntl", path: path) }
    let isTold = unsafe fcntl(descriptor, F_GETLK, &wanted) == 0 && wanted.l_type != F_UNLCK
    throw StoreError(
      .locked, "fcntl",
      "\(isTold ? "Process \(wanted.l_pid)" : "Another process") has \(path) open.",
      remedy: "Nothing was deleted. Wait until it is done, or end it; then try again.")
  }
}
