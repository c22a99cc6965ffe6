// Why: a proof travels by e-mail and is checked by programs that are not ours, so it is text in a public form: C2SP tlog-proof for one
// event, and for two checkpoints the request that public witnesses take (C2SP tlog-witness, add-checkpoint).

internal import Wire

/// A proof that a record is in the log (C2SP tlog-proof).
public struct InclusionProof: Sendable, Hashable {
  /// The number of the leaf, from 0: the event's position less one.
  public var index: UInt64
  /// The record's bytes; `nil` when it must be had from elsewhere.
  public var record: [UInt8]?
  /// The hashes that lead to the root.
  public var path: [MerkleHash]
  /// The checkpoint that they lead to.
  public var checkpoint: SignedNote

  private static let first = "c2sp.org/tlog-proof@v1"

  /// A proof for leaf `index`.
  public init(index: UInt64, record: [UInt8]?, path: [MerkleHash], checkpoint: SignedNote) {
    self.index = index
    self.record = record
    self.path = path
    self.checkpoint = checkpoint
  }

  /// The proof as text.
  public var text: String {
    var lines = [Self.first]
    if let record { lines.append("extra " + Base64.text(record)) }
    lines.append("index \(index)")
    lines += path.map(\.base64)
    return lines.joined(separator: "\n") + "\n\n" + checkpoint.text
  }

  /// The proof that `text` is. Nothing of it is checked yet.
  public init(parsing text: String) throws(ProofError) {
    var (lines, note) = try ProofLines.split(text)
    guard let first = lines.first, first.elementsEqual(Self.first.utf8) else {
      throw .malformed("A proof of an event begins with the line \(Self.first).")
    }
    lines.removeFirst()
    if let line = lines.first, line.starts(with: "extra ".utf8) {
      guard let bytes = Base64.bytes(line.dropFirst(6)) else {
        throw .malformed("The record in the proof is no base64.")
      }
      record = bytes
      lines.removeFirst()
    }
    guard let line = lines.first, line.starts(with: "index ".utf8),
      let index = Checkpoint.number(line.dropFirst(6))
    else { throw .malformed("The proof does not say which leaf it is about.") }
    self.index = index
    path = try ProofLines.hashes(lines.dropFirst())
    checkpoint = try SignedNote(parsing: note)
  }

  /// Checks that `key` signed a checkpoint of a log that has `record` at this proof's index.
  /// - Parameters:
  ///   - key: the public key of who signed.
  ///   - other: the record's bytes; the ones in the proof when absent.
  /// - Returns: the checkpoint.
  @discardableResult
  public func verify(
    _ key: VerificationKey, record other: [UInt8]? = nil
  ) throws(ProofError) -> Checkpoint {
    guard let record = other ?? record else {
      throw .malformed("The proof does not have the record itself.")
    }
    try key.verify(checkpoint)
    let checkpoint = try Checkpoint(checkpoint)
    let root = MerkleProof.root(
      of: .leaf(record.raw), at: index, in: checkpoint.size, path)
    guard checkpoint.origin.isExactly(key.name), root == checkpoint.root else {
      throw ProofError(
        .mismatch,
        "The record is not event \(index &+ 1) of the \(checkpoint.size) that \(key.name) signed.",
        remedy: "The record or the proof was changed: do not rely on it.")
    }
    return checkpoint
  }
}

/// A proof that a checkpoint continues an older one (the body of a witness's add-checkpoint request, C2SP tlog-witness).
public struct ConsistencyProof: Sendable, Hashable {
  /// The size of the older log.
  public var oldSize: UInt64
  /// The hashes that lead to both roots.
  public var path: [MerkleHash]
  /// The newer checkpoint.
  public var checkpoint: SignedNote

  /// A proof from `oldSize` on.
  public init(oldSize: UInt64, path: [MerkleHash], checkpoint: SignedNote) {
    self.oldSize = oldSize
    self.path = path
    self.checkpoint = checkpoint
  }

  /// The proof as text.
  public var text: String {
    (["old \(oldSize)"] + path.map(\.base64)).joined(separator: "\n") + "\n\n" + checkpoint.text
  }

  /// The proof that `text` is. Nothing of it is checked yet.
  public init(parsing text: String) throws(ProofError) {
    let (lines, note) = try ProofLines.split(text)
    guard let line = lines.first, line.starts(with: "old ".utf8),
      let size = Checkpoint.number(line.dropFirst(4))
    else { throw .malformed("A proof of consistency begins with the old size.") }
    oldSize = size
    path = try ProofLines.hashes(lines.dropFirst())
    checkpoint = try SignedNote(parsing: note)
  }

  /// Checks that `key` signed the newer checkpoint and that it continues the log whose root was `oldRoot`.
  /// - Returns: the newer checkpoint.
  @discardableResult
  public func verify(
    _ key: VerificationKey, oldRoot: MerkleHash
  ) throws(ProofError) -> Checkpoint {
    try key.verify(checkpoint)
    let new = try Checkpoint(checkpoint)
    guard new.origin.isExactly(key.name),
      MerkleProof.isConsistent(oldSize, oldRoot, new.size, new.root, path)
    else {
      throw ProofError(
        .mismatch,
        "The log of \(new.size) events that \(key.name) signed does not begin with the \(oldSize) events of the older "
          + "checkpoint.",
        remedy: "Its history was rewritten or the proof was changed: ask for an explanation.")
    }
    return new
  }
}

/// The parts that texts of proofs have in common.
enum ProofLines {
  /// The most hashes that a proof can need: one for each bit of two sizes.
  private static let mostHashes = 128

  /// The lines before the first empty one, and the text of the note behind it.
  static func split(
    _ text: String
  ) throws(ProofError) -> (lines: [ArraySlice<UInt8>], note: String) {
    let bytes = Array(text.utf8)
    let gap = bytes.indices.dropFirst().first { bytes[$0] == 10 && bytes[$0 - 1] == 10 }
    guard let gap else {
      throw .malformed("A proof has an empty line between its hashes and its checkpoint.")
    }
    return (
      bytes[..<(gap - 1)].between(UInt8(ascii: "\n")),
      String(decoding: bytes[(gap + 1)...], as: UTF8.self)
    )
  }

  static func hashes(
    _ lines: ArraySlice<ArraySlice<UInt8>>
  ) throws(ProofError) -> [MerkleHash] {
    guard lines.count <= mostHashes else { throw .malformed("A proof has at most 128 hashes.") }
    var hashes: [MerkleHash] = []
    for line in lines {
      guard let hash = MerkleHash(base64: line) else {
        throw .malformed("\"\(String(decoding: line, as: UTF8.self))\" is no hash in base64.")
      }
      hashes.append(hash)
    }
    return hashes
  }
}
