// Books in memory: the situation that decisions see, folded from the events given. An event is about a name when
// it mentions it, or when one of its moves is of it, from it or to it.

import Charts
import Decisions
import Documents
import Events
import Ledger
import Support
import Wire

final class Memory: Situation {
  private(set) var events: [Recorded] = []
  private var about: [NameID: [Int]] = [:]
  private var ids: [NameKind: [Code: NameID]] = [:]
  private var codes: [NameID: Code] = [:]

  private var knownChart: Chart?

  func chart() throws(Obstacle) -> Chart {
    if let knownChart { return knownChart }
    let chart = try document(Chart.self, .books)
    knownChart = chart
    return chart
  }
  func id(_ kind: NameKind, _ code: Code) -> NameID? { ids[kind]?[code] }
  func code(_ id: NameID) -> Code { codes[id] ?? "?" }
  func count(of kind: NameKind) -> UInt32 { UInt32(ids[kind]?.count ?? 0) }
  func size() -> Position { Position(events.count) }
  func recorded(_ position: Position) -> Recorded? {
    position < 1 || position > size() ? nil : events[Int(position) - 1]
  }

  func document<D: Document>(_ type: D.Type, _ id: NameID) throws(Obstacle) -> D {
    var document = D()
    let chart = id == .books ? Chart() : try chart()
    for i in about[id] ?? [] {
      do throws(WireError) { try document.evolve(events[i], id, chart) } catch {
        throw .unreadable(error)
      }
    }
    return document
  }

  func balance(_ account: NameID) -> Int64 {
    moves.reduce(0) { sum, move in
      sum + (move.to.account == account ? move.value : 0)
        - (move.from.account == account ? move.value : 0)
    }
  }

  /// Decides a proposal and records it.
  func record(_ proposal: Proposal) throws(Obstacle) -> Recorded {
    var event = try decide(proposal, self)
    event.position = size() + 1
    event.at = Instant(microseconds: Int64(event.position))
    for name in event.introduced {
      if let kind = name.id.kind { ids[kind, default: [:]][name.code] = name.id }
      codes[name.id] = name.code
    }
    var names = Set(event.mentions)
    for move in event.moves {
      names.formUnion([move.commodity, move.from.account, move.to.account])
      names.formUnion([move.from.subject, move.to.subject])
    }
    for name in names where !name.isNone { about[name, default: []].append(events.count) }
    if event.mentions.contains(.books) { knownChart = nil }
    events.append(event)
    return event
  }

  var moves: [Move] { events.flatMap(\.moves) }
}
