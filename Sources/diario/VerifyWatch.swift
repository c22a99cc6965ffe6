// Why: the process that reads a damaged file may not come back. This one waits for it, remembers what it was reading, and makes of its
// end, whatever it is, a report and an exit code.

internal import Books
internal import EventLog
internal import Platform
internal import Wire

/// Watches the process that verifies.
struct VerifyWatch {
  /// What is being read now, in the order in which it was begun.
  private var pieces: [String] = []
  private var crash = CrashReport()

  /// Runs `diario verify` with `arguments` in a process of its own; its exit code.
  static func run(_ arguments: [String]) throws(Failure) -> Int32 {
    var watch = VerifyWatch()
    let ending: ChildProcess.Ending
    do throws(FileFailure) { ending = try ChildProcess.run(arguments) { watch.take($0) } } catch {
      throw Failure(
        message:
          "Nothing was checked, since the verification cannot be started: \(error.message) \(error.remedy)",
        exitCode: 3)
    }
    switch ending {
    case .exited(let code): return code
    case .signal(Self.closedPipe): return 128 + Self.closedPipe
    case .signal(let signal): throw watch.failure(signal)
    }
  }

  private mutating func take(_ line: String) {
    if crash.take(line) { return }
    switch line.first {
    case "+": pieces.append(String(line.dropFirst()))
    case "-": pieces.removeAll { $0 == line.dropFirst() }
    default: break
    }
  }

  /// Nobody reads any more what the child prints (signal(7): SIGPIPE): that says nothing about the books.
  private static let closedPipe: Int32 = 13

  private func failure(_ signal: Int32) -> Failure {
    guard let name = CrashReport.signals[signal] else {
      return Failure(
        message: "The verification was ended by signal \(signal). Run it again.", exitCode: 1)
    }
    var place = ""
    if let (path, offset) = crash.place { place = " at page \(offset / 4_096) of \(path)" }
    let piece = pieces.isEmpty ? "the files" : pieces.joined(separator: " or ")
    let remedy =
      crash.place?.path.hasSuffix("/views/data.mdb") ?? isOnly(["views", "summar"])
      ? "The log is not affected: run `diario rebuild`."
      : crash.place?.path.contains("/keys/")
        ?? isOnly(["the store of keys", "the personal fields"])
        ? "The log is not affected: put back a copy of keys/ that was made after the last erasure."
        : Fault.restore
    // What LMDB reads where nothing is, is the file's fault. What is the program's own, or the system's, says nothing about the file.
    let isTrap = ["SIGILL", "SIGTRAP"].contains(name)
    let cause =
      isTrap
      ? "that is a fault of the program, or it was given too few files or too little memory (ulimit)"
      : "the file is damaged there"
    return Failure(
      message: "Reading \(piece) crashed (\(name))\(place): \(cause). "
        + "What comes behind was not checked. \(isTrap ? "Run it again, and report it." : remedy)",
      exitCode: 3)
  }
}

extension VerifyWatch {
  /// Whether all that was being read is called by one of `words`.
  private func isOnly(_ words: [String]) -> Bool {
    !pieces.isEmpty && pieces.allSatisfy { piece in words.contains { piece.contains($0) } }
  }
}

/// Tells the watching process, and whoever sits at the terminal, how a verification goes on.
struct VerifyReporter: VerificationObserver {
  let bar = ProgressBar("Verifying")

  func began(_ piece: String) { Telling.line("+\(piece)") }
  func ended(_ piece: String) { Telling.line("-\(piece)") }
  func progressed(_ done: UInt64, of total: UInt64) { bar.update(done, of: total) }

  func found(_ fault: Fault) {
    bar.finish()
    // A damaged key may hold anything, and be named.
    var text = "\(fault.part.rawValue): \(fault.what.printable)\n"
    if !fault.affects.isEmpty { text += "  \(fault.affects.printable)\n" }
    Terminal.note(text + "  \(fault.remedy.printable)\n")
  }
}
