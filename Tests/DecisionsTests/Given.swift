// The language of these tests: given these events, when this is proposed, then these moves, or this refusal.
// Lines of JSON are written with ' for ", and a move as
//
//     1000 TORN-M6 = 100.00: 2050/PO-1 > 1200/MAD
//
// amount, commodity, value, from, to; and at the end the day, where it is not the event's own.

import Charts
import Decisions
import Documents
import Events
import Ledger
import Support
import Testing
import Wire

/// Books that begin with the generic chart in euros, and what has been recorded in them.
final class Given {
  let books = Memory()

  /// Records the lines. One that is refused stops the test.
  init(_ lines: [String] = []) throws {
    var opened = BooksOpened()
    opened.name = "Ferretería Aranda S.L."
    opened.currency = "EUR"
    opened.timeZone = "Europe/Madrid"
    opened.chart = "generic"
    _ = try books.record(Proposal(opened, on: "2026-01-01"))
    for account in try #require(Charts.named("generic")) {
      _ = try books.record(Proposal(account, on: "2026-01-01"))
    }
    try and(lines)
  }

  /// Records more lines.
  @discardableResult func and(
    _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Given {
    for line in lines {
      if case .refused(let refusal) = try when(line) {
        Issue.record("\(line) is refused: \(refusal)", sourceLocation: sourceLocation)
        throw Obstacle.refused(refusal)
      }
    }
    return self
  }

  /// What proposing `line` leads to. What is accepted is recorded.
  @discardableResult func when(_ line: String) throws -> Outcome {
    let json = line.hasPrefix("{'") ? line.replacing("'", with: "\"") : line
    do throws(Obstacle) {
      let proposal = try Result { () throws(WireError) in try Proposal(json: Array(json.utf8)) }
        .mapError { Obstacle.refused(Refusal($0)) }.get()
      return .recorded(try books.record(proposal), books)
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      Given.note(line, refusal)
      return .refused(refusal)
    }
  }

  /// Has a refusal in the page of refusals.
  static func note(_ line: String, _ refusal: Refusal) {
    guard let test = Test.current else { return }
    if let complaint = RefusalTable.shared.note(line, refusal, in: test.name) {
      Issue.record("\(complaint)")
    }
  }

  /// The value of a place ("1200/MAD") or of a whole account ("1200"), debit − credit, up to a day.
  func value(_ place: String, asOf day: Day? = nil) throws -> String {
    text(try total(place, asOf: day, \.value), 2)
  }

  /// The same of the amount of a commodity.
  func amount(_ place: String, _ commodity: String, asOf day: Day? = nil) throws -> String {
    let decimals = try books.decimals(of: try commodityID(commodity))
    return text(
      try total(place, asOf: day, \.amount, commodity: try commodityID(commodity)), decimals)
  }

  private func commodityID(_ code: String) throws -> NameID {
    let code = try Code(code)
    return try #require(books.id(.currency, code) ?? books.id(.product, code))
  }

  private func total(
    _ place: String, asOf day: Day?, _ what: KeyPath<Move, Int64>, commodity: NameID? = nil
  ) throws -> Int64 {
    books.moves.reduce(0) { sum, move in
      guard day.map({ move.on <= $0 }) ?? true, commodity.map({ move.commodity == $0 }) ?? true
      else { return sum }
      func matches(_ found: Place) -> Bool {
        place.contains("/") ? books.text(found) == place : books.code(found.account).text == place
      }
      return sum + (matches(move.to) ? move[keyPath: what] : 0)
        - (matches(move.from) ? move[keyPath: what] : 0)
    }
  }

  /// Checks what must hold of any books: where nothing is left, nothing is worth anything; no goods and no open item
  /// are below zero on any day.
  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    struct Key: Hashable {
      var place: Place
      var commodity: NameID
    }
    let chart = try books.chart()
    var levels: [Key: (amount: Int64, value: Int64)] = [:]
    let moves = books.moves.sorted { $0.on < $1.on }
    for (i, move) in moves.enumerated() {
      levels[Key(place: move.to, commodity: move.commodity), default: (0, 0)].amount += move.amount
      levels[Key(place: move.to, commodity: move.commodity), default: (0, 0)].value += move.value
      levels[Key(place: move.from, commodity: move.commodity), default: (0, 0)].amount -=
        move.amount
      levels[Key(place: move.from, commodity: move.commodity), default: (0, 0)].value -= move.value
      if i + 1 < moves.count, moves[i + 1].on == move.on { continue }
      for (key, level) in levels {
        guard let role = chart.role(of: key.place.account) else { continue }
        let place = books.text(key.place)
        switch role {
        case .inventory, .inTransit, .receivable, .supplierAdvances:
          #expect(level.amount >= 0, "\(place) on \(move.on)", sourceLocation: sourceLocation)
        case .payable, .customerAdvances, .wagesPayable:
          #expect(level.amount <= 0, "\(place) on \(move.on)", sourceLocation: sourceLocation)
        default: continue
        }
        if i + 1 == moves.count, level.amount == 0 {
          #expect(level.value == 0, "\(place) at the end", sourceLocation: sourceLocation)
        }
      }
    }
  }
}

/// A line was recorded, or refused.
enum Outcome {
  case recorded(Recorded, Memory)
  case refused(Refusal)

  /// Expects these moves, in this order.
  @discardableResult func then(
    _ moves: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    switch self {
    case .recorded(let event, let books):
      let found = try event.moves.map { try books.text($0, of: event.on) }
      #expect(found == moves, sourceLocation: sourceLocation)
    case .refused(let refusal):
      Issue.record("refused: \(refusal)", sourceLocation: sourceLocation)
    }
    return self
  }

  /// Expects these names to be mentioned, in this order.
  @discardableResult func mentions(
    _ codes: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) -> Outcome {
    if case .recorded(let event, let books) = self {
      #expect(event.mentions.map { books.code($0).text } == codes, sourceLocation: sourceLocation)
    }
    return self
  }

  /// Expects a refusal called `name`, and answers it.
  @discardableResult func refused(
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Refusal {
    guard case .refused(let refusal) = self else {
      Issue.record("recorded, not \(name)", sourceLocation: sourceLocation)
      throw Missing()
    }
    #expect(refusal.name == name, "\(refusal.message)", sourceLocation: sourceLocation)
    #expect(!refusal.message.isEmpty && !refusal.remedy.isEmpty, sourceLocation: sourceLocation)
    return refusal
  }

  /// The event as it is stored.
  func stored<E: Event>(_ type: E.Type) throws -> E {
    guard case .recorded(let event, _) = self else { throw Missing() }
    return try #require(try event.event(type))
  }

  struct Missing: Error {}
}

extension Memory {
  /// `1200/MAD`.
  func text(_ place: Place) -> String {
    place.subject.isNone
      ? code(place.account).text : "\(code(place.account))/\(code(place.subject))"
  }

  func decimals(of commodity: NameID) throws -> Int {
    if commodity.is(.product) { return try document(Product.self, commodity).decimals }
    return commodity.is(.currency) ? Currency(code(commodity))?.decimals ?? 2 : 0
  }

  func text(_ move: Move, of day: Day) throws -> String {
    let amount = DecisionsTests.text(move.amount, try decimals(of: move.commodity))
    let commodity = move.commodity.isNone ? "-" : code(move.commodity).text
    return "\(amount) \(commodity) = \(DecisionsTests.text(move.value, 2)): "
      + "\(text(move.from)) > \(text(move.to))\(move.on == day ? "" : " \(move.on)")"
  }
}

/// An amount with all its decimals.
func text(_ units: Int64, _ decimals: Int) -> String {
  ExactDecimal(digits: units, scale: decimals).formatted(decimals: decimals)
}

/// A shop with two warehouses, two kinds of costing, a customer, a supplier and an employee.
let shop = [
  "{'event':'warehouse.opened','on':'2026-01-01','warehouse':'MAD','name':'Madrid'}",
  "{'event':'warehouse.opened','on':'2026-01-01','warehouse':'BCN','name':'Barcelona'}",
  "{'event':'tax.defined','on':'2026-01-01','tax':'IVA21','name':'IVA 21 %','rate':'21','kind':'collected'}",
  "{'event':'tax.defined','on':'2026-01-01','tax':'IVA10','name':'IVA 10 %','rate':'10','kind':'collected'}",
  "{'event':'tax.defined','on':'2026-01-01','tax':'SOP21','name':'IVA soportado','rate':'21','kind':'deductible'}",
  "{'event':'tax.defined','on':'2026-01-01','tax':'EXENTO','name':'Exento','rate':'0','kind':'exempt'}",
  "{'event':'tax.defined','on':'2026-01-01','tax':'IRPF15','name':'IRPF','rate':'15','kind':'withheld'}",
  "{'event':'product.registered','on':'2026-01-01','product':'TORN','name':'Tornillo','unit':'piece','decimals':0,'costing':'fifo','tax':'IVA21','price':'0.25'}",
  "{'event':'product.registered','on':'2026-01-01','product':'CABLE','name':'Cable','unit':'m','decimals':2,'costing':'average','tax':'IVA21','price':'3.00'}",
  "{'event':'customer.registered','on':'2026-01-01','customer':'C-17','name':'Duero','terms':30}",
  "{'event':'customer.registered','on':'2026-01-01','customer':'C-18','name':'Ebro'}",
  "{'event':'supplier.registered','on':'2026-01-01','supplier':'S-3','name':'Aceros','terms':60}",
  "{'event':'supplier.registered','on':'2026-01-01','supplier':'S-4','name':'Hierros'}",
  "{'event':'employee.hired','on':'2026-01-01','employee':'E-7','name':'Marta'}",
  "{'event':'project.opened','on':'2026-01-01','project':'PR-1','name':'Window'}",
  "{'event':'rate.set','on':'2026-01-01','currency':'USD','rate':'0.92'}",
  "{'event':'account.opened','on':'2026-01-01','account':'1010','name':'Dollars','kind':'asset','role':'bank','currency':'USD'}",
]

/// Goods bought and received in MAD.
func bought(
  _ purchase: String, _ product: String, _ quantity: String, at price: String, on day: String,
  in warehouse: String = "MAD", currency: String = "EUR"
) -> [String] {
  [
    "{'event':'purchase.ordered','on':'\(day)','purchase':'\(purchase)','supplier':'S-3','currency':'\(currency)','lines':[{'product':'\(product)','quantity':'\(quantity)','price':'\(price)'}]}",
    "{'event':'goods.received','on':'\(day)','receipt':'GR-\(purchase)','purchase':'\(purchase)','warehouse':'\(warehouse)','lines':[{'product':'\(product)','quantity':'\(quantity)'}]}",
  ]
}

/// An order that is shipped at once.
func sold(
  _ order: String, _ product: String, _ quantity: String, at price: String, on day: String,
  from warehouse: String = "MAD", currency: String = "EUR"
) -> [String] {
  [
    "{'event':'order.placed','on':'\(day)','order':'\(order)','customer':'C-17','currency':'\(currency)','lines':[{'product':'\(product)','quantity':'\(quantity)','price':'\(price)'}]}",
    "{'event':'order.shipped','on':'\(day)','shipment':'SH-\(order)','order':'\(order)','warehouse':'\(warehouse)','lines':[{'product':'\(product)','quantity':'\(quantity)'}]}",
  ]
}
