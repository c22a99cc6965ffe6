// Why: what an entry posted of a plan is read off its lines alike, whether they are about assets or deferrals.

package import Events
internal import Ledger
package import Wire

/// A line that posts what a plan says is due, or an amount beside it.
package protocol PlanLine: Message {
  /// What it is about.
  var subject: Code { get set }
  /// How much; filled in when it is recorded.
  var amount: ExactDecimal? { get set }
  /// Whether the amount was given, beside the plan.
  var unplanned: Bool { get set }
}

extension DepreciationLine: PlanLine {
  package var subject: Code {
    get { asset }
    set { asset = newValue }
  }
}

extension ReleaseLine: PlanLine {
  package var subject: Code {
    get { deferral }
    set { deferral = newValue }
  }
}

extension Plan {
  /// Notes what `event` posted of `id`. The decision mentions the subjects in the order of the lines.
  mutating func post(
    _ lines: [some PlanLine], of event: Recorded, about id: NameID, _ chart: Chart
  ) throws(WireError) {
    let subjects = event.mentions.filter { $0.kind == id.kind }
    guard let index = subjects.firstIndex(of: id), index < lines.count else { return }
    let line = lines[index]
    post(
      try (line.amount ?? .zero).units(decimals: chart.decimals),
      by: event.mention(.entry) ?? .none, beside: line.unplanned, on: event.last(about: id))
  }

  /// Notes what a reversal takes back: it mentions its own entry, and then the one that it reverses.
  mutating func takeBack(_ reversal: Recorded) {
    let entries = reversal.mentions.filter { $0.is(.entry) }
    if entries.count > 1 { takeBack(entries[1], on: reversal.on) }
  }
}

extension Recorded {
  /// The last day on which it moves anything from or to `id`; its own when it moves nothing.
  fileprivate func last(about id: NameID) -> Day {
    moves.reduce(nil) { last, move -> Day? in
      move.from.subject == id || move.to.subject == id ? max(last ?? move.on, move.on) : last
    } ?? on
  }
}
