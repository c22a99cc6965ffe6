// Why: when a commit's head cannot be written, LMDB takes the commit back by writing the old number over the new one (mdb_env_write_meta,
// mdb.c). A head whose number was changed by a single bit looks the same, and then a commit that was acknowledged would be passed over
// in silence. So the program that saw the write fail leaves a note beside the data file; without it, such a head is damage.

internal import CLMDB
internal import Glibc

/// The note that a commit was taken back: a file with its number.
struct UnfinishedCommit {
  private let directory: String
  private var path: String { "\(directory)/unfinished-commit" }

  /// The note in the directory of an environment.
  init(in directory: String) { self.directory = directory }

  /// Whether there is one.
  var isThere: Bool { FileSystem.exists(path) }

  /// The number of the transaction that was taken back; `nil` when there is no note.
  var transaction: UInt64? {
    guard let file = try? DataFile(path: path), let bytes = file.bytes(at: 0, count: 8) else {
      return nil
    }
    return bytes.little(0, UInt64.self)
  }

  /// Leaves the note if LMDB has given up `environment`, as it does when the head could not be written (MDB_FATAL_ERROR, mdb.c).
  func leave(_ transaction: UInt64, ifFatalIn environment: OpaquePointer) {
    if unsafe Self.isFatal(environment) { leave(transaction) }
  }

  /// Whether LMDB has given up `environment`.
  static func isFatal(_ environment: OpaquePointer) -> Bool {
    var begun: OpaquePointer?
    // lmdb.h, mdb_txn_begin: MDB_PANIC after a fatal error, for readers too.
    let result = unsafe mdb_txn_begin(environment, nil, UInt32(MDB_RDONLY), &begun)
    if let begun = unsafe begun { unsafe mdb_txn_abort(begun) }
    return result == MDB_PANIC
  }

  /// Leaves the note, durably if the disk lets it. The commit has failed, and that is what is told; where this fails too, opening the
  /// environment will say that its head is damaged.
  private func leave(_ transaction: UInt64) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(0o640))
    if descriptor < 0 { return }
    defer { close(descriptor) }
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: transaction >> (8 * $0)) }
    var done = 0
    while done < bytes.count {
      // write(2): reads at most the bytes of the slice, which outlives the call.
      let count = unsafe bytes[done...].withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      if count <= 0 { return }
      done += count
    }
    if fsync(descriptor) == 0 { try? FileSystem.synchronizeDirectory(directory) }
  }

  /// Takes the note away: a later commit has been written over what it speaks of.
  func forget() {
    if unsafe unlink(path) == 0 { try? FileSystem.synchronizeDirectory(directory) }
  }
}
