// Why: most entries of a bank can be found in the books by anybody who looks at amount, reference and day. The proposals
// say how sure they are and why; people decide.

internal import Ledger

/// Which open entries of a bank's statements may be which open items of the books: a pure function of both.
enum Matching {
  /// An open entry of a statement.
  struct Entry: Sendable, Hashable {
    /// What tells it from others.
    var number: Int
    var on: Day
    /// In the account's currency.
    var amount: Int64
    /// Everything that the bank says.
    var words: String
  }
  /// An open item of the books.
  struct Item: Sendable, Hashable {
    var number: Int
    var on: Day
    var amount: Int64
    /// The codes of the documents that it is or is about.
    var codes: [String]
    /// The names of who it is about.
    var names: [String]
  }
  /// An item that an entry may be.
  struct Proposal: Sendable, Hashable {
    var entry: Int
    var item: Int
    /// 0 to 100.
    var score: Int
    var reason: String
  }

  /// At most one item for each entry and one entry for each item, the surest first. Amounts must be equal: 50; the
  /// bank's words name a document: 35, or else its party: 20; the days are near: up to 15. Of what is only equal in
  /// amount and more than 30 days apart, nothing is proposed.
  static func proposals(_ entries: [Entry], _ items: [Item]) -> [Proposal] {
    var all: [(proposal: Proposal, days: Int)] = []
    let byAmount = Dictionary(grouping: items, by: \.amount)
    for entry in entries {
      let tokens = tokens(entry.words)
      for item in byAmount[entry.amount] ?? [] {
        let days = abs(entry.on - item.on)
        var (score, reasons) = (50, ["amount"])
        if let code = item.codes.first(where: { names($0, tokens) }) {
          score += 35
          reasons.append("reference \(code)")
        } else if let name = item.names.first(where: { names($0, tokens) }) {
          score += 20
          reasons.append("name \(name)")
        }
        if score == 50, days > 30 { continue }
        score += days == 0 ? 15 : days <= 3 ? 12 : days <= 7 ? 8 : days <= 15 ? 4 : 0
        reasons.append(days == 0 ? "same day" : days == 1 ? "1 day apart" : "\(days) days apart")
        all.append(
          (
            Proposal(
              entry: entry.number, item: item.number, score: score,
              reason: reasons.joined(separator: ", ")), days
          ))
      }
    }
    all.sort { a, b in
      (-a.proposal.score, a.days, a.proposal.entry, a.proposal.item)
        < (-b.proposal.score, b.days, b.proposal.entry, b.proposal.item)
    }
    var (entriesTaken, itemsTaken): (Set<Int>, Set<Int>) = ([], [])
    var chosen: [Proposal] = []
    for (proposal, _) in all
    where !entriesTaken.contains(proposal.entry) && !itemsTaken.contains(proposal.item) {
      entriesTaken.insert(proposal.entry)
      itemsTaken.insert(proposal.item)
      chosen.append(proposal)
    }
    return chosen
  }

  /// Letters and digits of each word, in lower case.
  private static func tokens(_ words: String) -> [String] {
    words.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Whether the words of `text` stand in `tokens` one after the other: F-12 is found in "invoice F 12", not in "F-123".
  private static func names(_ text: String, _ tokens: [String]) -> Bool {
    let wanted = Self.tokens(text)
    guard !wanted.isEmpty else { return false }
    let joined = wanted.joined()
    if joined.count < 2 { return false }
    if tokens.contains(joined) { return true }
    guard tokens.count >= wanted.count else { return false }
    return (0...tokens.count - wanted.count).contains { start in
      Array(tokens[start..<start + wanted.count]) == wanted
    }
  }
}
