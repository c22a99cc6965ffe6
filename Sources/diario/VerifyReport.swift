// Why: an auditor trusts neither the figures nor the summaries that came with a copy: the table is worked out again from the copy's
// events, and those are what was signed.

internal import ArgumentParser
internal import Books
internal import Ledger
internal import Platform
internal import Projections
internal import Proofs
internal import Reports
internal import Summaries
internal import Wire

struct VerifyReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify-report",
    abstract: "Check a report that was given with its proof, with a copy of the books or without.",
    discussion: """
      With a copy the events are hashed again, the table is worked out again from them alone, and every byte must be the same; the \
      copy is not written to. Without one it is checked who signed the file, that the table answers the question, and that its \
      events are among those of the checkpoint. Exit code 1 when anything is otherwise, 2 when the file is none.

      EXAMPLES
        diario verify-report balance-sheet.proof --public aranda.key.pub --books /srv/restored/aranda
        diario verify-report balance-sheet.proof --public aranda.key.pub
      """)

  @Argument(
    help: "The file of the report with its proof; - for standard input.", transform: fileName)
  var file: String
  @Option(help: "The public key, or the file that holds it.", transform: fileName)
  var `public`: String
  @Option(help: "The directory of a copy of the books.", transform: fileName)
  var books: String?
  @Flag(help: "Print the table, if everything is as it should be.")
  var table = false

  func run() throws {
    let text = try textOfFile(file, .report)
    let (note, proof) = try accepting { () throws(ProofError) in
      let note = try SignedNote(parsing: text)
      return (note, try ReportProof(note))
    }
    let key = try KeyFile.verificationKey(`public`, for: note)
    let checkpoint = try accepting { () throws(ProofError) in try proof.verify(key) }
    var lines: [String] = []
    if let books {
      let rows = try recompute(proof, checkpoint, books)
      lines.append("the \(rows) rows are, byte for byte, what the events in \(books) say")
    }
    try accepting { () throws(ProofError) in try key.verify(note) }
    lines.append("signed by \(key.name), with diario \(proof.program)")
    lines.append(
      "its \(proof.question.knownAt) events are the first of the \(checkpoint.size) that \(key.name) signed"
    )
    let unchecked =
      "not checked: that the figures follow from these events (that needs --books COPY)"
    if table {
      if books == nil { Terminal.error(unchecked) }
      return Terminal.write(proof.table + "\n")
    }
    if books == nil { lines.append(unchecked) }
    let word = books == nil ? "signed" : "proven"
    let heading = "\(word): \(proof.question.command.printable)\n"
    Terminal.write(heading + lines.map { "  \($0)\n" }.joined())
  }

  /// Works the table out again from the events in `copy`; how many rows it has.
  private func recompute(
    _ proof: ReportProof, _ checkpoint: Checkpoint, _ copy: String
  ) throws -> Int {
    let (names, tree) = try accepting { () throws(ProofError) in
      (try proof.projections(), try proof.tree())
    }
    // Every report asks what the books are called, and in what currency they are kept.
    let projections = AllProjections.list.filter {
      names.contains($0.namespace) || $0.namespace == Definitions.namespace
    }
    let unknown = names.first { name in !projections.contains { $0.namespace == name } }
    if let unknown {
      throw Failure.refused(
        "The table was worked out with the projection \(unknown), which this program (diario \(Diario.version)) has not. "
          + "Use diario \(proof.program).")
    }
    let scratch = try reading { () throws(FileFailure) in try ScratchDirectory() }
    let books = try withBooks { () throws(BooksError) in
      try Books(
        at: copy, projections: projections, summaries: scratch.path, readOnly: true,
        keys: KeyOptions(isWithoutKeys: true), now: { Terminal.now() })
    }
    let table = try table(proof.question, tree, checkpoint, books)
    try accepting { () throws(ProofError) in try proof.compare(with: table) }
    return table.rows.count { $0.style == .plain }
  }

  private func table(
    _ question: ReportQuestion, _ tree: (size: UInt64, root: MerkleHash), _ checkpoint: Checkpoint,
    _ books: Books
  ) throws(Failure) -> Table {
    let hashing = ProgressBar("Hashing again", unit: "events")
    let look = try withBooks { () throws(BooksError) in
      try books.requireRecords(tree.size, root: tree.root) { hashing.update($0, of: $1) }
      hashing.finish()
      if try books.size() >= checkpoint.size { try books.requireHistory(of: checkpoint) }
      try books.rebuild(fromScratch: false)
      return try books.look(asOf: question.asOf, knownAt: .position(tree.size))
    }
    return try asking { () throws(ReportError) in try question.table(look) }
  }
}
