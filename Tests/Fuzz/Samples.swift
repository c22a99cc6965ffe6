// Why: the search for what breaks a decoder begins with what it should read.

import Events
import Ledger
import Proofs
import Wire

enum Samples {
  /// A key that everybody knows.
  static func key() throws -> SigningKey {
    try SigningKey(name: "example.com/aranda", secret: Array(repeating: 3, count: 32))
  }

  /// A checkpoint of 179 events, signed with it.
  static func checkpoint() throws -> SignedNote {
    let root = MerkleHash.leaf([1, 7, 9].raw)
    return try key().sign(Checkpoint(origin: "example.com/aranda", size: 179, root: root).body)
  }

  /// A record for each kind of event, with its example as body; some with moves, names or keys.
  static func records() throws -> [Recorded] {
    try Catalogue.all.enumerated().map { index, type in
      var record = Recorded()
      record.position = Position(index + 1)
      record.at = Instant(microseconds: Int64(index + 1) * 60_000_000)
      record.on = Day(number: 20_000 + Int32(index))
      record.kind = type.kind.number
      record.because = index % 5 == 0 ? Position(index) : 0
      record.by = index % 3 == 0 ? NameID(.employee, 1) : .none
      record.mentions = (0..<index % 4).map { NameID(.customer, UInt32($0 + 1)) }
      record.moves = (0..<index % 3).map { number in
        Move(
          amount: Int64(number), value: -1, commodity: NameID(.currency, 1),
          from: Place(NameID(.account, 1), NameID(.invoice, 2)), to: Place(NameID(.account, 2)),
          on: record.on)
      }
      if index % 4 == 1 {
        record.introduced = [Introduced(id: NameID(.product, 9), code: "TORN-Ñ")]
      }
      if index % 4 == 2 {
        record.key = "key-\(index)"
        record.digest = ContentDigest(1, UInt64(index))
      }
      record.body = try body(type)
      return record
    }
  }

  private static func body<E: Event>(_ type: E.Type) throws -> [UInt8] {
    try BinaryWriter.bytes(of: E.example)
  }

  /// `record` as it is laid out.
  static func bytes(_ record: Recorded) -> [UInt8] {
    var frame = Frame()
    frame.append(record)
    return frame.bytes
  }
}
