// Why: an import that was cut off is simply run again. Lines with keys of their own are recognised; a line without one is known by its
// file, whatever the file is called now, and by its number.

internal import Events
internal import Platform
internal import Proofs
internal import Wire

/// The keys that an import gives to the lines that have none.
struct ImportKeys {
  /// The digest covers the file in pieces of so many bytes, so that a large file does not lie in memory.
  private static let piece = 1 << 20
  private let digest: String

  /// The keys of the lines of the file at `path`; `nil` when it is a pipe, which cannot be read twice.
  init?(path: String) throws(Failure) {
    do throws(ByteInput.Failure) {
      let input = try ByteInput(path: path)
      guard input.size != nil else { return nil }
      var tree = MerkleTree()
      while true {
        let bytes = try Self.piece(of: input)
        if bytes.isEmpty { break }
        tree.append(.leaf(bytes.raw)) { _, _ in }
      }
      digest = String(tree.root.description.prefix(32))
    } catch { throw Failure.unreadable(path, error) }
  }

  /// The next piece: shorter only at the end of the file, whatever the system gives at a time.
  private static func piece(of input: borrowing ByteInput) throws(ByteInput.Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < piece {
      let chunk = try input.read(atMost: piece - bytes.count)
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return bytes
  }

  /// `proposal`, which stands in line `line`, with a key.
  func keyed(_ proposal: Proposal, line: Int) -> Proposal {
    guard proposal.key.isEmpty else { return proposal }
    var proposal = proposal
    proposal.key = "\(digest):\(line)"
    return proposal
  }
}
