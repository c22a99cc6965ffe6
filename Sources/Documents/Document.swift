// Why: an order's state, an invoice's payments, a customer's history: each is a fold over the few events that mention
// the thing. Decisions and reports read the same folds, so that what is refused and what is shown cannot disagree.

public import Events
public import Ledger
public import Wire

/// What can be known of one thing from the events that mention it, in their order.
public protocol Document: Sendable {
  /// The document before any event.
  init()
  /// Whether only events that define things (set-up, periods) say anything about it.
  static var isDefinition: Bool { get }
  /// Whether a long-lived situation may keep it in memory.
  static var isKept: Bool { get }
  /// Whether the document must be folded again from the first event, because the last one came too late for it.
  var mustReload: Bool { get }
  /// Called when all events so far have been taken into account: what only loading needs can be let go.
  mutating func loaded() throws(WireError)
  /// Takes one more event into account. `id` is the document's own name.
  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError)
}

extension Document {
  /// A document is a fold of everything about its name, unless it says otherwise.
  public static var isDefinition: Bool { false }
  /// A document is kept, unless it says otherwise.
  public static var isKept: Bool { true }
  /// A document takes events in any order of their days, unless it says otherwise.
  public var mustReload: Bool { false }
  /// Nothing to let go.
  public mutating func loaded() throws(WireError) {}
}
