// Why: an order's state, an invoice's payments, a customer's history: each is a fold over the few events that mention
// the thing. Decisions and reports read the same folds, so that what is refused and what is shown cannot disagree.

public import Events
public import Ledger
public import Wire

/// What can be known of one thing from the events that mention it, in their order.
public protocol Document: Sendable {
  /// The document before any event.
  init()
  /// Takes one more event into account. `id` is the document's own name.
  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError)
}
