// Why: what a customer agreed to and wants is asked before writing to it. The latest day counts, and on one day what was
// recorded last: a consent taken back stays taken back, even when an older one is recorded late.

package import Events
package import Ledger
package import Wire

/// What a customer has agreed to, and what it wants.
package struct CustomerWishes: Document {
  /// Something said on a day.
  package struct Said<Value: Sendable>: Sendable {
    package var on: Day
    package var position: Position
    package var value: Value
  }
  /// By purpose, in the order of the days.
  package private(set) var consents: [Code: [Said<Bool>]] = [:]
  /// By what they are about, in the order of the days.
  package private(set) var preferences: [Code: [Said<String>]] = [:]

  package init() {}
  package static let isDefinition = true
  /// The kinds of events that say something about it.
  package static let kinds: Set = [ConsentRecorded.kind.number, PreferenceRecorded.kind.number]

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let said = try event.event(ConsentRecorded.self) {
      Self.note(said.given, event, &consents[said.purpose, default: []])
    } else if let said = try event.event(PreferenceRecorded.self) {
      Self.note(said.value, event, &preferences[said.preference, default: []])
    }
  }

  private static func note<Value>(_ value: Value, _ event: Recorded, _ said: inout [Said<Value>]) {
    let place = said.lastIndex { $0.on <= event.on }.map { $0 + 1 } ?? 0
    said.insert(Said(on: event.on, position: event.position, value: value), at: place)
  }

  /// Whether the customer had agreed to `purpose` on `day`; `nil` when it was never asked.
  package func hasAgreed(to purpose: Code, on day: Day) -> Bool? {
    consents[purpose]?.last { $0.on <= day }?.value
  }
}
