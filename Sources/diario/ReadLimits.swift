// Why: what is read whole has a limit, far above what there can be and far below what fills a machine. It is said here, once for each kind.

internal import Platform
internal import Proofs

extension ReadLimit {
  /// Keys, one line for each incarnation of the books.
  static let keys = ReadLimit(64 << 10, of: "a file of keys")
  /// A checkpoint with up to 100 signatures.
  static let checkpoint = ReadLimit(1 << 20, of: "a checkpoint")
  /// A proof of an event, whose record may be as long as a line that is recorded, or of consistency.
  static let proof = ReadLimit(16 << 20, of: "a proof")
  /// A report with its proof: a journal of a year is long.
  static let report = ReadLimit(256 << 20, of: "a report with its proof")
  /// A tile of hashes.
  static let tile = ReadLimit(
    Int(TilePath.width) * MerkleHash.byteCount, of: "a tile of hashes")
}
