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

  /// Runs this program with `arguments` and the same standard streams, and shows each line that it tells on ``descriptor``.
  public static func run(
    _ arguments: [String], line: (String) -> Void
  ) throws(FileFailure) -> Ending {
    let program = "/proc/self/exe"
    var ends: [Int32] = [0, 0]
    // pipe(2): fills the two descriptors; no other program is to inherit them.
    if unsafe pipe(&ends) != 0 { throw FileFailure(program) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // posix_spawn(3): dup2 onto the same number would leave it closed for the child, so the pipe is elsewhere.
    let output = fcntl(ends[1], F_DUPFD_CLOEXEC, descriptor + 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, descriptor)
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var child: pid_t = 0
    // The arguments outlive the call and end with a null.
    let failure = unsafe posix_spawn(&child, program, &actions, nil, &words, environ)
    unsafe words.forEach { unsafe free($0) }
    close(ends[1])
    close(output)
    defer { close(ends[0]) }
    guard failure == 0 else {
      errno = failure
      throw FileFailure(program)
    }
    readLines(ends[0], line)
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    // wait(2): the low seven bits are the signal, the next byte the exit code.
    return status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signal(status & 0x7f)
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
