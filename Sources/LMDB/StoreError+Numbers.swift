// Why: lmdb.h and errno have about thirty numbers between them; callers want twenty kinds, each with a remedy.

internal import CLMDB
internal import Glibc

extension StoreError {
  /// The error for `number`, returned by `operation`, on the environment or file at `path`.
  init(_ number: Int32, _ operation: String, path: String = "") {
    let code = StoreError.code(for: number)
    let place = path.isEmpty ? "" : " \(path)"
    let (message, remedy) =
      StoreError.sentences(for: number, place) ?? StoreError.sentences(for: code, place)
    self.init(code, operation, message, remedy: remedy, number: number)
  }

  private static func code(for number: Int32) -> Code {
    switch number {
    case MDB_NOTFOUND: .notFound
    case MDB_KEYEXIST: .keyExists
    case MDB_BAD_VALSIZE: .badSize
    case MDB_MAP_FULL, MDB_MAP_RESIZED: .mapFull
    case MDB_TXN_FULL: .transactionFull
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INVALID, MDB_PAGE_FULL, MDB_CURSOR_FULL: .damaged
    case MDB_READERS_FULL: .readersFull
    case MDB_VERSION_MISMATCH: .versionMismatch
    case ENOSPC, EDQUOT, EFBIG: .noSpace
    case EIO, MDB_PANIC: .ioError
    case ENOENT, ENOTDIR: .absent
    case EACCES, EPERM, EROFS: .permission
    default: .other
    }
  }

  /// What is said of a number that has more to tell than its kind; `nil` for all others.
  private static func sentences(for number: Int32, _ place: String) -> (String, String)? {
    switch number {
    case ENOMEM:
      (
        "The system gives no memory for\(place).",
        "The data file is mapped into memory and needs addresses: raise the limit (ulimit -v), or end other programs."
      )
    case EMFILE, ENFILE:
      (
        "No more files can be opened\(place.isEmpty ? "" : " at")\(place).",
        "End other programs, or raise the limit on open files (ulimit -n)."
      )
    case EISDIR:
      (
        "There is a directory in the place of the file\(place).",
        "Move it away, or name the right path."
      )
    case ENOTDIR:
      (
        "There is a file in the place of a directory above\(place).",
        "Move it away, or name the right path."
      )
    default: nil
    }
  }

  private static func sentences(for code: Code, _ place: String) -> (String, String) {
    let at = place.isEmpty ? "" : " at\(place)"
    return switch code {
    case .notFound: ("The key is not there.", "Look for another key.")
    case .keyExists:
      (
        "The key exists already, or does not follow the last one.",
        "Replace the value, or append keys in rising order."
      )
    case .badSize:
      ("The key or the value has a length that cannot be stored.", "Keys take 1 to 511 bytes.")
    case .mapFull:
      (
        "The memory map\(place) is full.",
        "Nothing was written. Try again outside other transactions: the map then grows."
      )
    case .transactionFull:
      ("The transaction is too large.", "Nothing was written. Commit in smaller batches.")
    case .damaged:
      (
        "The data file\(place) is damaged.",
        "Restore it from a backup, or delete it if it only holds what can be rebuilt."
      )
    case .readersFull:
      ("Too many transactions read\(place) at once.", "Stop some of the programs that read it.")
    case .versionMismatch:
      (
        "The data file\(place) has another format of LMDB.",
        "Open it with the program that wrote it."
      )
    case .noSpace:
      ("There is no space left\(at).", "Nothing was written. Free some space and try again.")
    case .ioError:
      (
        "The disk failed\(at); whether the last commit took place is unknown.",
        "Check the disk, open the books again and retry with the same keys."
      )
    case .absent: ("There is nothing at\(place).", "Check the path, or create it first.")
    case .permission:
      ("You may not use\(place) this way.", "Ask its owner, or check its permissions.")
    default: ("LMDB or the system reported a fault\(at).", "See the number in lmdb.h or errno.")
    }
  }

  /// The value under `key` of `table` fails its checksum.
  static func damaged(_ table: String, _ key: [UInt8]) -> StoreError {
    StoreError(
      .damaged, "read", "The value under key \(hexadecimal(key)) of table \"\(table)\" is damaged.",
      remedy: "Restore it from a backup, or rebuild it if it is a summary.", table: table, key: key)
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    "0x"
      + bytes.map { byte in
        byte < 16 ? "0\(String(byte, radix: 16))" : String(byte, radix: 16)
      }.joined()
  }
}

/// Throws the error for `number` unless it is `MDB_SUCCESS`, which is 0 like the system's own success.
@inline(__always)
func check(_ number: Int32, _ operation: StaticString, path: String = "") throws(StoreError) {
  if number != MDB_SUCCESS { throw StoreError(number, "\(operation)", path: path) }
}
