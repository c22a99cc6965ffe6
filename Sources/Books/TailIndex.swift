// Why: stored histories end with the last complete range; what came after it is indexed in memory, so that a document
// that was touched a moment ago is found like any other.

internal import Events
internal import Ledger
internal import Wire

/// Who appears in which event, behind the stored histories.
struct TailIndex {
  private var positions: [NameID: [Position]] = [:]
  /// The last position that the stored histories cover.
  private(set) var start: Position
  /// The last position that is indexed here.
  private(set) var end: Position

  /// An empty index behind `start`.
  init(behind start: Position) {
    self.start = start
    end = start
  }

  mutating func add(_ position: Position, _ names: Set<NameID>) {
    precondition(position == end + 1, "the tail has no gaps")
    end = position
    for name in names { positions[name, default: []].append(position) }
  }

  /// Forgets what the stored histories now cover.
  mutating func drop(through position: Position) {
    if position <= start { return }
    start = min(position, end)
    if start == end {
      positions = [:]
    } else {
      for (name, list) in positions {
        let rest = list.filter { $0 > start }
        positions[name] = rest.isEmpty ? nil : rest
      }
    }
  }

  /// Forgets events at its end that will not be recorded.
  mutating func forget(_ events: [(position: Position, names: Set<NameID>)]) {
    guard let first = events.first?.position else { return }
    for name in events.reduce(into: Set<NameID>(), { $0.formUnion($1.names) }) {
      let rest = positions(of: name).prefix { $0 < first }
      positions[name] = rest.isEmpty ? nil : Array(rest)
    }
    end = min(end, first - 1)
  }

  func positions(of name: NameID) -> [Position] { positions[name] ?? [] }
}
