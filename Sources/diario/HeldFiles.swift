// Why: what an auditor holds comes in several forms: a checkpoint by e-mail, one that a witness signed too, the memory of a witness, or
// the static files that a monitor copied. Each is a history to compare the books with.

internal import Books
internal import LMDB
internal import Platform
internal import Proofs
internal import Wire

/// Reads what somebody holds of a history.
enum HeldFiles {
  /// The history that the file or the directory at `path` knows.
  /// - Parameter key: the public key of whoever signed it, or its file; the signature is not checked without one.
  static func history(_ path: String, key: String?) throws(Failure) -> HeldHistory {
    let isDirectory = Files.exists(path + "/checkpoint")
    if !isDirectory, FileSystem.exists(path), !FileSystem.isNoDirectory(path) {
      throw .usage(
        "\(path) has no checkpoint. Name a directory that `diario export-tiles` wrote, with all that is in it, or a file."
      )
    }
    let file = isDirectory ? path + "/checkpoint" : path
    let text = try textOfFile(file, .proof)
    let (note, checkpoint) = try accepting(file) { () throws(ProofError) in
      // A proof of consistency carries its checkpoint at its end.
      let note =
        text.hasPrefix("old ")
        ? try ConsistencyProof(parsing: text).checkpoint : try SignedNote(parsing: text)
      return (note, try Checkpoint(note))
    }
    if let key {
      let signer = try KeyFile.verificationKey(key, for: note)
      try accepting { () throws(ProofError) in try signer.verify(note) }
    }
    var held = HeldHistory(name: path, checkpoint: checkpoint)
    if isDirectory {
      held.tiles = { level, index in tile(path, checkpoint.size, level, index) }
    }
    return held
  }

  /// The hashes of a tile of the tree of `size` leaves in the directory at `path`.
  private static func tile(
    _ path: String, _ size: UInt64, _ level: Int, _ index: UInt64
  ) -> [MerkleHash]? {
    let count = (size >> (8 * UInt64(level))) &- index * TilePath.width
    let tile = TilePath(level: level, index: index, width: min(count, TilePath.width))
    guard let bytes = try? Files.read("\(path)/\(tile.text)", .tile),
      bytes.count == Int(tile.width) * MerkleHash.byteCount
    else { return nil }
    return MerkleHash.list(in: bytes.raw)
  }
}
