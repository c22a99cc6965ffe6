// Why: nothing that the tree does may depend on how tame a company's days and names are. These events are wilder than real ones: some
// days lie far back or ahead, amounts may be negative, zero or huge, and everything mentions everything.

public import Events
public import Ledger

/// A stream of random events.
public struct RandomEvents {
  /// How wild it is.
  public struct Settings: Sendable {
    /// Percent of moves that are dated before their time.
    public var late = 10
    /// By how many days at most.
    public var lateness = 20
    /// Percent of moves that are dated ahead.
    public var ahead = 3
    /// Events on one day.
    public var perDay = 7
    /// How many accounts there are.
    public var accounts = 12
    /// How many subjects of each kind.
    public var subjects = 6

    /// The defaults.
    public init() {}
  }
  /// Where the numbers come from.
  public var random: SplitMix
  private let settings: Settings
  private var count = 0

  /// The stream that follows from `seed`.
  public init(seed: UInt64, _ settings: Settings = Settings()) {
    random = SplitMix(seed)
    self.settings = settings
  }

  /// The kinds of subjects that moves pass through.
  public static let subjectKinds: [NameKind] = [
    .invoice, .bill, .warehouse, .employee, .tax, .order, .purchase, .payment, .customer,
  ]
  /// The first day of the stream.
  public static let firstDay = Day(number: 20_000)
  /// The day of the event that comes next, were it in time.
  public var today: Day { Self.firstDay + count / settings.perDay }

  private mutating func name(_ kind: NameKind, _ number: Int) -> NameID {
    NameID(kind, UInt32(random.below(number) + 1))
  }

  private mutating func place() -> Place {
    let account = name(.account, settings.accounts)
    if random.happens(30) { return Place(account) }
    let kind = Self.subjectKinds[random.below(Self.subjectKinds.count)]
    return Place(account, name(kind, settings.subjects))
  }

  private mutating func day() -> Day {
    if random.happens(settings.late) { return today + -random.below(settings.lateness + 1) }
    if random.happens(settings.ahead) { return today + random.below(40) }
    return today
  }

  private mutating func amount() -> Int64 {
    switch random.below(20) {
    case 0: 0
    case 1: -Int64(random.below(1000))
    case 2: Int64(random.below(1 << 40))
    default: Int64(random.below(100_000))
    }
  }

  /// The next event.
  public mutating func next() -> Recorded {
    var record = Recorded()
    record.kind = UInt16(1 + random.below(5))
    record.on = day()
    record.at = Instant(microseconds: Int64(count))
    for _ in 0..<random.below(4) {
      let amount = amount()
      let commodity =
        random.happens(60) ? name(.currency, 2) : name(.product, settings.subjects)
      let from = place()
      // Often a settlement: the same move turned, so that net sums have something to cancel.
      let last = record.moves.last
      if let last, random.happens(30) {
        record.moves.append(
          Move(
            amount: last.amount, value: last.value, commodity: last.commodity, from: last.to,
            to: last.from, on: random.happens(50) ? last.on : day()))
        continue
      }
      record.moves.append(
        Move(
          amount: amount, value: random.happens(70) ? amount : self.amount(), commodity: commodity,
          from: from, to: random.happens(20) ? Place(from.account, place().subject) : place(),
          on: random.happens(80) ? record.on : day()))
    }
    for _ in 0..<random.below(4) {
      record.mentions.append(
        name(random.happens(50) ? .customer : .order, settings.subjects))
    }
    count += 1
    return record
  }
}
