// Why: a decision sees the books only through this protocol: what things are called, what documents say, what
// balances are, as of now. It sees no clock, no file and no LMDB, so it can be tested with a table.

public import Documents
public import Events
public import Ledger
public import Wire

/// What a decision may ask about the books as they stand.
public protocol Situation: AnyObject {
  /// The chart, the roles and the periods.
  func chart() throws(Obstacle) -> Chart
  /// The number of the name `code` of `kind`; `nil` when there is none such.
  func id(_ kind: NameKind, _ code: Code) throws(Obstacle) -> NameID?
  /// The characters of a name.
  func code(_ id: NameID) throws(Obstacle) -> Code
  /// How many names of `kind` there are.
  func count(of kind: NameKind) throws(Obstacle) -> UInt32
  /// The document `id`, folded from every event that mentions it.
  func document<D: Document>(_ type: D.Type, _ id: NameID) throws(Obstacle) -> D
  /// The balance (debit − credit) of an account now, all subjects together, in the books' currency.
  func balance(_ account: NameID) throws(Obstacle) -> Int64
  /// All that was ever moved. Asked for only when an event moves very much, or after very many events.
  func turnover() throws(Obstacle) -> Turnover
  /// The last position recorded.
  func size() -> Position
  /// The event at `position`; `nil` when there is none such.
  func recorded(_ position: Position) throws(Obstacle) -> Recorded?
}
