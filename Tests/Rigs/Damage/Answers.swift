// Why: "wrong" means: another answer than the undamaged books gave. So every kind of question is asked, and the answers are kept
// side by side.

internal import Books
internal import EventLog
internal import Events
internal import Foundation
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Everything that books say.
struct Answers: Equatable {
  private var head = ""
  private var records: [[UInt8]] = []
  private var single: [Recorded] = []
  private var roots: [String] = []
  private var keys: [String: Position] = [:]
  private var names: [NameID: String] = [:]
  private var ids: [String: NameID] = [:]
  private var balances: [TallyColumns] = []
  private var histories: [[Position]] = []

  /// Asks the books at `path`; about the keys and names that were there before the damage.
  init(_ path: String, asking before: Answers? = nil) throws {
    let books = try Worker.open(path)
    let log = books.log
    let state = try log.head()
    head = "\(log.identity) \(state.size) \(state.root) \(state.at)"
    // What the books themselves say: a shorter log is another answer, not an error.
    let size = state.size
    var carried: [String] = []
    var introduced: [Introduced] = []
    try log.scan(1...max(1, size)) { (record) throws(LogError) in
      records.append(record.bytes.bytes(0..<record.length))
      if let copy = record.copy() {
        if !copy.key.isEmpty { carried.append(copy.key) }
        introduced += copy.introduced
      }
      return true
    }
    for position in [1, size / 3, size / 2, size] where position > 0 {
      roots.append("\(try log.root(at: position))")
      if let record = try log.record(at: position) { single.append(record) }
    }
    for key in before.map({ Array($0.keys.keys) }) ?? carried {
      keys[key] = try log.use(of: key)?.position
    }
    let asked = before.map { Array($0.names.keys) } ?? introduced.map(\.id)
    for id in asked { names[id] = try log.name(id).map { "\($0.code) \($0.since)" } }
    for (id, text) in before?.names ?? names {
      guard let kind = id.kind, let word = text.split(separator: " ").first else { continue }
      ids["\(kind) \(word)"] = try log.name(kind, Code(String(word)))?.id
    }
    for day in ["2026-02-10", "2026-12-31"] as [Day] {
      for position in [size / 2, size] {
        let look = try books.look(asOf: day, knownAt: .position(position))
        balances.append(try look.tally(AccountBalances.self))
        if position == size { balances.append(try look.tally(OpenItems.self)) }
      }
    }
    let look = try books.look()
    for id in asked.sorted(by: { $0 < $1 }) where id.raw % 8 == 0 {
      histories.append(try look.positions(Histories.self, of: id, .all))
    }
  }

  /// The kinds of questions that were answered otherwise.
  func differences(_ other: Answers) -> [String] {
    var found: [String] = []
    if head != other.head { found.append("head") }
    if records != other.records || single != other.single { found.append("records") }
    if roots != other.roots { found.append("roots") }
    if keys != other.keys { found.append("keys") }
    if names != other.names { found.append("names") }
    if ids != other.ids { found.append("ids") }
    if balances != other.balances { found.append("balances") }
    if histories != other.histories { found.append("histories") }
    return found
  }
}
