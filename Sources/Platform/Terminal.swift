// Why: what a process has from outside (its streams, its clock, its environment) is asked of the C library in this room
// and nowhere else outside LMDB/, each call with the rule that makes it right.

internal import Glibc
public import Ledger

/// The streams, the clock and the environment of this process.
public enum Terminal {
  /// Lets a limit on the size of files be an error of the write that meets it, as a full disk is, rather than the end
  /// of the process (setrlimit(2): SIGXFSZ).
  public static func acceptFileSizeLimits() { signal(SIGXFSZ, SIG_IGN) }

  /// Opens something in the place of each standard stream that is closed. Otherwise the next file would get its number, and what is
  /// printed would be written into it: into the books. Standard input is then at its end, what is printed cannot be written, and
  /// messages go nowhere.
  public static func occupyClosedStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      // open(2): the lowest number that is free, which is that of the stream, since those below are open by now.
      let taken = unsafe open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY)
      if taken != stream { exit(3) }
    }
  }

  /// Writes `text` to standard output; where it cannot be written, this process ends.
  /// - Parameter loss: what to know then, in a sentence.
  public static func write(
    _ text: String, ifLost loss: String = "What the command did is done; only its answer was lost."
  ) {
    guard let number = writeAll(Array(text.utf8), to: STDOUT_FILENO) else { return }
    // An answer that nobody got, since nobody reads any more (a closed pipe), was not given; and there is nobody to tell.
    if number == EPIPE { exit(1) }
    error("diario: Standard output cannot be written: \(SystemError.text(of: number)). \(loss)")
    exit(3)
  }

  /// Writes a line to standard error.
  public static func error(_ line: String) { note(line + "\n") }

  /// Writes `text` to standard error as it is: a progress bar.
  public static func note(_ text: String) {
    // A message is not what the command was for: its exit code says what came of it, also to those who do not hear the message.
    _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Whether an argument of this process, or one of `variables`, is no text in UTF-8: what Swift makes of it would name another file.
  public static func isUnreadable(variables: [String]) -> Bool {
    // The arguments are C strings, which live as long as the process; so do the variables, since nothing here sets any (getenv(3)).
    func isText(_ word: UnsafePointer<CChar>?) -> Bool {
      unsafe word.map { unsafe String(validatingCString: $0) != nil } ?? true
    }
    let arguments = 1..<max(1, Int(CommandLine.argc))
    return arguments.contains { unsafe !isText(CommandLine.unsafeArgv[$0]) }
      || variables.contains { unsafe !isText(getenv($0)) }
  }

  /// Whether standard output is a terminal.
  public static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  /// Whether standard error is a terminal.
  public static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether standard output takes colours: it is a terminal that can, and nobody has set NO_COLOR (no-color.org).
  public static var isColoured: Bool {
    isOutputTerminal && variable("NO_COLOR") == nil && variable("TERM") != "dumb"
  }

  /// The value of an environment variable; `nil` when it is absent or empty, as a script leaves one that it could not fill.
  public static func variable(_ name: String) -> String? {
    // getenv(3): the text is copied at once; nothing here sets variables.
    let value = unsafe getenv(name).map { unsafe String(cString: $0) }
    return value?.isEmpty == false ? value : nil
  }

  /// The present moment.
  public static func now() -> Instant {
    var time = timespec()
    // clock_gettime(2): fills the struct it is given.
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  /// `count` random bytes from the system.
  public static func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
