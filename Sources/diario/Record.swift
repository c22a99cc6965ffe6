// Why: events come in as lines of JSON; each is answered by a receipt, printed only when it is on stable storage, or by
// a refusal that says what would help.

internal import ArgumentParser
internal import Books
internal import Decisions
internal import Events
internal import Ledger
internal import Platform
internal import Wire

struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record events, one JSON object a line.",
    discussion: """
      Prints a receipt or a refusal for each line. A refused line changes nothing; the others are recorded, unless \
      --atomic is given. Retrying is safe for lines that carry a "key"; with --imported FILE, for all lines as long as the \
      file stays as it is.

      EXAMPLES
        diario record events.jsonl
        echo '{"event":"warehouse.opened","on":"2026-01-01","warehouse":"MAD","name":"Madrid"}' | diario record
        diario record --dry-run events.jsonl
      """)

  @OptionGroup var where_: BooksOption
  @Argument(help: "A file of JSON lines; - or nothing for standard input.", transform: fileName)
  var file = "-"
  @Flag(help: "Decide and answer, but record nothing.")
  var dryRun = false
  @Flag(help: "The lines may carry \"at\": history is being imported.")
  var imported = false
  @Flag(help: "Record all lines or none.")
  var atomic = false
  @Flag(name: .shortAndLong, help: "Print refusals only.")
  var quiet = false

  /// Lines, and bytes of them, decided and committed together when a file is read.
  private static let (batch, batchBytes) = (4_096, 16 << 20)

  func run() throws {
    let books = try where_.open(readOnly: false, isTrial: dryRun)
    books.tellFinishedErasures()
    if dryRun {
      for position in try withBooks({ () throws(BooksError) in try books.waitingErasures() }) {
        Terminal.error(
          "The erasure that event \(position) asks for waits: recording finishes it before these lines, this trial does not."
        )
      }
    }
    let options = RecordOptions(isAtomic: atomic, isImport: imported, isTrial: dryRun)
    let keys = imported && file != "-" ? try ImportKeys(path: file) : nil
    var reader = file == "-" ? LineReader() : try LineReader(path: file)
    var tally = Tally()
    var lines: [PendingLine] = []
    var bytesOfLines = 0
    // Where receipts scroll by, they say enough.
    let bar = quiet || !Terminal.isOutputTerminal ? ProgressBar("Recording", unit: "bytes") : nil
    func flush() throws(Failure) {
      try answer(lines, books, options, &tally)
      lines.removeAll(keepingCapacity: true)
      bytesOfLines = 0
    }
    while let line = try reader.next() {
      let number = reader.line
      switch line {
      case .tooLong:
        lines.append(
          PendingLine(
            number: number,
            proposal: .failure(
              WireError(
                .tooLong, "The line is longer than \(LineReader.longestLine) bytes.",
                remedy: "Put one event on each line."))))
      case .bytes(let bytes):
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        let proposal = Result { () throws(WireError) in
          let proposal = try Proposal(json: bytes)
          return keys?.keyed(proposal, line: number) ?? proposal
        }
        // An erasure is confirmed only when its request is on disk, which may be a line before this one.
        if !atomic, !dryRun, case .success(let one) = proposal, one.event is ErasureCompleted {
          try flush()
        }
        lines.append(PendingLine(number: number, proposal: proposal))
        bytesOfLines += bytes.count
      }
      let isFull = lines.count >= Self.batch || bytesOfLines >= Self.batchBytes
      if !atomic, !dryRun, isFull || !reader.hasLine {
        try flush()
        bar?.update(reader.consumed, of: reader.size)
      }
    }
    try flush()
    bar?.finish()
    if tally.isEmpty {
      throw Failure.usage("\(file == "-" ? "Standard input" : file) holds no events.")
    }
    Terminal.error(summary(tally))
    tellOfClock(books)
    if tally.refused > 0 { throw ExitCode(1) }
  }

  /// Events are in the order of their moments, so one that was recorded by a clock that went ahead draws all later ones behind it.
  private func tellOfClock(_ books: Books) {
    // The events are recorded, whatever this says.
    guard let last = try? books.lastMoment(ahead: Terminal.now()) else { return }
    Terminal.error(
      "The last event was learned at \(last), a moment that the clock of this machine has not reached: what is recorded meanwhile "
        + "gets moments behind it, and is not known before. If that clock was wrong, restore the events before it "
        + "(`diario restore --to`), and record the others again.")
  }

  private struct PendingLine {
    var number: Int
    var proposal: Result<Proposal, WireError>
  }

  private func answer(
    _ lines: [PendingLine], _ books: Books, _ options: RecordOptions,
    _ tally: inout Tally
  ) throws(Failure) {
    let readable = lines.allSatisfy { if case .success = $0.proposal { true } else { false } }
    var answers: [Answer] = []
    if readable || !atomic {
      let proposals = lines.compactMap { try? $0.proposal.get() }
      do throws(BooksError) { answers = try books.record(proposals, options) } catch {
        throw interrupted(error, before: lines.first?.number ?? 1, tally)
      }
    }
    var next = answers.makeIterator()
    var output = ""
    for line in lines {
      switch line.proposal {
      case .failure(let error):
        tally.refused += 1
        output += Refusal(error).json(line: line.number) + "\n"
      case .success:
        switch next.next() {
        case .recorded(let receipt)?:
          if receipt.isRepeated { tally.repeated += 1 } else { tally.recorded += 1 }
          if !quiet { output += try text(receipt, books) }
        case .wouldBe(let receipt)?:
          if dryRun { tally.recorded += 1 } else { tally.undone += 1 }
          if dryRun, !quiet { output += try text(receipt, books, isRecorded: false) }
        case .refused(let refusal)?:
          tally.refused += 1
          output += refusal.json(line: line.number) + "\n"
        case nil: tally.undone += 1
        }
      }
    }
    Terminal.write(
      output, ifLost: "Run the command again: lines with a key are not recorded twice.")
  }

  /// Why the lines from number `line` on are not recorded, or may not be, and what stands of those before it.
  private func interrupted(_ error: BooksError, before line: Int, _ tally: Tally) -> Failure {
    var failure = Failure(error)
    if tally.isEmpty || dryRun { return failure }
    let goOn =
      error.code == .outcomeUnknown
      ? "Whether line \(line) stands, `diario log` shows."
      : "Then send only the lines from \(line) on, unless all have a key or came with --imported FILE."
    failure.message =
      "Up to line \(line - 1): \(summary(tally)). From line \(line) on: \(failure.message) \(goOn)"
    return failure
  }

  private func text(
    _ receipt: Receipt, _ books: Books, isRecorded: Bool = true
  ) throws(Failure) -> String {
    try withBooks { () throws(BooksError) in
      try books.json(receipt, isRecorded: isRecorded) + "\n"
    }
  }

  private func summary(_ tally: Tally) -> String {
    let verb = dryRun ? "would be recorded" : "recorded"
    var parts = ["\(tally.recorded) \(verb)"]
    if tally.repeated > 0 { parts.append("\(tally.repeated) recorded before") }
    parts.append("\(tally.refused) refused")
    let nothing = atomic && tally.refused > 0 ? "; nothing was recorded" : ""
    return parts.joined(separator: ", ") + nothing
  }
}

/// How many lines came to what.
private struct Tally {
  var recorded = 0
  var repeated = 0
  var refused = 0
  /// Neither recorded nor refused: a line beside them in their atomic batch was refused.
  var undone = 0

  var isEmpty: Bool { recorded + repeated + refused + undone == 0 }
}

extension Refusal {
  /// The refusal of line `line` as one JSON object.
  fileprivate func json(line: Int) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      for (name, value) in [("refused", name), ("line", ""), ("message", message)] {
        writer.key(name)
        if name == "line" { writer.raw(String(line)) } else { writer.string(value) }
      }
      writer.key("remedy")
      writer.string(remedy)
    }
    return writer.text
  }
}
