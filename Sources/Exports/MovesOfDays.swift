// Why: in other programs a transaction has one day, and names are text. Whatever the format, an event's moves are told apart by their
// days, and codes and amounts are written alike.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// What every export needs of the moves that a look shows.
struct MovesOfDays {
  private let look: any Look
  private let chart: Chart
  private var codes: [NameID: String] = [:]

  init(_ look: any Look, _ chart: Chart) {
    self.look = look
    self.chart = chart
  }

  /// The moves of `event` that are worth something and that `isWritten` lets through, by their days, in the order in which those come.
  func days(of event: Recorded, where isWritten: (Move) -> Bool) -> [(day: Day, moves: [Move])] {
    var days: [(day: Day, moves: [Move])] = []
    for move in event.moves where move.value != 0 && isWritten(move) {
      if let asOf = look.point.asOf, move.on > asOf { continue }
      if let known = days.firstIndex(where: { $0.day == move.on }) {
        days[known].moves.append(move)
      } else {
        days.append((move.on, [move]))
      }
    }
    return days
  }

  /// The code of the document, or whatever else, that `event` is about first.
  mutating func document(of event: Recorded) throws(SummaryError) -> String? {
    guard let name = event.mentions.first(where: { !$0.is(.books) }) else { return nil }
    return try code(name)
  }

  /// The code of `name`.
  mutating func code(_ name: NameID) throws(SummaryError) -> String {
    if let known = codes[name] { return known }
    let code = try look.code(name)?.text ?? "#\(name.raw)"
    codes[name] = code
    return code
  }

  /// A value in the books' currency, with its name.
  func amount(_ value: Int64) -> String {
    ExactDecimal(digits: value, scale: chart.decimals).formatted(decimals: chart.decimals)
      + " " + chart.currency.text
  }
}
