// Why: a printed figure is believed because of who hands it over. With its question, the tree that it was worked out from and a signed
// checkpoint beside it, anybody who has a copy of the log can work it out again, and whoever has none can still see who answered.
// The form is a signed note (C2SP), so that other people's programs check the signature.

public import Proofs
internal import Wire

/// A report with what is needed to check it.
public struct ReportProof: Sendable, Hashable {
  /// What was asked.
  public var question: ReportQuestion
  /// The version of the program that answered.
  public var program: String
  /// The hashes that lead from the tree that the report counts to that of the checkpoint.
  public var path: [MerkleHash]
  /// A signed checkpoint of the same size or larger.
  public var checkpoint: SignedNote
  /// The answer, as JSON on one line.
  public var table: String

  /// The line with which every report with its proof begins.
  public static let first = "diario.report/v1"

  /// A proof of `table`, the answer to `question`.
  public init(
    _ question: ReportQuestion, _ table: Table, program: String, path: [MerkleHash],
    checkpoint: SignedNote
  ) {
    self.question = question
    self.program = program
    self.path = path
    self.checkpoint = checkpoint
    self.table = table.json
  }

  /// The text that is signed: the form's name, a line of JSON about the table, the table.
  public var body: String {
    var header = Header()
    header.question = question
    header.program = program
    header.path = path.map(\.base64)
    header.checkpoint = checkpoint.text
    return [Self.first, header.json, table].map { $0 + "\n" }.joined()
  }

  /// The proof that the body of `note` is. Nothing of it is checked yet.
  public init(_ note: SignedNote) throws(ProofError) {
    let lines = Array(note.body.utf8)[...].between(UInt8(ascii: "\n"))
    guard lines.count == 4, lines[3].isEmpty, lines[0].elementsEqual(Self.first.utf8) else {
      throw ProofError(
        .malformed, "That is no report with a proof: it is not the three lines of \(Self.first).",
        remedy: "Name a file that `diario report … --proof FILE` wrote.")
    }
    do throws(WireError) {
      let document = try JSONDocument(Array(lines[1]))
      let header = try JSONReader.read(Header.self, from: document.root)
      try header.requirePrintable()
      question = header.question
      program = header.program
      checkpoint = try Self.note(header.checkpoint)
      path = try header.path.enumerated().map { (index, text) throws(WireError) in
        guard let hash = MerkleHash(base64: text) else {
          throw WireError(
            .invalidValue, "is no hash in base64.", remedy: "", path: "path[\(index)]")
        }
        return hash
      }
    } catch {
      throw ProofError(
        .malformed, "The line about the table cannot be read: \(error.path): \(error.message)",
        remedy: "Ask for the file again; it may have been cut.")
    }
    table = String(decoding: lines[2], as: UTF8.self)
  }

  private static func note(_ text: String) throws(WireError) -> SignedNote {
    do throws(ProofError) { return try SignedNote(parsing: text) } catch {
      throw WireError(.invalidValue, error.message, remedy: error.remedy, path: "checkpoint")
    }
  }

  /// Checks what can be checked without the events: that the table is the answer to the question, and that `key` signed a checkpoint
  /// whose events begin with those that the table counts.
  /// - Returns: the checkpoint.
  @discardableResult
  public func verify(_ key: VerificationKey) throws(ProofError) -> Checkpoint {
    try key.verify(checkpoint)
    let signed = try Checkpoint(checkpoint)
    let source = try TableSource(table)
    guard source.command == question.command, source.report == question.report else {
      throw ProofError(
        .mismatch,
        "The question is `\(question.command)`, but the table answers `\(source.command)`.",
        remedy: "One of them was changed: do not rely on the file.")
    }
    guard signed.origin.isExactly(key.name), UInt64(exactly: question.knownAt) == source.size,
      MerkleProof.isConsistent(source.size, source.root, signed.size, signed.root, path)
    else {
      throw ProofError(
        .mismatch,
        "The \(source.size) events that the table counts are not the first of the \(signed.size) that \(signed.origin) "
          + "signed.",
        remedy:
          "The checkpoint is of other books, or the table was changed: do not rely on the file.")
    }
    return signed
  }

  /// Compares the table with `other`, which was worked out again from the events of a copy: every byte must be the same.
  /// - Throws: `ProofError` `.mismatch` with the first row that differs.
  public func compare(with other: Table) throws(ProofError) {
    let other = other.json
    if other.utf8.elementsEqual(table.utf8) { return }
    let difference = try TableDifference.first(between: table, and: other)
    throw ProofError(
      .mismatch, "The table is not what the events say: \(difference).",
      remedy: "It was changed, or worked out by another program than this one "
        + "(it says diario \(program)).")
  }

  /// The projections, with their versions, that the table was worked out from.
  public func projections() throws(ProofError) -> [String] { try TableSource(table).projections }

  /// The tree that the table was worked out from.
  public func tree() throws(ProofError) -> (size: UInt64, root: MerkleHash) {
    let source = try TableSource(table)
    return (source.size, source.root)
  }
}

/// The line about the table.
private struct Header: Fields {
  var program = ""
  var question = ReportQuestion()
  var path: [String] = []
  var checkpoint = ""

  mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "program", &program)
    try f.field(2, "question", &question)
    try f.field(3, "path", &path)
    try f.field(4, "checkpoint", &checkpoint)
  }

  /// Refuses what would forge lines, or draw on the terminal, where it is shown.
  func requirePrintable() throws(WireError) {
    let texts = [
      ("program", program), ("question.report", question.report),
      ("question.role", question.role ?? ""), ("question.by", question.by ?? ""),
    ]
    for (path, text) in texts where !text.isPrintable {
      throw WireError(.invalidValue, "has a control character.", remedy: "", path: path)
    }
  }

  var json: String {
    do throws(WireError) { return try JSONWriter.text(of: self) } catch {
      preconditionFailure("a writer never throws: \(error)")
    }
  }
}
