// Why: what records say about names and keys and what the tables say must be the same set, in another order. Looking each up would
// cost a search in a B-tree; adding up a hash of each costs none, and needs no order, so that all cores may add.

internal import LMDB
internal import Wire

/// How many things a set has, and the sum of their hashes: equal sets have equal sums.
struct SetSum: Equatable {
  private(set) var count: UInt64 = 0
  private var sum: UInt128 = 0

  static func hash(_ bytes: [UInt8], _ seed: UInt64) -> UInt128 {
    Checksum.xxh3Wide(bytes.raw, seed: seed)
  }

  /// Adds a thing. The seed is drawn anew for each verification, so that nobody can forge a set with the same sum.
  mutating func add(_ bytes: [UInt8], _ seed: UInt64) { add(Self.hash(bytes, seed)) }

  mutating func add(_ hash: UInt128) {
    count += 1
    sum &+= hash
  }

  static func += (a: inout SetSum, b: SetSum) {
    a.count += b.count
    a.sum &+= b.sum
  }
}
