// Why: demo, property tests and benchmarks rest on the generated company; it must be acceptable to the decisions to
// the last event, the same for the same seed, and late as often as it says.

internal import CompanyGenerator
internal import Events
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@testable internal import Decisions

@Suite struct `A generated company` {
  @Test(arguments: [(1, 12_000), (2, 3_000), (3, 300)] as [(UInt64, Int)])
  func `proposes nothing that is refused`(seed: UInt64, events: Int) throws {
    let books = try MemoryBooks(chart: "generic", on: "2023-01-02")
    for (index, proposal) in CompanyGenerator(seed: seed, events: events).enumerated() {
      do throws(Obstacle) { try books.record(proposal) } catch {
        Issue.record("seed \(seed), event \(index + 1): \(error) \(try proposal.json())")
      }
    }
  }

  @Test(arguments: [11, 12] as [UInt64])
  func `leaves every warehouse worth what costing says, late entries and all`(seed: UInt64) throws {
    let books = try MemoryBooks(chart: "generic", on: "2023-01-02")
    for proposal in CompanyGenerator(seed: seed, events: 6_000) { try books.record(proposal) }
    let recorded = try books.stock(asOf: .last, knownAt: books.size())
    let inventory = try books.chart().account(.inventory)
    for (key, place) in recorded {
      let codes = key.split(separator: " ").map { Code(stringLiteral: String($0)) }
      let product = try #require(try books.id(.product, codes[0]))
      let warehouse = try #require(try books.id(.warehouse, codes[1]))
      let stock = try books.document(ProductStock.self, product)
      #expect(stock.onHand(Place(inventory, warehouse)) == place.quantity, "seed \(seed): \(key)")
      #expect(stock.value(Place(inventory, warehouse)) == place.value, "seed \(seed): \(key)")
    }
  }

  @Test func `has nobody work longer than a day is, however much there is to do`() throws {
    // 200 orders a day leave 40 entries of 15 to 480 minutes to 3 people.
    var settings = CompanyGenerator.Settings()
    settings.employees = 3
    settings.ordersPerThousandDays = 200_000
    var minutes: [String: Int64] = [:]
    for proposal in CompanyGenerator(seed: 4, events: 6_000, settings: settings) {
      guard let time = proposal.event as? TimeRecorded else { continue }
      minutes["\(time.employee) \(proposal.on)", default: 0] += time.minutes
    }
    #expect(minutes.values.max() == 1440)
  }

  @Test func `is the same for the same seed, and another for another`() throws {
    func lines(_ seed: UInt64) throws -> [String] {
      try CompanyGenerator(seed: seed, events: 2_000).map { try $0.json() }
    }
    let first = try lines(7)
    #expect(try lines(7) == first)
    #expect(try lines(8) != first)
  }

  @Test func `begins alike, however the events are asked for`() throws {
    var settings = CompanyGenerator.Settings()
    settings.customers = 50
    settings.products = 40
    let generator = CompanyGenerator(seed: 4, events: 1_000, settings: settings)
    let prefix = try generator.prefix(300).map { try $0.json() }
    #expect(try Array(generator.map { try $0.json() }.prefix(300)) == prefix)
    #expect(generator.reduce(0) { count, _ in count + 1 } == 1_000)
  }

  @Test func `moments rise, days are never after them, and keys are unique`() {
    var last = Instant()
    var keys: Set<String> = []
    for proposal in CompanyGenerator(seed: 5, events: 20_000) {
      guard let at = proposal.at else {
        Issue.record("an event without a moment")
        continue
      }
      #expect(at > last)
      #expect(proposal.on <= at.dayInUTC)
      #expect(keys.insert(proposal.key).inserted)
      last = at
    }
  }

  @Test func `one event in twenty comes late, by up to 45 days`() {
    var late = 0
    for proposal in CompanyGenerator(seed: 6, events: 50_000) {
      guard let day = proposal.at?.dayInUTC, proposal.on < day else { continue }
      late += 1
      #expect(day - proposal.on <= 45)
    }
    #expect((2_000...3_000).contains(late), "\(late) of 50,000")
  }

  @Test func `what was counted was all there: no receipt comes later for a day before`() {
    var settings = CompanyGenerator.Settings()
    settings.products = 12
    settings.latePerMille = 400
    var counted: [String: Day] = [:]
    var late = 0
    for proposal in CompanyGenerator(seed: 9, events: 40_000, settings: settings) {
      if let count = proposal.event as? StockCounted {
        for line in count.lines { counted["\(line.product) \(count.warehouse)"] = proposal.on }
      } else if let receipt = proposal.event as? GoodsReceived {
        if let day = proposal.at?.dayInUTC, proposal.on < day { late += 1 }
        for line in receipt.lines {
          guard let day = counted["\(line.product) \(receipt.warehouse)"] else { continue }
          #expect(proposal.on > day, "\(receipt.receipt)")
        }
      }
    }
    #expect(late > 100, "otherwise this test shows nothing")
  }

  @Test func `every kind that a trading year needs occurs`() {
    var kinds: Set<String> = []
    for proposal in CompanyGenerator(seed: 1, events: 50_000) {
      kinds.insert(type(of: proposal.event).kind.name)
    }
    // What every trader does; set-up is as it happens to be, and the rest is recorded by hand.
    let trade: [ClosedRange<UInt16>] = [16...23, 32...33, 48...53, 64...66, 80...83, 96...98]
    for kind in Catalogue.all.map({ $0.kind })
    where trade.contains(where: { $0.contains(kind.number) }) {
      #expect(kinds.contains(kind.name))
    }
  }
}
