// Why: a damaged row of the keys may not say whose it is. The log knows everybody whose it can be.

internal import EventLog
internal import Events
internal import Ledger
internal import Wire

extension EventLog {
  /// Everybody who has a name in the log, as far as it can be read: whoever is not found here keeps a damaged row as it is.
  func people() -> [DataSubject] {
    var people: [DataSubject] = []
    for role in PersonRole.allCases {
      for sequence in 0..<((try? count(of: role.nameKind)) ?? 0) {
        guard let name = try? name(NameID(role.nameKind, sequence + 1)) else { continue }
        people.append(DataSubject(role.kind, name.code))
      }
    }
    return people
  }
}
