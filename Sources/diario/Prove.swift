// Why: the auditor asks "was this invoice in the books on that evening?"; the answer is a small file that needs no trust in us.

internal import ArgumentParser
internal import Books
internal import Platform
internal import Proofs

struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Prove that an event is in the log, or that a log continues an older one.",
    subcommands: [ProveInclusion.self, ProveConsistency.self])
}

/// `--checkpoint FILE`, else the last one that was signed.
struct SignedOptions: ParsableArguments {
  @OptionGroup var key: KeyOption
  @Option(
    help: "A signed checkpoint of these books; the last one that the key signed when absent.",
    transform: fileName)
  var checkpoint: String?

  func note() throws(Failure) -> SignedNote {
    guard let checkpoint else { return try key.file().lastSigned() }
    let text = try textOfFile(checkpoint, .checkpoint)
    return try accepting(checkpoint) { () throws(ProofError) in try SignedNote(parsing: text) }
  }
}

struct ProveInclusion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inclusion",
    abstract: "Prove that an event is in the log, with its record (C2SP tlog-proof).",
    discussion: """
      EXAMPLES
        diario prove inclusion 812 --key ~/aranda.key > 812.tlog-proof
        diario prove inclusion 812 --checkpoint aranda-2026-03-31.checkpoint
      """)

  @OptionGroup var place: BooksOption
  @OptionGroup var signed: SignedOptions
  @Argument(help: "The event's position.")
  var position: UInt64

  func validate() throws {
    if position == 0 { throw ValidationError("There is no event 0: the first is 1.") }
  }

  func run() throws {
    let note = try signed.note()
    let books = try place.open(readOnly: true)
    let proof = try withBooks { () throws(BooksError) in try books.proof(of: position, in: note) }
    Terminal.write(proof.text)
  }
}

struct ProveConsistency: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consistency",
    abstract: "Prove that a checkpoint continues an older one (C2SP tlog-witness, add-checkpoint).",
    discussion: """
      EXAMPLES
        diario prove consistency 812 --key ~/aranda.key > since-812.proof
        diario prove consistency 812 1500 --checkpoint aranda-1500.checkpoint
      """)

  @OptionGroup var place: BooksOption
  @OptionGroup var signed: SignedOptions
  @Argument(help: "How many events the older checkpoint has.")
  var old: UInt64
  @Argument(help: "How many events the newer one has: those of the checkpoint.")
  var new: UInt64?

  func run() throws {
    let note = try signed.note()
    let size = try accepting { () throws(ProofError) in try Checkpoint(note).size }
    if let new, new != size {
      throw Failure.usage(
        "The checkpoint has \(size) events, not \(new). Name the one that has with --checkpoint.")
    }
    let books = try place.open(readOnly: true)
    let proof = try withBooks { () throws(BooksError) in try books.proof(from: old, to: note) }
    Terminal.write(proof.text)
  }
}
