// Why: a report with its proof is signed together with how the books stand, so that whoever gets it needs to ask for nothing more.

internal import Books
internal import Platform
internal import Proofs
internal import Reports

extension ReportProof {
  /// Signs how `books` stand and writes `table`, the answer to `question`, with its proof into the file at `path`.
  static func write(
    _ question: ReportQuestion, _ table: Table, _ books: Books, _ file: KeyFile, to path: String
  ) throws(Failure) {
    try OutputPlace.requireForReport(path)
    let key = try file.key()
    let lock = try file.lock()
    let checkpoint = try CheckpointCommand.sign(books, file, key)
    let signed = try accepting { () throws(ProofError) in try Checkpoint(checkpoint) }
    let (hashes, signer) = try withBooks { () throws(BooksError) in
      (try books.path(from: table.provenance.size, to: signed.size), try books.key(key))
    }
    let proof = ReportProof(
      question, table, program: Diario.version, path: hashes, checkpoint: checkpoint)
    let note = try accepting { () throws(ProofError) in try signer.sign(proof.body) }
    let text = Array(note.text.utf8)
    guard text.count <= ReadLimit.report.bytes else {
      throw .refused(
        "The report with its proof has \(text.count) bytes; it is checked up to \(ReadLimit.report.bytes). Ask for a "
          + "shorter time.")
    }
    try reading { () throws(FileFailure) in try Files.write(text, to: path) }
    _ = consume lock
  }
}
