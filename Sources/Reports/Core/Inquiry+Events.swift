// Why: people know an event by its document; its position is for programs.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

extension Inquiry {
  /// What the calendar and the clock of the books said at `moment`.
  func localTime(of moment: Instant) throws(ReportError) -> LocalTime {
    try reading { () throws(SummaryError) in
      try look.localTime(of: moment, in: chart.timeZone)
    }
  }

  /// The document that an event is: the one it brings, else the first that it mentions.
  func document(of event: Recorded) throws(ReportError) -> Cell {
    let own = event.introduced.first { $0.id != event.by && !$0.id.is(.user) }?.id
    return try cell(own ?? event.mentions.first { !$0.is(.books) } ?? .none)
  }

  /// Names with their codes, in the order of the codes; none comes first.
  func sorted(_ names: some Sequence<NameID>) throws(ReportError) -> [(name: NameID, code: Code)] {
    var coded: [(name: NameID, code: Code)] = []
    for name in names { coded.append((name, name.isNone ? Code() : try code(name))) }
    return coded.sorted { ($0.code, $0.name) < ($1.code, $1.name) }
  }
}

extension Inquiry {
  /// What an event says in words: its text, its reason, who it is about; empty when it says nothing.
  func text(of event: Recorded) throws(ReportError) -> Cell {
    let words = try decoding { () throws(WireError) in try EventWords(event).words }
    return words.isEmpty ? .empty : .text(words)
  }
}
