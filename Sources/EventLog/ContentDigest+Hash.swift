// Why: what is proposed under a key is remembered by half of a hash; 128 bits are enough against accidents and short enough
// to keep with every record.

public import Events
public import Proofs

extension ContentDigest {
  /// The first 16 bytes of a SHA-256 value.
  public init(_ hash: MerkleHash) { self.init(hash.words.0, hash.words.1) }
}
