// Why: whatever holds for one report holds for all: each one of the catalogue is proven, and its table worked out again from a copy of
// the log alone, so a new report needs no new test here.

internal import Books
internal import Events
internal import Foundation
internal import Ledger
internal import Projections
internal import Proofs
internal import Reports
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@Suite struct `The proof of every report` {
  /// Ferretería Aranda's quarter, one event more, and a copy of the log from before it.
  private final class Audited: Sendable {
    let folder: URL
    let books: Books
    let copy: Books
    let key: SigningKey
    let checkpoint: SignedNote
    let first: Position

    static let shared = Result { try Audited() }

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "diario-\(UUID())")
      let opened = try Instant("2025-12-31T08:00:00Z")
      let path = folder.appending(path: "books").path()
      try FileManager.default.createDirectory(
        at: folder.appending(path: "copy"), withIntermediateDirectories: true)
      try Books.create(at: path, identity: Array(repeating: 7, count: 16))
      // Small ranges, so that the books answer from summaries where the copy reads its log.
      let tree = SummaryTree(leafSize: 16, fanout: 4)
      do {
        let recorder = try Books(
          at: path, tree: tree,
          now: { Instant(microseconds: opened.microseconds + 40 * 365 * 86_400_000_000) })
        try recorder.record(
          TemporaryBooks.opening(chart: "generic", openedAt: "2025-12-31T08:00:00Z"),
          RecordOptions(isAtomic: true, isImport: true))
        first = try recorder.size()
        try recorder.record(try Aranda.proposals(), RecordOptions(isAtomic: true, isImport: true))
        try FileManager.default.copyItem(
          atPath: "\(path)/log", toPath: folder.appending(path: "copy/log").path())
        try recorder.record([
          Proposal(
            json: Array(
              """
              {"event":"journal.posted","on":"2026-03-30","entry":"AFTER","text":"t","lines":[\
              {"account":"6200","debit":"1.00"},{"account":"1000","credit":"1.00"}]}
              """.utf8))
        ])
      }
      // Who proves and who checks look without keys: a proof holds no personal data, and outlives an erasure.
      let withoutKeys = KeyOptions(isWithoutKeys: true)
      books = try Books(
        at: path, tree: tree, readOnly: true, keys: withoutKeys, now: { Instant() })
      copy = try Books(
        at: folder.appending(path: "copy").path(),
        summaries: folder.appending(path: "summaries").path(), readOnly: true, keys: withoutKeys,
        now: { Instant() })
      key = try SigningKey(name: "example.com/aranda", secret: Array(repeating: 3, count: 32))
      let start = try key.sign(Checkpoint(origin: key.name, size: 0, root: .empty).body)
      checkpoint = try books.checkpoint(key, after: start)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// `question`, answered, put into a file and read again.
    func proof(_ question: ReportQuestion) throws -> ReportProof {
      let look = try books.look(
        asOf: question.asOf, knownAt: .position(Position(question.knownAt)))
      let table = try question.table(look)
      let path = try books.path(
        from: Position(question.knownAt), to: try Checkpoint(checkpoint).size)
      let proof = ReportProof(
        question, table, program: "0", path: path, checkpoint: checkpoint)
      let read = try ReportProof(SignedNote(parsing: key.sign(proof.body).text))
      #expect(read == proof)
      return read
    }
  }

  /// One thing of the fixture for each kind that a report may have to be about.
  private static let codes: [NameKind: Code] = [
    .product: "TORN-M6", .order: "SO-1", .customer: "C-17", .supplier: "S-3", .employee: "E-7",
  ]

  @Test(arguments: ReportCatalogue.all.map { $0.name })
  func `is checked with nothing but a copy of the log, at any point in time`(name: String) throws {
    let audited = try Audited.shared.get()
    let report = try ReportCatalogue.named(name)
    var question = ReportQuestion()
    question.report = name
    if case .required(let kinds) = report.subject { question.code = Self.codes[kinds[0]] }
    for (asOf, line) in [("2026-03-31", 120), ("2026-02-28", 120), ("2026-03-31", 101)]
      as [(Day, Int)]
    {
      for by in report.groupings.isEmpty ? [nil] : report.groupings.map(Optional.some) {
        question.asOf = asOf
        question.knownAt = Int64(audited.first) + Int64(line)
        question.from = report.takesFrom ? "2026-02-01" : nil
        question.memo = report.takesMemo
        question.by = by
        let proof = try audited.proof(question)
        try proof.verify(audited.key.verificationKey)
        let tree = try proof.tree()
        try audited.copy.requireRecords(tree.size, root: tree.root)
        let look = try audited.copy.look(asOf: asOf, knownAt: .position(tree.size))
        try proof.compare(with: question.table(look))
      }
    }
  }
}
