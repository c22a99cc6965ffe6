// Why: the common workload of the peers (1.56 transfers an event, 10,000 accounts, skewed customers, 7 % of events late
// by up to 30 days, 3 years), as ready records: what the log, the summaries and the replay are measured on.

import Events
import Ledger
import Wire

/// A small seeded generator: the same seed gives the same numbers on any machine (SplitMix64).
struct Random {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
  mutating func below(_ n: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(n)).high)
  }
  /// Few hot, a long tail.
  mutating func skewed(_ n: Int) -> Int {
    let unit = Double(next() >> 11) * 0x1p-53
    return min(n - 1, Int(Double(n) * unit * unit * unit))
  }
}

/// Ready records, made one after the other.
struct Workload {
  static let accounts = 10_000
  static let days = 1_096
  static let firstDay = ("2023-01-01" as Day).number
  private var random: Random
  private let total: Int
  private(set) var made = 0
  private var invoices: UInt32 = 0
  private var record = Recorded()

  init(_ total: Int, seed: UInt64 = 20_260_101) {
    self.total = total
    random = Random(seed)
  }

  /// The day on which event number `index` is recorded.
  func day(_ index: Int) -> Int { index * Self.days / total }

  private mutating func account(_ base: Int, _ count: Int, _ index: Int) -> Place {
    Place(NameID(.account, UInt32(base + index % count + 1)))
  }

  /// Lays the next event out at `position`.
  mutating func next(_ position: Position, _ frame: inout Frame) {
    let index = made
    made += 1
    let recorded = day(index)
    var day = recorded
    if random.below(100) < 7 { day = max(0, recorded - 1 - random.below(30)) }
    let on = Day(number: Self.firstDay + Int32(day))
    record.position = position
    record.at = Instant(
      microseconds: 1_672_531_200_000_000 + Int64(index) * (94_694_400_000_000 / Int64(total)))
    record.on = on
    record.moves.removeAll(keepingCapacity: true)
    record.mentions.removeAll(keepingCapacity: true)
    record.introduced.removeAll(keepingCapacity: true)
    let customer = NameID(.customer, UInt32(random.skewed(50_000) + 1))
    record.mentions.append(customer)
    let kind = random.below(100)
    func move(_ amount: Int, _ to: Place, _ from: Place) {
      record.moves.append(
        Move(
          amount: Int64(amount), value: Int64(amount), commodity: NameID(.currency, 1),
          from: from, to: to, on: on))
    }
    switch kind {
    case ..<22:
      record.kind = OrderPlaced.kind.number
    case ..<46:
      record.kind = InvoiceIssued.kind.number
      invoices += 1
      let invoice = NameID(.invoice, invoices)
      record.mentions.append(invoice)
      if let code = try? Code("F-\(invoices)") {
        record.introduced.append(Introduced(id: invoice, code: code))
      }
      let receivable = account(0, 6_000, random.skewed(50_000))
      var sum = 0
      for _ in 0...random.below(3) {
        let line = 199 + random.below(200_000)
        sum += line
        move(line, receivable, account(8_220, 800, random.skewed(5_000)))
      }
      move(sum * 21 / 100 + 1, receivable, account(9_270, 10, random.below(4)))
    case ..<66:
      record.kind = PaymentReceived.kind.number
      let bank = account(6_000, 20, random.skewed(16))
      let amount = 500 + random.below(400_000)
      move(amount, bank, account(0, 6_000, random.skewed(50_000)))
      if random.below(100) < 15 { move(amount / 200 + 1, account(9_690, 10, 0), bank) }
    case ..<86:
      record.kind = OrderShipped.kind.number
      for _ in 0...random.below(2) / 1 {
        let product = random.skewed(5_000)
        move(
          600 + random.below(100_000), account(9_020, 250, product / 20),
          account(6_020, 1_000, product / 5))
      }
    case ..<91:
      record.kind = GoodsReceived.kind.number
      let supplier = account(7_020, 1_200, random.skewed(1_200))
      let amount = 5_000 + random.below(900_000)
      move(amount, account(6_020, 1_000, random.skewed(1_000)), supplier)
      move(amount * 21 / 100 + 1, account(9_280, 10, random.below(4)), supplier)
    case ..<95:
      record.kind = PaymentSent.kind.number
      move(
        1_000 + random.below(2_000_000), account(7_020, 1_200, random.skewed(1_200)),
        account(6_000, 20, random.skewed(16)))
    case ..<99:
      record.kind = PayrollRun.kind.number
      let gross = 120_000 + random.below(380_000)
      let employee = random.below(600)
      move(gross * 79 / 100, account(9_890, 60, employee), account(9_290, 400, employee))
      move(gross * 15 / 100, account(9_890, 60, employee), account(9_950, 10, 0))
      move(gross * 6 / 100, account(9_890, 60, employee), account(9_960, 10, 0))
      move(gross * 30 / 100, account(9_970, 10, 0), account(9_960, 10, 0))
    default:
      record.kind = StockAdjusted.kind.number
      move(
        100 + random.below(50_000), account(9_980, 10, random.below(4)),
        account(6_020, 1_000, random.skewed(1_000)))
    }
    record.body = body(48 + record.moves.count * 8)
    frame.append(record)
  }

  /// Bytes that stand for an event's fields: the log does not read them.
  private mutating func body(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count { bytes.append(littleEndian: random.next()) }
    return bytes
  }
}
