// Why: anybody can ask whether the books are still what was written, at any time, also while others record.

internal import ArgumentParser
internal import Books
internal import EventLog
internal import Platform
internal import Proofs
internal import Wire

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check every page, record, summary, name and key, and the tree over the records.",
    discussion: """
      Whether everybody's personal data can be read is checked too, if the keys are there. Each fault is named, with what depends on it and what to do. Exit code 3 when anything is damaged or cannot be read; 1 when the books are whole \
      but not the history that is held against them, or when today's rules would have decided otherwise.

      --against takes a checkpoint, a cosigned one, the memory of a witness, or a directory of exported tiles, which tells \
      the first event that differs. It may be given several times; each is answered, also when the books are damaged.

      EXAMPLES
        diario verify
        diario verify --quick --books /srv/books
        diario verify --deep
        diario verify --against aranda-2026-03-31.checkpoint --public aranda.key.pub
      """)

  @OptionGroup var place: BooksOption
  @Flag(help: "Only the files, the head, the tiles' root and the last records: in a moment.")
  var quick = false
  @Flag(
    help: "Work every summary out again, decide every event again, and open every personal field.")
  var deep = false
  @Option(
    help: "What somebody else holds of the history: a checkpoint, or a directory of tiles.",
    transform: fileName)
  var against: [String] = []
  @Option(
    help: "The public key of whoever signed it, or the file that holds it.", transform: fileName)
  var `public`: String?
  @Flag(help: .hidden)
  var watched = false

  func validate() throws {
    if quick, deep { throw ValidationError("--quick and --deep exclude each other.") }
    if quick, !against.isEmpty {
      throw ValidationError("--against needs every record. Leave --quick out.")
    }
    if `public` != nil, against.isEmpty {
      throw ValidationError("--public is for the checkpoint that --against names.")
    }
  }

  func run() throws {
    guard watched else {
      let code = try VerifyWatch.run(Array(CommandLine.arguments.dropFirst()) + ["--watched"])
      if code != 0 { throw ExitCode(code) }
      return
    }
    guard ChildProcess.begin() else {
      throw Failure.usage("--watched is for the process that `diario verify` starts. Leave it out.")
    }
    CrashReport.tellOfCrashes()
    let held = try against.map { path throws(Failure) in
      try HeldFiles.history(path, key: `public`)
    }
    let reporter = VerifyReporter()
    let depth: VerificationDepth = quick ? .quick : deep ? .deep : .full
    let path = place.path
    let answer = try withBooks { () throws(BooksError) in
      try Books.verify(
        at: path, depth, keys: place.keys.options, against: held, observer: reporter)
    }
    reporter.bar.finish()
    try report(answer)
  }

  private func report(_ answer: BooksVerification) throws {
    let parts = Set(answer.faults.map(\.part))
    let count = answer.faults.count
    let unchecked = answer.unchecked.map { "\($0.message) \($0.remedy)" }
    if count > 0 {
      Terminal.write(held(answer.continued))
      let found = "\(count) \(count == 1 ? "fault" : "faults") found. \(Self.sentence(parts))"
      throw Failure(
        message: ([found] + unchecked).joined(separator: " "),
        exitCode: parts == [.history] && unchecked.isEmpty ? 1 : 3)
    }
    Terminal.write(text(answer))
    if !unchecked.isEmpty {
      throw Failure(message: unchecked.joined(separator: " "), exitCode: 3)
    }
    if !answer.differences.isEmpty { throw ExitCode(1) }
  }

  /// What is damaged, and what is not.
  private static func sentence(_ parts: Set<Fault.Part>) -> String {
    if parts.contains(.log) { return "The log is damaged." }
    return switch parts.subtracting([.history]) {
    case []: "The books are whole, but not the history that is held against them."
    case [.views]: "Only summaries are damaged; the log is sound."
    case [.keys]: "Only the keys to personal data have faults; the log is sound."
    default: "Summaries and the keys to personal data have faults; the log is sound."
    }
  }

  /// How the keys to personal data are.
  private func text(_ keys: KeysVerification) -> String {
    var known = "the store opens"
    if let live = keys.live {
      known =
        "\(live) \(live == 1 ? "person has a key" : "people have keys"), \(keys.erased) erased"
    } else if let untried = keys.untried, keys.areHere, !quick {
      return "keys:  not checked: \(untried)\n"
    }
    if !keys.areHere { return "keys:  not checked: there are none here\n" }
    if let untried = keys.untried { return "keys:  \(known); not tried: \(untried)\n" }
    return "keys:  \(known)" + (keys.opened.map { "; \($0) events opened" } ?? "") + "\n"
  }

  /// Which of the histories that were held against the books are theirs; the others are among the faults.
  private func held(_ continued: [HeldHistory]) -> String {
    continued.map {
      "held:  the first \($0.checkpoint.size) events are those of \($0.name.printable)\(ofWhom)\n"
    }.joined()
  }

  private var ofWhom: String {
    `public` == nil ? "; whose signature it is was not checked (--public)" : ""
  }

  private func text(_ answer: BooksVerification) -> String {
    guard let log = answer.log else { return "" }
    var text = "sound: \(log.records) of \(log.head.size) records"
    if !quick {
      text += ", \(log.names) names, \(log.keys) keys, \(answer.summaries) parts of summaries"
    }
    text += " checked\n"
    if let untried = answer.viewsUntried { text += "views: not checked: \(untried)\n" }
    if let keys = answer.keys { text += self.text(keys) }
    if deep, answer.viewsUntried == nil {
      text += "again: \(answer.recomputed) summaries worked out, the same as stored\n"
    }
    if let decided = answer.decided {
      let count = answer.differences.count
      text += "rules: \(decided) events decided again, \(count) would differ"
      text += count > 0 ? "; `diario replay --with-rules` shows them\n" : "\n"
    }
    text += held(answer.continued)
    return text + "root   \(log.head.root)\n"
  }
}
