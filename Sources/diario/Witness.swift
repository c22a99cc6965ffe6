// Why: books and key are in one house. Whoever runs this elsewhere remembers what was signed, and sees when a later checkpoint tells
// another story.

internal import ArgumentParser
internal import Ledger
internal import Platform
internal import Proofs
internal import Wire

struct Witness: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "witness",
    abstract:
      "Remember the last checkpoint of somebody's books, and refuse one that does not continue it.",
    discussion: """
      FILE is a checkpoint, or the proof that `diario prove consistency` gives from the size that is remembered. Exit code 1 \
      when it is refused; the memory stays as it was. With a key of your own the answer is the checkpoint with your signature.

      EXAMPLES
        diario witness since-812.proof --public aranda.key.pub --memory aranda.seen
        diario witness since-812.proof --public aranda.key.pub --memory aranda.seen --key auditor.key
      """)

  @Argument(help: "The checkpoint or the proof; - for standard input.", transform: fileName)
  var file: String
  @Option(help: "The public key of the books, or the file that holds it.", transform: fileName)
  var `public`: String
  @Option(help: "The file that remembers the last checkpoint.", transform: fileName)
  var memory: String
  @Option(
    help: "The file of your own secret key (`diario key new --witness`).", transform: fileName)
  var key: String?

  func run() throws {
    try OutputPlace.requireFile(memory)
    // What a link leads to is the memory, so that there are never two.
    let memory = Files.resolved(memory) ?? memory
    let text = try textOfFile(file, .proof)
    let (proof, note) = try accepting(file) { () throws(ProofError) in
      if text.hasPrefix("old ") {
        let proof = try ConsistencyProof(parsing: text)
        return (proof as ConsistencyProof?, proof.checkpoint)
      }
      return (nil, try SignedNote(parsing: text))
    }
    let signer = try KeyFile.verificationKey(`public`, for: note)
    let lock = try KeyFile(path: memory).lock()
    let new = try accepting { () throws(ProofError) in
      try signer.verify(note)
      return try Checkpoint(note)
    }
    guard new.origin.isExactly(signer.name) else {
      throw Failure.refused("The checkpoint is of \(new.origin), not of \(signer.name).")
    }
    var answer = "first seen: \(new.size) events of \(new.origin)\n"
    if Files.exists(memory) {
      let before = try remembered(memory)
      try accepting { () throws(ProofError) in try Witness.check(new, note, proof, before, signer) }
      answer =
        "consistent: \(new.size) events of \(new.origin) begin with the \(before.size) of before\n"
    }
    var signed = note
    var keys = [signer]
    if let key {
      let mine = try KeyFile(path: key).key()
      guard mine.kind == .witness else {
        throw Failure.usage("\(key) is no witness's key. Make one with `diario key new --witness`.")
      }
      signed = try accepting { () throws(ProofError) in
        try Cosignature.add(
          to: note, mine, at: UInt64(clamping: Terminal.now().microseconds / 1_000_000))
      }
      keys.append(mine.verificationKey)
      answer = signed.text
    }
    // Whoever hands in a checkpoint may put any number of signatures below it: they are not remembered.
    let kept = signed.signed(by: keys).text
    try accepting { () throws(ProofError) in
      for text in [signed.text, kept] { try signer.verify(SignedNote(parsing: text)) }
    }
    try reading { () throws(FileFailure) in try Files.write(kept.utf8, to: memory) }
    Terminal.write(answer)
    _ = consume lock
  }

  /// The last checkpoint that was seen. One that is damaged must not be taken for a rewritten history, so its signature is checked again.
  private func remembered(_ memory: String) throws(Failure) -> Checkpoint {
    let bytes = try reading { () throws(FileFailure) in try Files.read(memory, .checkpoint) }
    let keys = try KeyFile.verificationKeys(`public`)
    do throws(ProofError) {
      let note = try SignedNote(parsing: String(decoding: bytes, as: UTF8.self))
      let checkpoint = try Checkpoint(note)
      let own = keys.filter { $0.name.isExactly(checkpoint.origin) }
      let signer = own.first { key in note.signatures.contains { $0.keyID == key.id } } ?? own.first
      try signer?.verify(note)
      return checkpoint
    } catch {
      throw Failure.refused(
        "The memory \(memory) cannot be relied on: \(error.message) Put back a copy of it; if there is none, ask for "
          + "the checkpoint that was signed last before, compare it with what others hold, and begin a new memory with it."
      )
    }
  }

  /// Makes sure that `new` continues `before`.
  private static func check(
    _ new: Checkpoint, _ note: SignedNote, _ proof: ConsistencyProof?, _ before: Checkpoint,
    _ signer: VerificationKey
  ) throws(ProofError) {
    guard before.origin.isExactly(new.origin) else {
      throw ProofError(
        .mismatch, "The memory is of \(before.origin), the checkpoint of \(new.origin).",
        remedy: "A new incarnation is another history: ask why it began, and use another memory.")
    }
    if new.size < before.size {
      throw ProofError(
        .mismatch, "The checkpoint has \(new.size) events, but \(before.size) were signed before.",
        remedy: "The books went back: ask for an explanation.")
    }
    if new.size == before.size {
      guard new.root == before.root else {
        throw ProofError(
          .mismatch, "Two different histories of \(new.size) events were signed.",
          remedy: "The history was rewritten: keep both checkpoints, they prove it.")
      }
      return
    }
    let path = ConsistencyProof(
      oldSize: proof?.oldSize ?? before.size, path: proof?.path ?? [], checkpoint: note)
    guard proof != nil, path.oldSize == before.size else {
      throw ProofError(
        .mismatch,
        "A proof that the checkpoint continues the \(before.size) events of before is needed.",
        remedy: "Ask for `diario prove consistency \(before.size)`.")
    }
    try path.verify(signer, oldRoot: before.root)
  }
}
