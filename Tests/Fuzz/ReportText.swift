// Why: a report with its proof comes from whoever wants to be believed.

import Ledger
import Proofs
import Reports

enum ReportText: Target {
  static let name = "report"

  static func seeds() throws -> [[UInt8]] {
    var question = ReportQuestion()
    question.report = "statement"
    question.code = "C-17"
    question.asOf = "2026-03-31"
    question.from = "2026-01-01"
    question.knownAt = 179
    question.by = "month"
    let root = MerkleHash.empty
    var table = Table(
      question.report, title: "Statement", subject: "C-17",
      columns: [Column("document", "Document", .code), Column("amount", "Amount", .money)],
      provenance: Table.Provenance(
        origin: "00", books: "Aranda", from: question.from, asOf: question.asOf, size: 179,
        at: nil, root: "\(root)", projections: ["accounts/1", "histories/1"], currency: "EUR",
        command: question.command))
    table.add([.text("F-1"), .amount(12_100, decimals: 2)])
    table.add([.text("P-1"), .amount(-12_100, decimals: 2)])
    let proof = ReportProof(
      question, table, program: "0.1.0", path: [root], checkpoint: try Samples.checkpoint())
    return [Array(try Samples.key().sign(proof.body).text.utf8)]
  }

  static func check(_ bytes: [UInt8], with sabotage: Sabotage) {
    guard let text = text(bytes) else { return }
    reading { () throws(ProofError) in
      let proof = try ReportProof(SignedNote(parsing: text))
      // A faulty reader has room for five characters.
      let again = sabotage.apply(
        try ReportProof(SignedNote(body: proof.body, signatures: []))
      ) { proof in
        var proof = proof
        proof.program = String(proof.program.prefix(5))
        return proof
      }
      promise(again == proof, "the proof is another when it is read again")
      _ = try proof.tree()
      _ = try proof.projections()
    }
  }
}
