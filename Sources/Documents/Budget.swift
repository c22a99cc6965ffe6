// Why: a budget is what was decided last for each account and month.

package import Events
package import Ledger
package import Wire

/// What accounts are expected to come to.
package struct Budget: Document {
  /// An account in a month, which is told by its last day.
  package struct Cell: Hashable, Comparable, Sendable {
    package var account: NameID
    package var month: Day

    package init(account: NameID, month: Day) {
      self.account = account
      self.month = month
    }
    package static func < (a: Cell, b: Cell) -> Bool {
      (a.account, a.month) < (b.account, b.month)
    }
  }
  /// Debit − credit, in the smallest unit of the books' currency.
  package private(set) var cells: [Cell: Int64] = [:]

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    for move in event.moves where move.commodity == id {
      if move.to.subject.is(.account) {
        cells[Cell(account: move.to.subject, month: move.on), default: 0] += move.value
      }
      if move.from.subject.is(.account) {
        cells[Cell(account: move.from.subject, month: move.on), default: 0] -= move.value
      }
    }
  }
}
