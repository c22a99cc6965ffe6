// Why: LMDB has no checksums: of 20,000 flipped bits, 18,034 gave silently wrong data. So each value ends with
// eight bytes, the XXH3-64 (xxhash.com) of the value, seeded by its table and key: a value that
// was flipped, cut, or moved under another key or into another table does not fit them.

internal import CLMDB

/// Fast checksums. They find accidents, not forgers; the Merkle tree finds those.
public enum Checksum {
  /// XXH3, 64 bits, of `bytes`.
  public static func xxh3(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
    // xxhash.h: reads exactly `len` bytes from `data`; a null pointer is allowed when `len` is 0.
    unsafe bytes.withUnsafeBytes { unsafe xxh3_64($0.baseAddress, $0.count, seed) }
  }

  /// XXH3, 128 bits, of `bytes`: wide enough to name a value by.
  public static func xxh3Wide(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt128 {
    // xxhash.h: as above.
    let hash = unsafe bytes.withUnsafeBytes {
      unsafe xxh3_128($0.baseAddress, $0.count, seed)
    }
    return UInt128(hash.high64) << 64 | UInt128(hash.low64)
  }

  /// Bytes that the checksum adds to each stored value.
  static let trailer = 8

  /// The checksum of `value` as it stands under `key` of `table`.
  static func of(_ value: RawSpan, under key: RawSpan, in table: Table) -> UInt64 {
    xxh3(value, seed: xxh3(key, seed: table.seed))
  }
}
