// Why: whoever checks a proof did not make it, and may have been sent anything.

import Proofs
import Wire

enum ProofText: Target {
  static let name = "proof"

  static func seeds() throws -> [[UInt8]] {
    let hashes = (0..<7).map { MerkleHash.leaf([UInt8($0)].raw) }
    let note = try Samples.checkpoint()
    return [
      InclusionProof(index: 99, record: [1, 2, 3], path: hashes, checkpoint: note).text,
      InclusionProof(index: 0, record: nil, path: [], checkpoint: note).text,
      ConsistencyProof(oldSize: 120, path: hashes, checkpoint: note).text,
    ].map { Array($0.utf8) }
  }

  static func check(_ bytes: [UInt8], with sabotage: Sabotage) {
    guard let text = text(bytes) else { return }
    reading { () throws(ProofError) in
      // A faulty reader has room for a checkpoint as long as that of the seeds.
      let proof = sabotage.apply(try InclusionProof(parsing: text)) { proof in
        var proof = proof
        let length = 68
        proof.checkpoint.body = String(proof.checkpoint.body.prefix(length))
        return proof
      }
      promise(proof.text == text, "the proof is written otherwise")
      let size = try Checkpoint(proof.checkpoint).size
      let record = proof.record ?? []
      let leaf = MerkleHash.leaf(record.raw)
      let root = MerkleProof.root(of: leaf, at: proof.index, in: size, proof.path)
      promise(root == nil || proof.index < size, "a leaf behind the end has a root")
    }
    reading { () throws(ProofError) in
      let proof = try ConsistencyProof(parsing: text)
      promise(proof.text == text, "the proof is written otherwise")
      let new = try Checkpoint(proof.checkpoint)
      let isConsistent = MerkleProof.isConsistent(
        proof.oldSize, proof.path.first ?? .empty, new.size, new.root, proof.path)
      promise(!isConsistent || proof.oldSize <= new.size, "a log continues a longer one")
    }
  }
}
