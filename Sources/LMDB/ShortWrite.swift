// Why: a disk that fills up in the middle of a write makes pwrite(2) write less than it was asked to. LMDB 0.9 calls that
// EIO ("short write, filesystem full?", mdb_page_flush in mdb.c), as if the disk had failed and nobody could say what
// was committed. Pages are flushed before the head is, so nothing was: it is told from a real fault here.

internal import CLMDB
internal import Glibc

extension Environment {
  /// What a commit that failed with `error` means: no space, when that is why its pages were not written.
  func explained(_ error: StoreError) -> StoreError {
    guard error.number == EIO, unsafe !UnfinishedCommit.isFatal(raw), isFull else { return error }
    return StoreError(ENOSPC, "mdb_txn_commit", path: path)
  }

  /// Whether the data file cannot grow: by the file system, or by the process's limit on files (setrlimit(2)).
  private var isFull: Bool {
    let least = 1 << 16
    if let free = try? FileSystem.freeBytes(at: path), free < least { return true }
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0,
      let file = try? FileSystem.information("\(path)/data.mdb")
    else { return false }
    return UInt64(file.st_size) >= UInt64(limit.rlim_cur)
  }
}
