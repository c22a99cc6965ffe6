// A record's bytes: laid out as docs/FORMAT.md says, read back alike, refused when anything does not fit.

import Events
import Ledger
import Testing
import Wire

@Suite struct RecordTests {
  static func sample() throws -> Recorded {
    var record = Recorded()
    record.position = 7
    record.at = Instant(microseconds: 1_772_701_200_000_000)
    record.on = "2026-03-02"
    record.kind = 16
    record.because = 3
    record.by = NameID(.user, 2)
    record.flags = [.imported]
    record.moves = [
      Move(
        amount: 400, value: 9_000, commodity: NameID(.product, 1),
        from: Place(NameID(.account, 1), NameID(.order, 1)), to: Place(NameID(.account, 2)),
        on: "2026-03-02"),
      Move(
        amount: -1, value: .min, commodity: NameID(.currency, 1), from: Place(NameID(.account, 3)),
        to: Place(NameID(.account, 4)), on: "1969-12-31"),
    ]
    record.mentions = [NameID(.order, 1), NameID(.customer, 17), NameID(.product, 1)]
    record.introduced = [
      Introduced(id: NameID(.order, 1), code: "SO-1"),
      Introduced(id: NameID(.customer, 17), code: "C-17 é"),
    ]
    record.key = "shop-778"
    record.digest = ContentDigest(1, .max)
    record.body = try BinaryWriter.bytes(of: OrderPlaced.example)
    return record
  }

  static func bytes(_ record: Recorded) -> [UInt8] {
    var frame = Frame()
    frame.append(record)
    return frame.bytes
  }

  /// Reads the record at `offset`; `nil` when it is refused.
  private func read(_ bytes: [UInt8], at offset: Int = 0) -> Recorded? {
    // Safe: the view does not outlive the array that it looks into.
    let block = unsafe bytes.span.bytes
    return RecordView(in: block, at: offset)?.copy()
  }

  @Test func `what is written is read`() throws {
    let record = try Self.sample()
    #expect(read(Self.bytes(record)) == record)
    #expect(read(Self.bytes(Recorded())) == Recorded())
  }

  @Test func `each part lies where the format says, worked out by hand`() throws {
    var record = Recorded()
    record.position = 0x0102_0304
    record.at = Instant(microseconds: -2)
    record.on = "1970-01-02"
    record.kind = 0x0a10
    record.bodyVersion = 3
    record.mentions = [NameID(.customer, 1)]
    record.introduced = [Introduced(id: NameID(.customer, 1), code: "C")]
    record.key = "k"
    record.digest = ContentDigest(0x0807_0605_0403_0201, 0xff)
    record.body = [9, 9]
    let expected: [UInt8] =
      [88, 0, 0, 0, 0x10, 0x0a, 1, 0]  // length 56 + 4 + 6 + 17 + 2, up to 88; kind; layout; flags
      + [4, 3, 2, 1, 0, 0, 0, 0]  // position
      + [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]  // at
      + [1, 0, 0, 0, 0, 0, 1, 0]  // on; moves; mentions
      + [0, 0, 0, 0, 0, 0, 0, 0]  // because
      + [0, 0, 0, 0, 1, 0, 17, 0]  // by; names; length of digest and key
      + [2, 0, 0, 0, 3, 0, 0, 0]  // body length; body version
      + [1, 0, 0, 0x14]  // the mention: customer is kind 5, 5 << 26
      + [1, 0, 0, 0x14, 1, 0x43]  // the name
      + [1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0, 0, 0, 0, 0, 0, 0]  // digest of what was proposed
      + [0x6b, 9, 9, 0, 0, 0]  // key, body, padding
    #expect(Self.bytes(record) == expected)
  }

  @Test func `every move is read where it lies`() throws {
    let record = try Self.sample()
    let bytes = Self.bytes(record)
    let block = unsafe bytes.span.bytes
    guard let view = RecordView(in: block, at: 0) else {
      Issue.record("the record is refused")
      return
    }
    let (first, second) = (view.move(0), view.move(1))
    #expect(first == record.moves[0])
    #expect(second == record.moves[1])
    let customer = view.mention(NameKind.customer)
    let invoice = view.mention(NameKind.invoice)
    #expect(customer == NameID(.customer, 17))
    #expect(invoice.isNone)
    let (key, body) = (view.key, view.body)
    #expect(key == "shop-778")
    #expect(body == record.body)
  }

  @Test func `a record cut anywhere is refused`() throws {
    let bytes = Self.bytes(try Self.sample())
    for count in bytes.indices { #expect(read(Array(bytes[..<count])) == nil) }
  }

  @Test func `a flipped bit is refused or read as something else, and never stops the program`()
    throws
  {
    let record = try Self.sample()
    let bytes = Self.bytes(record)
    for i in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[i] ^= 1 << bit
        guard let other = read(damaged) else { continue }
        #expect(other != record, "byte \(i), bit \(bit)")
        let isKept = Self.bytes(other) == damaged
        #expect(isKept, "byte \(i), bit \(bit)")
        _ = "\(other.on) \(other.at)"
      }
    }
  }

  // Offset of a length in the header, its true value in the sample, and lengths that do not fit.
  @Test(arguments: [
    (RecordLayout.length, 4, [0, 8, 48, 55, 57]), (RecordLayout.moveCount, 2, [0, 1, 3, 0xffff]),
    (RecordLayout.mentionCount, 2, [0, 1, 65, 0xffff]),
    (RecordLayout.introducedCount, 2, [0, 1, 3, 0xffff]),
    (RecordLayout.keyLength, 2, [0, 1, 16, 0xff, 0xffff]),
    (RecordLayout.bodyLength, 4, [0, 0xffff_ffff]),
    (RecordLayout.layout, 1, [0, 2]), (RecordLayout.reserved, 2, [1]),
  ])
  func `a length that does not fit is refused`(offset: Int, width: Int, values: [Int]) throws {
    for value in values {
      var bytes = Self.bytes(try Self.sample())
      for i in 0..<width { bytes[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * i)) }
      #expect(read(bytes) == nil, "\(value)")
    }
  }

  @Test func `padding that is not zero is refused`() throws {
    var record = try Self.sample()
    record.key = ""
    record.digest = ContentDigest()
    record.body = [1]
    var bytes = Self.bytes(record)
    #expect(read(bytes) == record)
    bytes[bytes.count - 1] = 1
    #expect(read(bytes) == nil)
  }

  @Test func `a key that is longer than 255 bytes is refused`() throws {
    var record = try Self.sample()
    record.key = String(repeating: "k", count: 255)
    record.body = [1, 1, 1]
    var bytes = Self.bytes(record)
    #expect(read(bytes) == record)
    // 440 bytes, the body and five of padding: all would still fit if the key took one of the body's.
    #expect(bytes.count == 448)
    bytes[RecordLayout.keyLength] += 1
    #expect(read(bytes) == nil)
  }

  @Test func `records follow one another`() throws {
    var frame = Frame()
    var second = try Self.sample()
    second.position = 8
    frame.append(try Self.sample())
    let start = frame.bytes.count
    frame.append(second)
    #expect(frame.count == 2)
    #expect(read(frame.bytes, at: start) == second)
    #expect(read(frame.bytes, at: frame.bytes.count) == nil)
  }

  @Test func `a record gives its event, and nothing for another kind`() throws {
    let record = try Self.sample()
    #expect(try record.event(OrderPlaced.self) == OrderPlaced.example)
    #expect(try record.event(OrderShipped.self) == nil)
  }
}
