// Why: LMDB may crash on a file that is damaged, and would take the report with it. So what reads such files runs in a process of its
// own, which tells on a pipe what it is reading; how it ends is the answer, whatever it is.

internal import Glibc

/// This program, run once more.
public enum ChildProcess {
  /// How a process ended.
  public enum Ending: Sendable, Hashable {
    /// By itself, with this exit code.
    case exited(Int32)
    /// By this signal.
    case signal(Int32)
  }

  /// The descriptor on which the child tells its lines: the first behind its standard streams.
  public static let descriptor: Int32 = 3

  private static let program = "/proc/self/exe"

  /// Runs this program with `arguments` and the same standard streams, and shows each line that it tells on ``descriptor``.
  public static func run(
    _ arguments: [String], line: (String) -> Void
  ) throws(FileFailure) -> Ending {
    var ends: [Int32] = [0, 0]
    // pipe(2): fills the two descriptors.
    if unsafe pipe(&ends) != 0 { throw FileFailure(program) }
    defer { close(ends[0]) }
    let child = try start(arguments, ends)
    readLines(ends[0], line)
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      if errno != EINTR { throw FileFailure(program) }
    }
    // wait(2): the low seven bits are the signal, the next byte the exit code.
    return status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signal(status & 0x7f)
  }

  /// Starts this program with `arguments`; what it writes to ``descriptor`` goes into the pipe with these `ends`, of which it takes the second.
  private static func start(
    _ arguments: [String], _ ends: [Int32]
  ) throws(FileFailure) -> pid_t {
    defer { close(ends[1]) }
    // No other program is to inherit them. (Glibc gives Swift no pipe2(2); nothing else is started meanwhile.)
    for end in ends where fcntl(end, F_SETFD, FD_CLOEXEC) < 0 { throw FileFailure(program) }
    // wait(2): of a child whose end is ignored, as whoever started this process may have asked for, nobody learns how it ended.
    signal(SIGCHLD, SIG_DFL)
    // posix_spawn(3): dup2 onto the same number would leave it closed for the child, so the pipe is elsewhere.
    let output = fcntl(ends[1], F_DUPFD_CLOEXEC, descriptor + 1)
    if output < 0 { throw FileFailure(program) }
    defer { close(output) }
    var actions = unsafe posix_spawn_file_actions_t()
    var failure = unsafe posix_spawn_file_actions_init(&actions)
    if failure != 0 { throw FileFailure(program, number: failure) }
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    failure = unsafe posix_spawn_file_actions_adddup2(&actions, output, descriptor)
    if failure != 0 { throw FileFailure(program, number: failure) }
    var words = unsafe ([name] + arguments).map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var child: pid_t = 0
    // The arguments outlive the call and end with a null.
    failure = unsafe posix_spawn(&child, program, &actions, nil, &words, environ)
    if failure != 0 { throw FileFailure(program, number: failure) }
    return child
  }

  /// What this program was started as.
  private static var name: String { CommandLine.arguments.first ?? program }

  /// Begins the work of a child, which then goes by the name of the program, and not of the link by which it was started.
  /// - Returns: false when nobody listens: this process was not started by ``run(_:line:)``.
  public static func begin() -> Bool {
    var answer = stat()
    // fstat(2): fills the struct it is given.
    guard unsafe fstat(descriptor, &answer) == 0, answer.st_mode & S_IFMT == S_IFIFO,
      fcntl(descriptor, F_GETFL) & O_ACCMODE == O_WRONLY
    else { return false }
    // proc(5), /proc/self/comm: the name, of which the first 15 bytes are kept.
    let own = unsafe open("/proc/self/comm", O_WRONLY | O_CLOEXEC)
    if own >= 0 {
      _ = writeAll(Array((name.split(separator: "/").last ?? "diario").utf8), to: own)
      close(own)
    }
    return true
  }

  /// Shows the lines that come from `descriptor`, until its other end is closed.
  private static func readLines(_ descriptor: Int32, _ line: (String) -> Void) {
    var rest: [UInt8] = []
    while true {
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 16_384) { storage, filled in
        var count: Int
        // read(2): writes at most as many bytes as the storage has.
        repeat {
          count = unsafe read(descriptor, storage.baseAddress, storage.count)
        } while count < 0 && errno == EINTR
        filled = max(count, 0)
      }
      if chunk.isEmpty { return }
      rest += chunk
      while let end = rest.firstIndex(of: 10) {
        line(String(decoding: rest[..<end], as: UTF8.self))
        rest.removeFirst(end + 1)
      }
    }
  }
}

/// What a child tells its parent.
public enum Telling {
  /// Tells a line; each is written at once, so that lines of several threads do not mix (pipe(7): up to 4,096 bytes).
  public static func line(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    // write(2): reads the bytes of the array. When nobody listens any more, the process ends (signal(7): SIGPIPE).
    _ = unsafe bytes.withUnsafeBytes {
      unsafe write(ChildProcess.descriptor, $0.baseAddress, $0.count)
    }
  }
}
