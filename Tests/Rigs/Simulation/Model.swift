// Why: the books as an array. What it says must be plain to everyone who reads it, or it could not judge anything.

internal import Books
internal import Decisions
internal import EventLog
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Support
internal import Wire

/// A journal entry as somebody proposes it: right, or wrong in one of four ways.
struct Line {
  var key: String
  var entry: String
  var debit: Int
  var credit: Int
  var account: String
  var text = "t"

  init(_ serial: Int, used: [String], _ numbers: inout SeededNumbers) {
    key = "k-\(serial)"
    entry = "e-\(serial)"
    debit = Int.random(in: 1...100_000, using: &numbers)
    credit = debit
    account = ["6200", "6210", "6300"][Int.random(in: 0..<3, using: &numbers)]
    switch Int.random(in: 0..<12, using: &numbers) {
    case 0: credit += 1
    case 1: account = "9999"
    case 2: entry = used.isEmpty ? entry : "e-" + used[used.count / 2].dropFirst(2)
    case 3:
      guard let earlier = used.last else { return }
      key = earlier
      text = "another"
    default: break
    }
  }

  /// The same line from a caller who gives no key, and so cannot retry safely.
  var withoutKey: Line {
    var line = self
    line.key = ""
    line.entry += "-again"
    return line
  }

  func proposal() throws -> Proposal {
    let key = key.isEmpty ? "" : #""key":"\#(key)","#
    let json =
      #"{"event":"journal.posted","on":"2026-04-15",\#(key)"entry":"\#(entry)","text":"\#(text)","#
      + #""lines":[{"account":"\#(account)","debit":"\#(Self.money(debit))"},"#
      + #"{"account":"1000","credit":"\#(Self.money(credit))"}]}"#
    return try Proposal(json: Array(json.utf8))
  }

  static func money(_ cents: Int) -> String {
    "\(cents / 100)." + (cents % 100 < 10 ? "0" : "") + "\(cents % 100)"
  }
}

/// What becomes of a line.
enum Outcome: Equatable {
  case recorded(Position)
  case wouldBe(Position)
  case repeated(Position)
  case refused(String)

  init(_ answer: Answer) {
    switch answer {
    case .recorded(let receipt):
      self = receipt.isRepeated ? .repeated(receipt.position) : .recorded(receipt.position)
    case .wouldBe(let receipt): self = .wouldBe(receipt.position)
    case .refused(let refusal): self = .refused(refusal.name)
    }
  }
}

extension Outcome {
  /// The same when nothing behind `size` is recorded after all.
  func undone(behind size: Position) -> Outcome {
    switch self {
    case .recorded(let position): .wouldBe(position)
    case .repeated(let position): position > size ? .wouldBe(position) : self
    default: self
    }
  }
}

/// Books in memory: an array, and four rules.
struct Model {
  private let first: Position
  private var recorded: [Line] = []

  init(first: Position) { self.first = first }

  var keys: [String] { recorded.map(\.key).filter { !$0.isEmpty } }

  mutating func take(_ lines: [Line], isAtomic: Bool) -> [Outcome] {
    let before = self
    var outcomes: [Outcome] = []
    for line in lines {
      outcomes.append(take(line))
      if isAtomic, case .refused = outcomes[outcomes.count - 1] {
        self = before
        outcomes = outcomes.map { $0.undone(behind: first + Position(recorded.count)) }
        break
      }
    }
    return outcomes
  }

  private mutating func take(_ line: Line) -> Outcome {
    if let index = recorded.firstIndex(where: { !$0.key.isEmpty && $0.key == line.key }) {
      let isSame = recorded[index].entry == line.entry && recorded[index].text == line.text
      return isSame ? .repeated(first + Position(index) + 1) : .refused("key.reused")
    }
    if recorded.contains(where: { $0.entry == line.entry }) { return .refused("entry.duplicate") }
    if line.account == "9999" { return .refused("account.unknown") }
    if line.debit != line.credit { return .refused("journal.unbalanced") }
    recorded.append(line)
    return .recorded(first + Position(recorded.count))
  }

  /// Where the books differ: their events, moments, balances, or what `verify` says.
  func compare(_ books: Books) throws -> String? {
    let size = try books.size()
    let retried = recorded.filter { $0.entry.hasSuffix("-again") }.count
    guard retried == 0 else { return "\(retried) lines are there twice" }
    guard size == first + Position(recorded.count) else {
      return "\(size - first) events instead of \(recorded.count)"
    }
    var at = Instant(microseconds: .min)
    for (index, line) in recorded.enumerated() {
      guard let event = try books.event(at: first + Position(index) + 1) else { return "a gap" }
      if event.key != line.key || event.moves.first?.value != Int64(line.debit) {
        return "event \(event.position) is not \(line.entry)"
      }
      if event.at <= at { return "event \(event.position) is not later than the one before" }
      at = event.at
    }
    var balances: [String: Int64] = [:]
    for line in recorded {
      balances[line.account, default: 0] += Int64(line.debit)
      balances["1000", default: 0] -= Int64(line.debit)
    }
    let look = try books.look()
    for row in try look.tally(AccountBalances.self) {
      let code = try look.code(row.key.account)?.text ?? "?"
      if balances.removeValue(forKey: code) != row.sums.value { return "the balance of \(code)" }
    }
    if let code = balances.first(where: { $0.value != 0 })?.key { return "no balance of \(code)" }
    return try books.verify().faults.first?.description
  }
}
