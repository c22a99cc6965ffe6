// Why: a checkpoint that somebody else holds is what makes a rewritten history visible. It is three lines and a signature: small enough
// to print, to mail, to give to an auditor every evening.

internal import ArgumentParser
internal import Books
internal import Decisions
internal import Events
internal import Ledger
internal import Platform
internal import Proofs
internal import Wire

struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Sign how the books stand: size and root of the log (C2SP signed note).",
    discussion: """
      Before signing, everything since the last checkpoint is read again and hashed again. Books that do not continue what was \
      signed last are refused; when they were restored from an older copy for good reason, --new-incarnation records it, and \
      checkpoints carry another origin from then on.

      EXAMPLES
        diario checkpoint --key ~/aranda.key > aranda-2026-03-31.checkpoint
        diario checkpoint --key ~/aranda.key --new-incarnation "restored the backup of 2026-03-01: disk lost"
      """)

  @OptionGroup var place: BooksOption
  @OptionGroup var keyOption: KeyOption
  @Option(help: "Record that a new history begins, and why, before signing.")
  var newIncarnation: String?

  func run() throws {
    let file = try keyOption.file()
    let key = try file.key()
    let lock = try file.lock()
    if let newIncarnation { try begin(newIncarnation, file, key) }
    let books = try place.open(readOnly: true)
    Terminal.write(try CheckpointCommand.sign(books, file, key).text)
    _ = consume lock
  }

  /// Signs how `books` stand, and keeps what was signed before anybody sees it.
  static func sign(
    _ books: Books, _ file: KeyFile, _ key: SigningKey
  ) throws(Failure) -> SignedNote {
    let last = try file.lastSigned()
    let bar = ProgressBar("Hashing again", unit: "events")
    let (note, public_) = try withBooks { () throws(BooksError) in
      (
        try books.checkpoint(key, after: last) { bar.update($0, of: $1) },
        try books.key(key).verificationKey
      )
    }
    bar.finish()
    if try file.keep(note, public_) {
      Terminal.error("\(file.publicPath) has a new line, which whoever checks needs.")
    }
    return note
  }

  /// Records that a new history begins: once, and once more for each that the books have lost.
  private func begin(_ reason: String, _ file: KeyFile, _ key: SigningKey) throws(Failure) {
    let books = try place.open(readOnly: false)
    books.tellFinishedErasures()
    let last = try file.lastSigned()
    let signed = try accepting { () throws(ProofError) in try Checkpoint(last) }
    let missing = try withBooks { () throws(BooksError) in
      try books.missingIncarnations(key, after: last)
    }
    guard missing > 0 else {
      throw Failure.refused(
        "The books continue the last signed checkpoint, so there is no new incarnation. "
          + "Leave --new-incarnation out.")
    }
    var event = IncarnationBegun()
    event.reason = reason
    event.signedSize = Int64(clamping: signed.size)
    event.signedRoot = signed.root.base64
    let answers = try withBooks { () throws(BooksError) in
      let begun = Proposal(event, on: try books.day(at: Terminal.now()))
      return try books.record(
        Array(repeating: begun, count: missing), RecordOptions(isAtomic: true))
    }
    for case .refused(let refusal) in answers {
      throw Failure.refused("\(refusal)")
    }
  }
}
