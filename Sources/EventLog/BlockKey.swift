// Why: a block lies under the position of its first record. No checksum covers the length of a key, and anybody can write a row: what is
// no position must be told, not reckoned with.

internal import Events
internal import LMDB
internal import Wire

/// The keys of the table `blocks`.
enum BlockKey {
  /// The position at which the block under `key` begins; `nil` when the key is that of no block.
  static func first(_ key: RawSpan) -> Position? {
    guard key.byteCount == 8 else { return nil }
    let first: Position = key.keyPart()
    return first > 0 ? first : nil
  }

  /// There is a row under a key that is that of no block.
  static var damaged: LogError {
    .damaged("A key of the table blocks, which is no position of an event,")
  }

  /// The same, of a key that was copied.
  static func first(_ key: [UInt8]) -> Position? { first(key.raw) }
}
