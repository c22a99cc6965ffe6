// Why: costing is worked out by many programs, and by many of them wrongly. Tryton, a real ERP, works out the same moves
// by itself: a thousand random sequences, and the goods of Ferretería Aranda. Its answers lie in Fixtures/tryton, so that
// no Tryton is needed to compare with them; see Tests/oracles/tryton_stock.py.

internal import Decisions
internal import Documents
internal import Events
internal import Foundation
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@Suite struct `Stock as Tryton values it` {
  /// One move, and what Tryton says it cost.
  struct Row {
    var sequence: String
    var method: String
    var order: Int
    var day: Int
    var kind: String
    var quantity: Double
    var price: String
    var cost: Double?
    var left: Double?
    var after: Double?
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func rows(_ file: String) throws -> [Row] {
    let text = try String(
      contentsOf: folder.appending(path: "Fixtures/tryton/\(file).csv"), encoding: .utf8)
    return try text.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Row(
        sequence: cells[0], method: cells[1], order: try #require(Int(cells[2])),
        day: try #require(Int(cells[3])), kind: cells[4], quantity: try #require(Double(cells[5])),
        price: cells[6], cost: Double(cells[7]), left: Double(cells[8]), after: Double(cells[9]))
    }
  }

  /// How far values may lie apart: Tryton rounds each unit cost to 4 decimals, and a mean again at each receipt; Diario
  /// rounds each issue to the cent.
  private func tolerance(_ row: Row, _ before: [Row]) -> Double {
    let isAverage = row.method == "average"
    let receipts = isAverage ? before.count { $0.kind == "in" } : 1
    let issues = before.count { $0.kind == "out" }
    return row.quantity * 0.00005 * Double(receipts + 1)
      + (isAverage ? 0.005 * Double(issues + 1) : 0) + 0.000_001
  }

  @Test(arguments: ["fifo", "average"])
  func `a thousand random sequences cost what they cost in Tryton, late ones too`(
    method: String
  ) throws {
    let books = try MemoryBooks(chart: "generic", on: "2026-01-01")
    for warehouse in ["A", "B"] as [Code] {
      var opened = WarehouseOpened()
      opened.warehouse = warehouse
      try books.record(Proposal(opened, on: "2026-01-01"))
    }
    let sequences = Dictionary(
      grouping: try Self.rows("random").filter { $0.method == method }, by: \.sequence)
    #expect(sequences.count == 1_000)
    for (sequence, rows) in sequences { try record(rows, as: try Code("P\(sequence)"), in: books) }
    let changes = try changes(in: books)
    var issues = 0
    for (sequence, rows) in sequences {
      let product = try #require(try books.id(.product, try Code("P\(sequence)")))
      for row in rows {
        guard let cost = row.cost else { continue }
        let difference = abs(-(changes[product]?[row.day] ?? 0) - row.quantity * cost)
        let before = rows.filter { $0.day < row.day }
        #expect(difference <= tolerance(row, before), "\(sequence), day \(row.day): \(difference)")
        issues += 1
      }
    }
    #expect(issues > 2_000)
  }

  /// By how much the value of each product changed on each day, in the books' currency.
  private func changes(in books: MemoryBooks) throws -> [NameID: [Int: Double]] {
    let inventory = try books.chart().roles[.inventory]
    var changes: [NameID: [Int: Double]] = [:]
    for move in books.records.lazy.flatMap(\.moves) where move.commodity.is(.product) {
      // A transfer changes nothing.
      if move.to.account == move.from.account { continue }
      let sign = move.to.account == inventory ? 1.0 : -1.0
      let day = Int(move.on.number - Self.firstDay.number)
      changes[move.commodity, default: [:]][day, default: 0] += sign * Double(move.value) / 100
    }
    return changes
  }

  private static let firstDay: Day = "2026-01-01"

  private func record(_ rows: [Row], as product: Code, in books: MemoryBooks) throws {
    var registered = ProductRegistered()
    registered.product = product
    registered.costing = rows[0].method == "fifo" ? .fifo : .average
    try books.record(Proposal(registered, on: Self.firstDay))
    for row in rows {
      let code = try Code("\(product)-\(row.order)")
      let on = Self.firstDay + row.day
      // All goods lie in one warehouse, and each transfer takes them to the other.
      let isSecond = rows.count { $0.kind == "transfer" && $0.day < row.day } % 2 == 1
      let (here, there): (Code, Code) = isSecond ? ("B", "A") : ("A", "B")
      var line = QuantityLine()
      line.product = product
      line.quantity = ExactDecimal(digits: Int64(row.quantity), scale: 0)
      switch row.kind {
      case "in":
        var found = AdjustmentLine()
        found.product = product
        found.quantity = line.quantity
        let cents = try Exact.product(line.quantity, try ExactDecimal(row.price), decimals: 2)
        found.value = ExactDecimal(digits: cents, scale: 2)
        var adjusted = StockAdjusted()
        adjusted.adjustment = code
        adjusted.warehouse = here
        adjusted.lines = [found]
        try books.record(Proposal(adjusted, on: on))
      case "out":
        var scrapped = StockScrapped()
        scrapped.scrap = code
        scrapped.warehouse = here
        scrapped.lines = [line]
        try books.record(Proposal(scrapped, on: on))
      default:
        var transferred = StockTransferred()
        transferred.transfer = code
        transferred.from = here
        transferred.to = there
        transferred.lines = [line]
        transferred.arrived = true
        try books.record(Proposal(transferred, on: on))
      }
    }
  }

  @Test
  func
    `what Ferretería Aranda issued cost what it costs in Tryton, before and after the late receipt`()
    throws
  {
    let books = try MemoryBooks(chart: "generic", on: "2026-01-01")
    let first = books.size()
    for proposal in try Aranda.proposals() { try books.record(proposal) }
    var compared = 0
    let sequences = Dictionary(grouping: try Self.rows("aranda"), by: \.sequence)
    for (sequence, rows) in sequences {
      let parts = try sequence.split(separator: " ").map { try Code(String($0)) }
      let product = try books.id(.product, parts[0])
      let place = Place(
        try #require(try books.chart().roles[.inventory]),
        try #require(try books.id(.warehouse, parts[1])))
      // Line 117 is March as it was first reported.
      let known = parts[2] == "first" ? first + 117 : books.size()
      for row in rows {
        guard let cost = row.cost else { continue }
        var value: Int64 = 0
        for move in books.records.prefix(Int(known)).flatMap(\.moves)
        where move.commodity == product && move.on == Self.firstDay + row.day {
          if move.from == place { value += move.value }
          if move.to == place { value -= move.value }
        }
        let difference = abs(Double(value) / 100 - row.quantity * cost)
        let before = rows.filter { $0.day < row.day }
        #expect(
          difference <= tolerance(row, before) + 0.005, "\(sequence), day \(row.day): \(value)")
        compared += 1
      }
    }
    #expect(compared == 24)
  }

  /// Tryton itself, if this machine has it: `DIARIO_TRYTON` names a Python that has trytond and proteus.
  @Test func `Tryton says today what it said then`() throws {
    guard let python = ProcessInfo.processInfo.environment["DIARIO_TRYTON"] else {
      print("DIARIO_TRYTON names no Python with Tryton; its stored answers are compared instead.")
      return
    }
    let script = Self.folder.appending(path: "Tests/oracles/tryton_stock.py").path()
    let moves = Self.folder.appending(path: "Fixtures/tryton/aranda-moves.csv").path()
    let stored = Self.folder.appending(path: "Fixtures/tryton/aranda.csv")
    #expect(
      try Command.run(python, [script, "moves", moves])
        == (try String(contentsOf: stored, encoding: .utf8)))
  }
}
