// Why: what was saved behind a gap is recorded again, by the same command as everything: so it is written as the lines that came in.

internal import EventLog
internal import Events
internal import Ledger
internal import Wire

extension Recorded {
  /// The event, its personal fields in the clear, as a line of JSON for `diario record --imported`.
  ///
  /// It keeps its moment, and its key; without one it gets `salvaged-` and its position, so that recording it twice does no harm.
  /// - Parameter prefix: a reference to an event behind this position is left out, since positions change.
  /// - Throws: ``NoLine`` when this program does not know its kind or cannot read its body.
  func proposalLine(
    _ remains: LogRemains, upTo prefix: Position
  ) throws(NoLine) -> String {
    guard let type = Catalogue.numbered(kind) else {
      throw NoLine("this program does not know their kind, number \(kind)")
    }
    return try line(type, remains, prefix)
  }

  private func line<E: Event>(
    _ type: E.Type, _ remains: LogRemains, _ prefix: Position
  ) throws(NoLine) -> String {
    do throws(WireError) {
      let proposal = Proposal(
        try BinaryReader.read(E.self, from: body), on: on, at: at,
        key: key.isEmpty ? "salvaged-\(position)" : key, by: remains.names[by]?.code,
        because: because > 0 && because <= prefix ? because : nil)
      return try proposal.json() + "\n"
    } catch { throw NoLine("their fields cannot be read: \(error)") }
  }
}
