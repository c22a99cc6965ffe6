// Why: keys, checkpoints, proofs and backups are files of their own. Each is written beside its place and moved there when it is on
// stable storage, so that nobody ever finds half of one.

internal import Glibc

/// What the system said when a file could not be read or written.
public struct FileFailure: Error, Sendable {
  /// A sentence: the file and the system's words.
  public let message: String
  private let number: Int32

  /// Whether the disk is full, or a limit was met.
  public var isNoSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(number) }
  /// What would help, in a sentence.
  public var remedy: String {
    switch number {
    case ENOENT, ENOTDIR, EISDIR, ENAMETOOLONG, ELOOP: "Check the name."
    case EACCES, EPERM, EROFS: "Name another place, or have somebody do it who may."
    case EEXIST: "Name another file."
    case EMFILE, ENFILE: "End other programs, or raise the limit on open files (ulimit -n)."
    case EMSGSIZE: "Check whether it is the right file."
    case _ where isNoSpace: "Free some space and try again."
    default: "Check the disk and its free space, then try again."
    }
  }
  /// Whether the system had nothing left for it: no file more, no memory.
  public var isExhausted: Bool { [EMFILE, ENFILE, ENOMEM].contains(number) }
  /// Whether this user may not do it.
  public var isNotPermitted: Bool { [EACCES, EPERM].contains(number) }

  /// The file at `path` has more bytes than `limit`.
  init(_ path: String, over limit: ReadLimit) {
    number = EMSGSIZE
    message = "\(path) is larger than \(limit.kind) can be: \(limit.bytes) bytes."
  }

  /// The call that failed was about the file at `path`.
  init(_ path: String, number: Int32 = errno) {
    self.number = number
    message = "\(path): \(SystemError.text(of: number))."
  }
}

/// Whole files.
public enum Files {
  /// The bytes of the file at `path`.
  /// - Throws: `FileFailure` also when there are more than `limit`.
  public static func read(_ path: String, _ limit: ReadLimit) throws(FileFailure) -> [UInt8] {
    let bytes: [UInt8]?
    do throws(ByteInput.Failure) { bytes = try ByteInput(path: path).readAll(limit) } catch {
      throw FileFailure(path, number: error.number)
    }
    guard let bytes else { throw FileFailure(path, over: limit) }
    return bytes
  }

  /// Bytes of the file at `path`; `nil` when there is none, or something else than a file.
  public static func size(_ path: String) -> UInt64? {
    do throws(ByteInput.Failure) { return try ByteInput(path: path).size } catch { return nil }
  }

  /// Whether there is anything at `path`.
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether at `path` there is a file and not a directory, a pipe or a device; `nil` when there is nothing.
  public static func isFile(_ path: String) -> Bool? {
    var answer = stat()
    return unsafe stat(path, &answer) == 0 ? answer.st_mode & S_IFMT == S_IFREG : nil
  }

  /// Whether `path` is a link that leads to nothing.
  public static func isDangling(_ path: String) -> Bool {
    var answer = stat()
    return unsafe lstat(path, &answer) == 0 && !exists(path)
  }

  /// `path` as the system knows it: absolute, without links; `nil` when there is nothing.
  public static func resolved(_ path: String) -> String? {
    // realpath(3): with a null buffer it allocates the answer, which is ours to free.
    guard let answer = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(answer) }
    return unsafe String(cString: answer)
  }

  /// `path`, which need not be there yet, as the system knows it.
  public static func location(_ path: String) -> String {
    if let place = resolved(path) { return place }
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    // A working directory that was deleted is nowhere, and is its own parent.
    guard path != ".", let name = path.split(separator: "/").last else { return "/" }
    let parent = location(parent(of: path))
    return parent == "/" ? "/\(name)" : "\(parent)/\(name)"
  }

  /// The nearest to `path` that is there, `path` itself or a directory above it, as the system knows it.
  public static func nearest(_ path: String) -> String {
    // A working directory that was deleted is nowhere, and is its own parent.
    path == "." ? resolved(path) ?? "/" : resolved(path) ?? nearest(parent(of: path))
  }

  /// Whether `path` is the directory at `directory` or lies in it; neither need be there yet.
  public static func isPath(_ path: String, inside directory: String) -> Bool {
    let (place, whole) = (location(path), location(directory))
    return place == whole || place.hasPrefix(whole == "/" ? whole : whole + "/")
  }

  /// The directory that holds `path`.
  public static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The names in the directory at `path`, without `.` and `..`.
  public static func names(in path: String) throws(FileFailure) -> [String] {
    guard let directory = unsafe opendir(path) else { throw FileFailure(path) }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    // readdir(3): the entry is valid until the next call, and the name is copied before it; only errno tells a failure from the end.
    while true {
      errno = 0
      guard let entry = unsafe readdir(directory) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    if errno != 0 { throw FileFailure(path) }
    return names
  }

  /// Makes the directory at `path` and those above it that are absent, durably.
  public static func makeDirectories(_ path: String) throws(FileFailure) {
    if try makeDirectory(path) { return }
    try makeDirectories(parent(of: path))
    if try !makeDirectory(path) { throw FileFailure(path, number: ENOENT) }
  }

  /// Makes the directory at `path` if it is absent; false when the one above it is.
  private static func makeDirectory(_ path: String) throws(FileFailure) -> Bool {
    if unsafe mkdir(path, 0o755) == 0 {
      try synchronize(parent(of: path))
      return true
    }
    guard [EEXIST, ENOENT].contains(errno) else { throw FileFailure(path) }
    return errno == EEXIST
  }

  /// Gives the file or directory at `old` the name `new`, durably.
  /// - Parameter replaces: false to fail when something is called so already; of a file only.
  public static func move(
    _ old: String, to new: String, replaces: Bool = true
  ) throws(FileFailure) {
    if replaces {
      if unsafe rename(old, new) != 0 { throw FileFailure(new) }
      return try synchronize(parent(of: new))
    }
    try withDirectory(parent(of: new)) { (descriptor) throws(FileFailure) in
      // Whoever gives a name that must be new holds its directory meanwhile, or two could find it free. (flock(2): a network file system may
      // have no such lock; then this is as good as it gets.)
      while flock(descriptor, LOCK_EX) != 0 {
        if [EBADF, ENOLCK, ENOSYS, EOPNOTSUPP].contains(errno) { break }
        if errno != EINTR { throw FileFailure(new) }
      }
      if exists(new) { throw FileFailure(new, number: EEXIST) }
      if unsafe rename(old, new) != 0 { throw FileFailure(new) }
      if fsync(descriptor) != 0, errno != EINVAL { throw FileFailure(new) }
    }
  }

  /// What follows the name of a file that is not finished; the number of the process that writes it follows.
  static let partialMark = ".partial-"

  /// What a ``ByteOutput`` that is called `name` before it is finished is to be called; `nil` when it is something else.
  public static func finishedName(ofPartial name: String) -> String? {
    let digits = name.reversed().prefix { ("0"..."9").contains($0) }.count
    let rest = name.dropLast(digits)
    guard digits > 0, rest.hasSuffix(partialMark), rest.count > partialMark.count else {
      return nil
    }
    return String(rest.dropLast(partialMark.count))
  }

  /// Deletes the file at `path`, if there is one.
  public static func delete(_ path: String) { unsafe unlink(path) }

  /// Deletes the file at `path`; when it returns, no power cut brings it back.
  public static func deleteDurably(_ path: String) throws(FileFailure) {
    if unsafe unlink(path) != 0, errno != ENOENT { throw FileFailure(path) }
    try synchronize(parent(of: path))
  }

  /// Deletes the directory at `path` with the files in it, durably; does nothing when there is none.
  public static func deleteDirectory(_ path: String) throws(FileFailure) {
    if !exists(path) { return }
    for attempt in 1... {
      for name in try names(in: path) where unsafe unlink("\(path)/\(name)") != 0 {
        throw FileFailure("\(path)/\(name)")
      }
      if unsafe rmdir(path) == 0 { break }
      // Whoever opens an environment at this moment makes its file of locks again.
      guard errno == ENOTEMPTY, attempt < 100 else { throw FileFailure(path) }
    }
    try synchronize(parent(of: path))
  }

  /// Whether nobody but its owner may read or write the file at `path`.
  public static func isPrivate(_ path: String) throws(FileFailure) -> Bool {
    var answer = stat()
    if unsafe stat(path, &answer) != 0 { throw FileFailure(path) }
    return answer.st_mode & 0o077 == 0
  }

  /// Makes the names in the directory at `path` durable.
  static func synchronize(_ path: String) throws(FileFailure) {
    try withDirectory(path) { (descriptor) throws(FileFailure) in
      if fsync(descriptor) != 0, errno != EINVAL { throw FileFailure(path) }
    }
  }

  private static func withDirectory(
    _ path: String, _ body: (Int32) throws(FileFailure) -> Void
  ) throws(FileFailure) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw FileFailure(path) }
    defer { close(descriptor) }
    try body(descriptor)
  }

  /// Writes `bytes` into the file at `path`, which is replaced as a whole, durably.
  /// - Parameters:
  ///   - mode: who may do what with it, as chmod(1) counts.
  ///   - replaces: false to fail when there is one.
  public static func write(
    _ bytes: some Collection<UInt8>, to path: String, mode: UInt32 = 0o644, replaces: Bool = true
  ) throws(FileFailure) {
    let output = try ByteOutput(path: path, mode: mode, replaces: replaces)
    try output.write(Array(bytes))
    try output.finish()
  }
}
