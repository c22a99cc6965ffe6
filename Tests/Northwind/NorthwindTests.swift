// Why: rows that somebody else made up years ago know nothing of our assumptions. Everything of Northwind is recorded, and
// what the books then say is what SQLite computes from the same rows.

internal import Books
internal import Decisions
internal import Documents
internal import Events
internal import Foundation
internal import Ledger
internal import Projections
internal import Summaries
internal import Support
internal import Testing
internal import Wire

@Suite(.enabled(if: Northwind.isHere, "Northwind's instnwnd.sql is not here: set DIARIO_DATA"))
struct `Northwind in books` {
  @Test func `is recorded without a refusal, and once only`() throws {
    try Northwind.withBooks { books, proposals in
      let size = try books.size()
      let again = try books.record(proposals, RecordOptions(isImport: true))
      for case .refused(let refusal) in again { Issue.record("\(refusal)") }
      #expect(again.count == proposals.count)
      #expect(try books.size() == size)
    }
  }

  @Test func `sells to customers, of products and in months what SQL says`() throws {
    try Northwind.withBooks { books, _ in
      let look = try books.look()
      var byCustomer: [String: Int64] = [:]
      var byProduct: [String: Int64] = [:]
      var freight: [String: Int64] = [:]
      let sales = try books.chart().account(.sales)
      for customer in try look.names(of: .customer) {
        let code = try #require(try look.code(customer)).text
        for event in try look.history(of: customer) {
          for move in event.moves where move.from.account == sales {
            if move.from.subject.isNone {
              freight[code, default: 0] += move.value
            } else {
              byCustomer[code, default: 0] += move.value
              byProduct[try #require(try look.code(move.from.subject)).text, default: 0] +=
                move.value
            }
          }
        }
      }
      #expect(byCustomer == (try Northwind.cents("sales-by-customer", "net")))
      #expect(byProduct == (try Northwind.cents("sales-by-product", "net")))
      #expect(freight == (try Northwind.cents("freight-by-customer", "freight")))
      let months = try Northwind.cents("sales-by-month", "net")
      let freights = try Northwind.cents("freight-by-month", "freight")
      for (month, net) in months {
        let first = try Day(month + "-01")
        let (year, number, _) = first.civil
        let last = first + (Day.length(ofMonth: number, year: year) - 1)
        let sold =
          try sum(of: sales, look, asOf: first + -1) - sum(of: sales, look, asOf: last)
        #expect(sold == net + freights[month, default: 0], "\(month)")
      }
    }
  }

  @Test func `has in stock, on order and to deliver what the tables say`() throws {
    try Northwind.withBooks { books, _ in
      let look = try books.look()
      let chart = try books.chart()
      var found: [String: [Int64]] = [:]
      let questions = [Role.inventory, .onOrder, .backlog]
      for (index, role) in questions.enumerated() {
        let keys = KeyRange.account(try chart.account(role))
        let rows =
          role == .inventory
          ? try look.tally(InventoryLevels.self, keys) : try look.tally(OrderBook.self, keys)
        for row in rows where row.key.commodity.is(.product) {
          let code = try #require(try look.code(row.key.commodity)).text
          found[code, default: [0, 0, 0]][index] += row.sums.amount
        }
      }
      for row in try Northwind.expected("stock") {
        let expected = ["onHand", "onOrder", "backlog"].map { Int64(row[$0] ?? "") ?? -1 }
        #expect(found[row["product"] ?? ""] ?? [0, 0, 0] == expected, "\(row)")
      }
    }
  }

  @Test func `knows every order's state and every customer's history`() throws {
    try Northwind.withBooks { books, _ in
      let look = try books.look()
      for row in try Northwind.expected("orders") {
        let order = try #require(try look.id(.order, Code(row["order"] ?? "")))
        let events = try look.history(of: order)
        let days = events.map { (Catalogue.name(of: $0.kind), $0.on.description) }
        var expected = [("order.placed", row["placed"] ?? "")]
        if let shipped = row["shipped"], !shipped.isEmpty {
          expected += [("order.shipped", shipped), ("invoice.issued", shipped)]
        }
        #expect(days.map(\.0) == expected.map(\.0) && days.map(\.1) == expected.map(\.1))
        let units = events.first?.moves.reduce(0) { $0 + $1.amount }
        #expect(units == Int64(row["quantity"] ?? ""))
        #expect(events.first?.moves.count == Int(row["lines"] ?? ""))
      }
      for row in try Northwind.expected("customers") {
        let customer = try #require(try look.id(.customer, Code(row["customer"] ?? "")))
        let events = try look.history(of: customer)
        let orders = events.filter { $0.kind == OrderPlaced.kind.number }.map(\.on)
        #expect(orders.count == Int(row["orders"] ?? ""))
        #expect(events.count { $0.kind == OrderShipped.kind.number } == Int(row["shipped"] ?? ""))
        #expect((orders.min()?.description ?? "") == row["first"])
        #expect((orders.max()?.description ?? "") == row["last"])
      }
    }
  }

  private func sum(of account: NameID, _ look: BooksLook, asOf day: Day) throws -> Int64 {
    try look.tally(AccountBalances.self, .account(account), asOf: day).reduce(0) {
      $0 + $1.sums.value
    }
  }
}

/// The converter and its answers.
enum Northwind {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "northwind.py").path()
  private static let output = Result { try Command.run("python3", [script, "events"]) }
  private static let answers = Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "northwind-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try Command.run("python3", [script, "expected", folder.path()])
    var tables: [String: [[String: String]]] = [:]
    for file in try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    {
      tables[file.deletingPathExtension().lastPathComponent] = try CSV.rows(of: file)
    }
    return tables
  }

  /// Whether the tables are on this machine; the converter's exit code 77 says that they are not.
  static let isHere =
    if case .failure(let error as Command.Failed) = output { error.status != 77 } else { true }

  static func expected(_ name: String) throws -> [[String: String]] {
    try #require(try answers.get()[name])
  }

  /// A column of money in cents, by the first column.
  static func cents(_ name: String, _ column: String) throws -> [String: Int64] {
    let key =
      ["sales-by-product": "product"][name] ?? (name.hasSuffix("month") ? "month" : "customer")
    var amounts: [String: Int64] = [:]
    for row in try expected(name) {
      let amount = try ExactDecimal(row[column] ?? "").units(decimals: 2)
      if amount != 0 { amounts[row[key] ?? ""] = amount }
    }
    return amounts
  }

  /// Books with all of Northwind.
  static func withBooks(_ body: (Books, [Proposal]) throws -> Void) throws {
    let proposals = try output.get().split(separator: "\n").map {
      try Proposal(json: Array($0.utf8))
    }
    try TemporaryBooks.with(
      chart: "generic", currency: "USD", timeZone: "America/Los_Angeles",
      openedAt: "1996-07-01T07:00:00Z"
    ) { books in
      let answers = try books.record(proposals, RecordOptions(isImport: true))
      for (proposal, answer) in zip(proposals, answers) {
        guard case .refused(let refusal) = answer else { continue }
        Issue.record("\(try proposal.json()): \(refusal)")
      }
      try body(books, proposals)
    }
  }
}
