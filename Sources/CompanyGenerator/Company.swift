// Why: the company's own memory and its calendar: each day has its tasks, its orders, its paperwork.

internal import Events
internal import Ledger
internal import Wire

/// A company that lives from day to day and tells what happens.
final class Company {
  let settings: CompanyGenerator.Settings
  let sizes: Sizes
  var chance: SplitMix64
  var agenda = Agenda()
  var numbers = Numbers()
  private(set) var today: Day
  private(set) var month = 0
  private var day = -1

  var customers: [Customer] = []
  var products: [Product] = []
  var suppliers: [Supplier] = []
  let warehouses: [Code]
  var employees: [Code] = []
  /// How long each employee has worked on each day: in a large company many hours are recorded, and a day has 24.
  var minutesWorked: [Day: [Code: Int64]] = [:]
  var expenseAccounts: [Code] = ["6210", "6220", "6230", "6240", "6290", "6300"]
  /// What lies in each warehouse, by product and warehouse.
  var stock: [Stock] = []
  /// The products that have run low, by supplier and warehouse.
  var low: [Int: [Int]] = [:]
  /// How much of a product is to be bought for a warehouse today, by place.
  var lots: [Int: Int64] = [:]
  /// What a dollar is worth, in ten-thousandths of a euro.
  var dollarRate = 9_200
  /// The last invoice of each customer, for advances.
  var lastClaim: [Int: Claim] = [:]
  /// The first day that is not closed.
  var firstOpenDay: Day

  private var ready: [Proposal] = []
  private var sequence = 0
  private var at: Int64 = 0
  private let keyPrefix: String

  init(seed: UInt64, events: Int, settings: CompanyGenerator.Settings) {
    self.settings = settings
    sizes = Sizes(events: events, settings)
    chance = SplitMix64(seed: seed)
    today = settings.start + -1
    firstOpenDay = settings.start
    warehouses = (1...sizes.warehouses).map { code("W-", $0) }
    keyPrefix = "g\(seed)-"
    at = Int64(today.number) * 86_400_000_000
  }

  /// Everything that is recorded on the next day.
  func nextDay() -> [Proposal] {
    day += 1
    today = settings.start + day
    month = today.civil.month
    ready.removeAll(keepingCapacity: true)
    // The office opens at 8 in UTC, which is the same day in Europe.
    at = max(at + 1, Int64(today.number) * 86_400_000_000 + 8 * 3_600_000_000)
    let tasks = agenda.nextDay()
    if day == 0 { setUp() }
    openOffice()
    for task in tasks { carryOut(task) }
    for _ in 0..<ordersToday() { placeOrder() }
    buyWhatIsLow()
    keepHouse()
    return ready
  }

  /// Records an event; `on` is today unless it is a late one.
  func tell(_ event: some Event, on: Day? = nil) {
    sequence += 1
    at += 1 + Int64(chance.below(sizes.longestPause))
    ready.append(
      Proposal(
        event, on: on ?? today, at: Instant(microseconds: at),
        key: settings.hasKeys ? keyPrefix + String(sequence) : "", by: Company.users[sequence & 3]))
  }
  private static let users: [Code] = ["ana", "marta", "luis", "import"]

  /// Today, or for an entry that comes late a day before, not earlier than `earliest` nor in a closed month.
  func perhapsLate(since earliest: Day) -> Day {
    guard chance.happens(sizes.latePerMilleOfEligible) else { return today }
    // Most are a few days late, few are very late.
    let lag = 1 + chance.skewed(settings.lateDays)
    return max(today + -lag, earliest, firstOpenDay)
  }

  private func carryOut(_ task: Task) {
    switch task {
    case .ship(let sale): ship(sale)
    case .deliver(let delivery): deliver(delivery)
    case .invoice(let delivery): invoice(delivery)
    case .pay(let claim): pay(claim)
    case .takeBack(let delivery): takeBack(delivery)
    case .refund(let credit): refund(credit)
    case .useAdvance(let credit): useAdvance(credit)
    case .receive(let supply): receive(supply)
    case .bill(let supply): bill(supply)
    case .payBill(let debt): payBill(debt)
    case .arrive(let journey): arrive(journey)
    case .payWages(let run): payWages(run)
    case .reverseEntry(let number): reverseEntry(number)
    }
  }

  /// Seasons: the year peaks before Christmas and rests in August; Saturdays are short, Sundays shorter.
  private func ordersToday() -> Int {
    let seasons = [80, 80, 95, 105, 110, 110, 90, 70, 105, 110, 130, 115]
    // 1970-01-01 was a Thursday.
    let weekdays = [120, 125, 60, 15, 115, 120, 120]
    let weekday = Int(today.number) % 7
    let perMille = sizes.ordersPerDayPerMille * seasons[month - 1] * weekdays[weekday] / 10_000
    return perMille / 1000 + (chance.happens(perMille % 1000) ? 1 : 0)
  }
}

/// A code such as `SO-17`.
func code(_ prefix: String, _ number: Int) -> Code {
  Code(stringLiteral: prefix + String(number))
}

/// The next number of each kind of document.
struct Numbers {
  var order = 0, shipment = 0, giveBack = 0, invoice = 0, correction = 0, payment = 0
  var purchase = 0, receipt = 0, bill = 0, transfer = 0, count = 0, adjustment = 0, scrap = 0
  var entry = 0, charge = 0, run = 0
}

/// How large everything is.
struct Sizes {
  let customers: Int
  let products: Int
  let suppliers: Int
  let warehouses: Int
  let employees: Int
  /// Orders on an average day, in thousandths.
  let ordersPerDayPerMille: Int
  /// The longest time between two events, in microseconds.
  let longestPause: Int
  /// Of the events that may come late, how many in a thousand do.
  let latePerMilleOfEligible: Int

  init(events: Int, _ settings: CompanyGenerator.Settings) {
    func clamp(_ value: Int, _ range: ClosedRange<Int>) -> Int {
      min(max(value, range.lowerBound), range.upperBound)
    }
    customers = settings.customers ?? clamp(events / 100, 12...20_000)
    products = settings.products ?? clamp(events / 400, 12...4_000)
    suppliers = settings.suppliers ?? clamp(products / 12, 3...200)
    warehouses = settings.warehouses ?? clamp(events / 50_000 + 1, 2...6)
    employees = settings.employees ?? clamp(events / 4000, 3...40)
    let perDay = max(events / max(settings.days, 1), 12)
    // An order leads to about 7 events, its goods, invoice, payments and replenishment included.
    ordersPerDayPerMille =
      settings.ordersPerThousandDays ?? max(perDay * 1000 * 10 / 71, 1000)
    longestPause = max(2, 12 * 3_600_000_000 / (perDay * 4))
    // Not quite half of all events may come late.
    latePerMilleOfEligible = min(settings.latePerMille * 24 / 10, 1000)
  }
}
