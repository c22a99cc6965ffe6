// Why: checkpoints and keys come by e-mail. Each has one spelling, or a signature would be over something else than what was read.

import Proofs

enum NoteText: Target {
  static let name = "checkpoint"

  static func seeds() throws -> [[UInt8]] {
    let note = try Samples.checkpoint()
    let key = try Samples.key()
    let witnessed = try Cosignature.add(
      to: note,
      SigningKey(name: "w.example", kind: .witness, secret: Array(repeating: 5, count: 32)),
      at: 1_775_000_000)
    return [note.text, note.body, witnessed.text, key.text, key.verificationKey.text]
      .map { Array($0.utf8) }
  }

  static func check(_ bytes: [UInt8], with sabotage: Sabotage) {
    guard let text = text(bytes) else { return }
    reading { () throws(ProofError) in
      let note = try SignedNote(parsing: text)
      promise(note.text == text, "the note is written otherwise")
    }
    reading { () throws(ProofError) in
      // A faulty reader has room for an origin of 18 characters, which is what the seeds have.
      let checkpoint = sabotage.apply(try Checkpoint(parsing: text)) { checkpoint in
        var checkpoint = checkpoint
        checkpoint.origin = String(checkpoint.origin.prefix(18))
        return checkpoint
      }
      promise(checkpoint.body == text, "the checkpoint is written otherwise")
    }
    reading { () throws(ProofError) in
      promise(try VerificationKey(parsing: text).text == text, "the key is written otherwise")
    }
    reading { () throws(ProofError) in
      promise(try SigningKey(parsing: text).text == text, "the secret key is written otherwise")
    }
  }
}

/// Runs `body`; what it does not accept must say why.
func reading(_ body: () throws(ProofError) -> Void) {
  do throws(ProofError) { try body() } catch {
    promise(!error.message.isEmpty && !error.remedy.isEmpty, "\(error) says nothing")
  }
}
