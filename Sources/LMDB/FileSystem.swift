// Why: what must be asked of the file system to open books safely.

internal import CLMDB
internal import Glibc

/// Questions to the file system, and the one thing that makes a new file last.
public enum FileSystem {
  /// Makes the names inside the directory at `path` durable: fsync(2) of a file does not cover its name.
  public static func synchronizeDirectory(_ path: String) throws(StoreError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw StoreError(errno, "open", path: path) }
    defer { close(descriptor) }
    // fsync(2): EINVAL means that this file system cannot; it then keeps names by itself or not at all.
    if fsync(descriptor) != 0, errno != EINVAL { throw StoreError(errno, "fsync", path: path) }
  }

  /// Bytes that may still be written on the file system that holds `path`.
  public static func freeBytes(at path: String) throws(StoreError) -> Int {
    var answer = statvfs()
    if unsafe statvfs(path, &answer) != 0 { throw StoreError(errno, "statvfs", path: path) }
    return Int(answer.f_bavail) * Int(answer.f_frsize)
  }

  /// Whether the file system that holds `path` is mounted read-only.
  static func isReadOnly(_ path: String) -> Bool {
    var answer = statvfs()
    return unsafe statvfs(path, &answer) == 0 && answer.f_flag & UInt(ST_RDONLY) != 0
  }

  /// Makes a directory that only its owner and group may look into, and makes its name durable; does nothing when
  /// there is one.
  public static func createDirectory(_ path: String) throws(StoreError) {
    if unsafe mkdir(path, 0o750) == 0 { return try synchronizeDirectory(parent(of: path)) }
    if errno != EEXIST { throw StoreError(errno, "mkdir", path: path) }
  }

  /// Whether there is anything at `path`.
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether at `path` there is something else than a directory: a file, or a link that leads to none.
  public static func isNoDirectory(_ path: String) -> Bool {
    var answer = stat()
    if unsafe stat(path, &answer) == 0 { return answer.st_mode & S_IFMT != S_IFDIR }
    return unsafe lstat(path, &answer) == 0
  }

  /// The directory that holds `path`.
  public static func parent(of path: String) -> String {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed = trimmed.dropLast() }
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  /// What stat(2) says about `path`; `nil` when there is nothing.
  static func information(_ path: String) throws(StoreError) -> stat? {
    var answer = stat()
    if unsafe stat(path, &answer) == 0 { return answer }
    if errno == ENOENT { return nil }
    throw StoreError(errno, "stat", path: path)
  }

  /// The kind of file system at `path`, as a magic number of statfs(2).
  static func kind(at path: String) throws(StoreError) -> Int {
    var answer = statfs()
    if unsafe statfs(path, &answer) != 0 { throw StoreError(errno, "statfs", path: path) }
    return Int(answer.f_type)
  }

  /// Whether a program serves the file system that holds `path` (FUSE): it may be remote, as with sshfs and GlusterFS, or as good as any.
  public static func isServedByProgram(_ path: String) -> Bool {
    (try? kind(at: path)).map { UInt32(truncatingIfNeeded: $0) == 0x6573_5546 } ?? false
  }

  /// The name of the network file system with this magic number (linux/magic.h, statfs(2)); `nil` when it is local.
  static func networkName(of kind: Int) -> String? {
    switch UInt32(truncatingIfNeeded: kind) {
    case 0x6969: "NFS"
    case 0x517B: "SMB"
    case 0xFF53_4D42, 0xFE53_4D42: "CIFS"
    case 0x0102_1997: "9P"
    case 0x5346_414F, 0x6B41_4653: "AFS"
    case 0x7375_7245: "Coda"
    case 0x00C3_6400: "Ceph"
    case 0x0BD0_0BD0: "Lustre"
    case 0x7461_636F: "OCFS2"
    case 0x0116_1970: "GFS2"
    case 0x4750_4653: "GPFS"
    case 0x1983_0326: "BeeGFS"
    case 0x786F_4256: "VirtualBox"
    default: nil
    }
  }
}
