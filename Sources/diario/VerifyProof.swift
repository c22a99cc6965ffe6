// Why: whoever checks a proof needs no books: the proof, the public key, and this program or any other that knows the public form.

internal import ArgumentParser
internal import Books
internal import Events
internal import Platform
internal import Proofs
internal import Wire

struct VerifyProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify-proof",
    abstract: "Check a proof with nothing but the public key.",
    discussion: """
      Exit code 1 when the proof does not hold. A proof of consistency is checked against an older checkpoint.

      EXAMPLES
        diario verify-proof 812.tlog-proof --public aranda.key.pub
        diario verify-proof since-812.proof --public aranda.key.pub --old aranda-812.checkpoint
      """)

  @Argument(help: "The file of the proof; - for standard input.", transform: fileName)
  var file: String
  @Option(help: "The public key, or the file that holds it.", transform: fileName)
  var `public`: String
  @Option(help: "The older checkpoint, for a proof of consistency.", transform: fileName)
  var old: String?

  func run() throws {
    let text = try textOfFile(file, .proof)
    if let note = try? SignedNote(parsing: text), (try? Checkpoint(note)) != nil {
      throw Failure.usage("\(file) is a checkpoint, and no proof. `diario prove` makes one.")
    }
    if old != nil, (try? InclusionProof(parsing: text)) != nil {
      throw Failure.usage(
        "\(file) is a proof of one event. Leave --old out: it is for consistency.")
    }
    if old != nil || text.hasPrefix("old ") { return try consistency(text) }
    let proof = try accepting(file) { () throws(ProofError) in try InclusionProof(parsing: text) }
    let key = try KeyFile.verificationKey(`public`, for: proof.checkpoint)
    let signed = try accepting { () throws(ProofError) in try proof.verify(key) }
    let record = proof.record.flatMap { bytes in RecordView(in: bytes.raw, at: 0)?.copy() }
    guard let record, record.position == proof.index + 1 else {
      throw Failure.refused("What is at leaf \(proof.index) of \(key.name) is no event of Diario.")
    }
    let fields = try withBooks { () throws(BooksError) in try Books.fields(of: record) }
    Terminal.write(
      """
      proven: event \(record.position) of the \(signed.size) that \(key.name) signed
      \(Catalogue.name(of: record.kind))  on \(record.on)  learned at \(record.at)
      \(fields.printable)

      """)
  }

  private func consistency(_ text: String) throws(Failure) {
    guard let old else {
      throw Failure.usage("A proof of consistency needs the older checkpoint. Use --old FILE.")
    }
    let proof = try accepting(file) { () throws(ProofError) in try ConsistencyProof(parsing: text) }
    let before = try textOfFile(old, .checkpoint)
    let older = try accepting(old) { () throws(ProofError) in try SignedNote(parsing: before) }
    let key = try KeyFile.verificationKey(`public`, for: proof.checkpoint)
    // An earlier incarnation signed with a key of its own.
    let olderKey = try KeyFile.verificationKey(`public`, for: older)
    try accepting { () throws(ProofError) in
      try olderKey.verify(older)
      let before = try Checkpoint(older)
      guard before.size == proof.oldSize else {
        throw ProofError(
          .mismatch,
          "The proof begins at \(proof.oldSize) events, the checkpoint has \(before.size).",
          remedy: "Ask for a proof from \(before.size).")
      }
      let new = try proof.verify(key, oldRoot: before.root)
      let whose = olderKey.name.isExactly(key.name) ? "of before" : "that \(olderKey.name) signed"
      Terminal.write(
        "proven: the \(new.size) events that \(key.name) signed begin with the \(before.size) \(whose)\n"
      )
    }
  }
}
