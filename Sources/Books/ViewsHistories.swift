// Why: decisions find the events about a name in the stored histories; what is not stored yet they keep themselves.

internal import EventLog
internal import Events
internal import LMDB
internal import Ledger
internal import Projections
internal import Summaries

/// The stored histories, for decisions.
struct ViewsHistories: HistoryReading {
  let views: Views

  func covered() throws(LogError) -> Position {
    do throws(SummaryError) {
      return min(try views.covered(Histories.self), try views.covered(Definitions.self))
    } catch { throw LogError(error) }
  }

  func positions(
    of name: NameID, since: Position, onlyDefinitions: Bool, through end: Position
  ) throws(LogError) -> [Position] {
    if end == 0 { return [] }
    do throws(SummaryError) {
      return try views.reading.answer { (store) throws(SummaryError) in
        onlyDefinitions
          ? try Definitions.positions(
            of: name, since: since, knownAt: end, tree: views.tree, in: store, log: views.source)
          : try Histories.positions(
            of: name, since: since, knownAt: end, tree: views.tree, in: store, log: views.source)
      }
    } catch { throw LogError(error) }
  }
}

extension LogError {
  /// A failure of the summaries, where the log's errors are expected.
  init(_ error: SummaryError) {
    self.init(
      error.code == .damaged ? .damaged : .store(.other), error.message, remedy: error.remedy)
  }
}
