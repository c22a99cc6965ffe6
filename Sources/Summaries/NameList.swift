// Why: a projection adds names one by one; the leaf sees to it that a name counts once for each event.

public import Ledger

/// The names that one event concerns.
public struct NameList: Sendable {
  /// In order of appearance; a name may be there twice.
  var names: [NameID] = []

  init() {}

  /// Adds a name; none is left out.
  public mutating func add(_ name: NameID) {
    if !name.isNone { names.append(name) }
  }

  mutating func removeAll() { names.removeAll(keepingCapacity: true) }
}
