// Why: a statement and what its entries are in the books; and, for one account, all its statements together, so that they
// follow one another and no event is found twice.

package import Events
package import Ledger
package import Wire

/// Money that an event moved through a bank account on one day.
package struct BankItem: Hashable, Sendable, Comparable {
  package var position: Position
  package var on: Day

  package init(position: Position, on: Day) {
    self.position = position
    self.on = on
  }
  package static func < (a: BankItem, b: BankItem) -> Bool {
    (a.on, a.position) < (b.on, b.position)
  }
}

/// A bank statement.
package struct BankStatement: Document {
  package private(set) var imported = StatementImported()
  /// What each entry, by its number from 1, is in the books.
  package private(set) var matches: [Int64: [BankItem]] = [:]

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let imported = try event.event(StatementImported.self) {
      self.imported = imported
    } else if let matched = try event.event(StatementMatched.self) {
      matches[matched.entry] = matched.bankItems
    } else if let unmatched = try event.event(StatementUnmatched.self) {
      matches[unmatched.entry] = nil
    }
  }
}

/// All statements of one account.
package struct Reconciliation: Document {
  /// The statements, in the order of their days.
  package private(set) var statements: [NameID] = []
  /// The position of the first import.
  package private(set) var begun: Position = 0
  /// The first day of the first statement.
  package private(set) var from = Day()
  /// The last statement.
  package private(set) var last = StatementImported()
  /// Which entry of which statement each event has been found to be.
  package private(set) var found: [BankItem: (statement: NameID, entry: Int64)] = [:]

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard let statement = event.mention(.statement) else { return }
    if let imported = try event.event(StatementImported.self) {
      if statements.isEmpty {
        begun = event.position
        from = imported.from
      }
      statements.append(statement)
      last = imported
    } else if let matched = try event.event(StatementMatched.self) {
      for item in matched.bankItems { found[item] = (statement, matched.entry) }
    } else if let unmatched = try event.event(StatementUnmatched.self) {
      found = found.filter { $0.value != (statement, unmatched.entry) }
    }
  }
}

extension Reconciliation {
  /// Whether `item` is in the opening balance of the first statement: recorded before it, of a day before it.
  package func isBeforeFirst(_ item: BankItem) -> Bool { item.position < begun && item.on < from }
}

extension StatementMatched {
  /// The items, complete as the decision left them, each once: several payments of a run name the same sum.
  fileprivate var bankItems: [BankItem] {
    var found: [BankItem] = []
    for item in items {
      let item = BankItem(position: Position(item.event ?? 0), on: item.on ?? Day())
      if !found.contains(item) { found.append(item) }
    }
    return found
  }
}

extension Recorded {
  /// What it moved through `account`, by day, in the smallest unit of `currency`.
  package func money(through account: NameID, _ currency: NameID) -> [Day: Int64] {
    var sums: [Day: Int64] = [:]
    for move in moves where move.commodity == currency {
      if move.to.account == account { sums[move.on, default: 0] += move.amount }
      if move.from.account == account { sums[move.on, default: 0] -= move.amount }
    }
    return sums.filter { $0.value != 0 }
  }
}
