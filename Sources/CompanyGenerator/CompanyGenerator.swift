// Why: demo, tests and benchmarks need a company of any size whose days make sense: customers with favourites and
// seasons, stock that runs low, bills that come late, payments in parts. The same seed gives the same bytes.

public import Events
public import Ledger

/// The events of a believable company, as proposals for books that were opened with the `generic` chart in EUR.
///
/// The company keeps what it needs to propose acceptable events: its stock, its open documents. What is settled is
/// forgotten, so that memory does not grow with the number of events.
public struct CompanyGenerator: Sequence {
  /// What the company is like. Numbers that are absent follow from the number of events.
  public struct Settings: Sendable {
    /// The first day. The books must have been opened on or before it.
    public var start: Day = "2023-01-02"
    /// Over how many days the events are spread.
    public var days = 1000
    /// How many customers there will be in the end.
    public var customers: Int?
    /// How many products are traded.
    public var products: Int?
    /// How many suppliers there are.
    public var suppliers: Int?
    /// How many warehouses there are.
    public var warehouses: Int?
    /// How many employees are paid.
    public var employees: Int?
    /// How many orders a thousand days bring.
    public var ordersPerThousandDays: Int?
    /// How many accounts of its own the company opens, for expenses.
    public var accounts = 0
    /// How many events in a thousand are recorded late.
    public var latePerMille = 50
    /// By how many days at most.
    public var lateDays = 45
    /// Whether months are closed.
    public var closesMonths = true
    /// On which day of the next month.
    public var closingDay = 20
    /// Whether some customers and suppliers deal in US dollars.
    public var usesDollars = true
    /// Whether each event carries an idempotency key.
    public var hasKeys = true

    /// The default company.
    public init() {}
  }

  private let seed: UInt64
  private let events: Int
  private let settings: Settings

  /// The first `events` events of the company of `seed`.
  public init(seed: UInt64, events: Int, settings: Settings = Settings()) {
    self.seed = seed
    self.events = events
    self.settings = settings
  }

  /// Begins with the first event.
  public func makeIterator() -> Iterator {
    Iterator(Company(seed: seed, events: events, settings: settings), events)
  }

  /// Lives through the company's days, one after the other.
  public struct Iterator: IteratorProtocol {
    private let company: Company
    private var left: Int
    private var ready: [Proposal] = []
    private var index = 0

    fileprivate init(_ company: Company, _ events: Int) {
      self.company = company
      left = events
    }

    /// The next event; `nil` after the last.
    public mutating func next() -> Proposal? {
      guard left > 0 else { return nil }
      while index == ready.count {
        ready = company.nextDay()
        index = 0
      }
      defer {
        index += 1
        left -= 1
      }
      return ready[index]
    }
  }
}
