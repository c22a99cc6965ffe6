// Why: the format does not ask what events mean. Records are made up, with late days, many names, keys and several currencies,
// so that every part of it occurs, many times over.

internal import Events
internal import Ledger
internal import Wire

/// Makes up records, the same for the same seed.
struct Author {
  private(set) var position: Position = 0
  private var state: UInt64
  private var counts: [NameKind: UInt32] = [:]
  private static let kinds: [NameKind] = [
    .account, .account, .currency, .product, .customer, .invoice, .warehouse,
  ]

  init(seed: UInt64) { state = seed }

  /// The next `count` records.
  mutating func frame(of count: Int) -> Frame {
    var frame = Frame()
    for _ in 0..<count { frame.append(record()) }
    return frame
  }

  private mutating func record() -> Recorded {
    position += 1
    var record = Recorded()
    record.position = position
    record.at = Instant(microseconds: Int64(position) * 60_000_000)
    let today = Int32(20_000 + position / 200)
    record.on = Day(number: today - (chance(20) == 0 ? Int32(chance(60)) : 0))
    // A kind that no program knows, so nobody expects fields of it.
    record.kind = 9_999
    if position <= 7 || chance(10) == 0 { introduce(&record) }
    for _ in 0..<chance(5) where position > 7 { record.moves.append(move(on: record.on)) }
    for _ in 0..<chance(3) where position > 7 {
      record.mentions.append(name([.customer, .invoice, .product][Int(chance(3))]))
    }
    if chance(4) == 0 {
      record.key = "key-\(position)"
      record.digest = ContentDigest(next(), next())
    }
    if chance(2) == 0 { record.body = (0..<chance(200)).map { UInt8(truncatingIfNeeded: $0) } }
    return record
  }

  private mutating func introduce(_ record: inout Recorded) {
    let kind =
      position <= 7 ? Self.kinds[Int(position) - 1] : [.customer, .invoice, .product][chance(3)]
    let sequence = counts[kind, default: 0] + 1
    counts[kind] = sequence
    record.introduced = [
      Introduced(id: NameID(kind, sequence), code: Code(stringLiteral: "Ñ-\(sequence)"))
    ]
  }

  private mutating func move(on day: Day) -> Move {
    let subject = name([.customer, .invoice, .warehouse][chance(3)])
    let isMoney = chance(2) == 0
    return Move(
      amount: Int64(chance(100_000)) - 100, value: Int64(chance(1_000_000)) - 1_000,
      commodity: name(isMoney ? .currency : .product), from: Place(name(.account), subject),
      to: Place(name(.account)), on: chance(50) == 0 ? Day(number: day.number - 7) : day)
  }

  private mutating func name(_ kind: NameKind) -> NameID {
    NameID(kind, UInt32(chance(Int(counts[kind, default: 1]))) + 1)
  }

  private mutating func chance(_ sides: Int) -> Int { Int(next() % UInt64(sides)) }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
