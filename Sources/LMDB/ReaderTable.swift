// Why: LMDB maps lock.mdb, the table of readers, and writes to it. A new one is a hole (ftruncate(2)), so where the disk is full the first
// write to it is a SIGBUS. Its room is taken beforehand, with a call that can say no.

internal import CLMDB
internal import Glibc

/// The file in which LMDB notes who reads.
enum ReaderTable {
  /// MDB_reader and its padding, and what stands before them (MDB_txninfo), rounded up to a page (mdb.c).
  private static let reader = 64
  private static let page = 4_096

  /// Which file it is, in the environment at `path`; `nil` when there is none.
  static func identity(in path: String) -> OpenEnvironments.Identity? {
    (try? FileSystem.information("\(path)/lock.mdb")).map { OpenEnvironments.Identity($0) }
  }

  /// Takes room on the disk for `readers` in the environment at `path`, as far as there is none yet. What else is wrong with the file LMDB
  /// finds itself.
  /// - Throws: `.noSpace`.
  static func reserve(_ readers: Int, in path: String) throws(StoreError) {
    let file = "\(path)/lock.mdb"
    // Closing it would give up locks that this process holds on the file (fcntl(2)); it holds none, since it has not opened it yet.
    let descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC, mode_t(0o640))
    if descriptor < 0 { return }
    defer { close(descriptor) }
    var information = stat()
    if unsafe fstat(descriptor, &information) != 0 { return }
    let length = max(Int(information.st_size), readers * reader + page)
    // FALLOC_FL_KEEP_SIZE: the size stays, by which LMDB tells whether there were readers before.
    guard fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, length) != 0 else { return }
    let error = StoreError(errno, "fallocate", path: file)
    if error.code == .noSpace { throw error }
  }
}
