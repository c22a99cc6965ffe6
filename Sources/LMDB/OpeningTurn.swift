// Why: who opens an environment alone fills the table of locks anew, and only then writes into it the number of the newest head; whoever
// waits for that relies on it (mdb_env_setup_locks, mdb_env_share_locks; mdb.c). Killed in between, the first leaves a table that says
// "no transaction yet", and the next commit of the second would be written over an acknowledged one. So one opens at a time, and looks
// whether the table and the heads agree.

internal import CLMDB
internal import Glibc

/// The right to open an environment, of one process at a time.
enum OpeningTurn {
  /// Runs `body` while no other process opens or deletes the environment in the directory `path`.
  ///
  /// A process that ends gives up its turn after LMDB's locks: Linux takes those of fcntl(2) when it closes a file, and those of flock(2)
  /// when nothing uses the file any more. Where the directory cannot be read, only ``agrees(_:)`` helps.
  static func take<R>(in path: String, _ body: () throws(StoreError) -> R) throws(StoreError) -> R {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    while descriptor >= 0, flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    return try body()
  }

  /// Whether the table of locks has the number of the newest head, or that of a commit between asking for the one and for the other.
  static func agrees(_ raw: OpaquePointer) throws(StoreError) -> Bool {
    for _ in 0..<4 {
      let before = unsafe newestHead(raw)
      var begun: OpaquePointer?
      // lmdb.h, mdb_txn_begin: a reader's number is the one that the table has (mdb_txn_renew0, mdb.c).
      let result = unsafe mdb_txn_begin(raw, nil, UInt32(MDB_RDONLY), &begun)
      if let begun = unsafe begun {
        let number = unsafe UInt64(mdb_txn_id(begun))
        unsafe mdb_txn_abort(begun)
        // A commit is written before the table is told of it.
        return unsafe number + 1 >= before && number <= newestHead(raw)
      }
      switch result {
      // lmdb.h, mdb_env_set_mapsize: 0 adopts the size that another process has set.
      case MDB_MAP_RESIZED:
        try check(unsafe mdb_env_set_mapsize(raw, 0), "mdb_env_set_mapsize")
      case MDB_READERS_FULL:
        try check(unsafe mdb_reader_check(raw, nil), "mdb_reader_check")
      default: throw StoreError(result, "mdb_txn_begin")
      }
    }
    // Whoever reads is told that there is no room for readers; whoever writes asks again.
    return true
  }

  /// The number of the newest head of the file.
  private static func newestHead(_ raw: OpaquePointer) -> UInt64 {
    var information = unsafe MDB_envinfo()
    // lmdb.h, mdb_env_info: fails only on a null handle.
    unsafe mdb_env_info(raw, &information)
    return unsafe UInt64(information.me_last_txnid)
  }

  /// The table of locks in the directory `path` is not that of its data file.
  static func disagreement(in path: String) -> StoreError {
    StoreError(
      .locked, "mdb_env_open",
      "\(path)/lock.mdb does not have the number of the last commit: a program was killed while it opened these files.",
      remedy: "Nothing was written. End every program that has these books open, then try again.")
  }
}
