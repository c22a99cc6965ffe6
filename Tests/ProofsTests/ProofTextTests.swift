// Why: what is e-mailed to an auditor must prove what it says, and must not when a single bit of it was changed on its way.

internal import Proofs
internal import Support
internal import Testing
internal import Wire

@Suite struct `Proofs as texts` {
  private struct Leaves: SubtreeSource {
    var hashes: [MerkleHash]
    func subtree(_ height: Int, _ index: UInt64) -> MerkleHash {
      let first = Int(index) << height
      return NaiveMerkleTree.root(hashes[first..<first + 1 << height])
    }
  }

  private let key: SigningKey
  private let records = (0..<11).map { [UInt8]("record \($0)".utf8) }
  private let leaves: Leaves

  init() throws {
    key = try SigningKey(name: "example.com/aranda", secret: (0..<32).map { UInt8($0) })
    leaves = Leaves(hashes: records.map { .leaf($0.raw) })
  }

  private func checkpoint(_ size: UInt64) throws -> SignedNote {
    try key.sign(
      Checkpoint(origin: key.name, size: size, root: leaves.root(at: size)).body)
  }

  @Test func `show an event with its record`() throws {
    let proof = InclusionProof(
      index: 6, record: records[6], path: leaves.inclusionPath(6, in: 11),
      checkpoint: try checkpoint(11))
    let read = try InclusionProof(parsing: proof.text)
    #expect(read == proof)
    #expect(try read.verify(key.verificationKey).size == 11)
    #expect(throws: ProofError.self) {
      try read.verify(key.verificationKey, record: records[7])
    }
    let text = Array(proof.text.utf8)
    for index in text.indices {
      var changed = text
      changed[index] ^= 1
      #expect(throws: (any Error).self, "byte \(index)") {
        try InclusionProof(parsing: try #require(String(validating: changed, as: UTF8.self)))
          .verify(key.verificationKey)
      }
    }
  }

  @Test func `show that a checkpoint continues another`() throws {
    for old in 1...UInt64(11) {
      let proof = ConsistencyProof(
        oldSize: old, path: leaves.consistencyPath(from: old, to: 11),
        checkpoint: try checkpoint(11))
      let read = try ConsistencyProof(parsing: proof.text)
      #expect(read == proof)
      try read.verify(key.verificationKey, oldRoot: leaves.root(at: old))
      #expect(throws: ProofError.self) {
        try read.verify(key.verificationKey, oldRoot: .empty)
      }
    }
  }
}
