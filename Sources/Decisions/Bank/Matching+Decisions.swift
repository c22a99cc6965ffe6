// Why: a match says that an entry of the bank and events of the books are the same money, so their amounts are equal and no
// event is found twice. It moves nothing: both are in the books already.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension StatementMatched: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let (_, known, line) = try d.entry(entry, of: statement, s)
    if known.matches[entry] != nil {
      throw .refuse(
        "match.done", "Entry \(entry) of \(statement) is matched already.",
        remedy: "Record statement.unmatched first if that was wrong.")
    }
    guard !items.isEmpty else {
      throw .refuse("lines.empty", "There are no items.", remedy: "Give at least one event.")
    }
    let chart = try s.chart()
    let account = try d.refer(.account, known.imported.account, s)
    let currency = try d.currency(chart.accounts[account]?.currency, s)
    let wanted = try currency.units(line.amount, "amount")
    let all = try d.reconciliation(known.imported.account, s)
    var sum: Int64 = 0
    var taken: Set<BankItem> = []
    let named = items
    for (i, item) in named.enumerated() {
      if named[..<i].contains(item) {
        throw .refuse(
          "lines.duplicate", "\(item.label) is named twice.", remedy: "Name each event once.")
      }
      var candidates = try item.free(
        try d.money(item, account, currency.id, s), all, known.imported.account, s)
      // Of several that are alike, each item means another.
      let left = candidates.filter { !taken.contains($0.key) }
      if !left.isEmpty { candidates = left }
      if candidates.count > 1, items.count == 1 {
        let equal = candidates.filter { $0.value == wanted }
        if !equal.isEmpty { candidates = equal }
      }
      guard candidates.count == 1, let (found, amount) = candidates.first else {
        throw .refuse(
          "match.ambiguous", "\(item.label) moved money several times.",
          remedy: "Give the event's position (\"event\"), and its day (\"on\") if that has several."
        )
      }
      items[i].event = Int64(found.position)
      items[i].on = found.on
      // Several payments of a run left the account as one sum: each of them names it, and it counts once.
      if taken.insert(found).inserted { sum += amount }
    }
    if sum != wanted {
      throw .refuse(
        "match.amount",
        "Entry \(entry) is \(currency.text(wanted)), the books have \(currency.text(sum)).",
        remedy: try s.isRun(taken)
          ? "A run left the account as one sum: match the entry of that sum. If the bank shows its payments singly, take them back (payment.returned) and record each as payment.sent."
          : "Match equal amounts; book what the bank kept as charge.booked.")
    }
  }
}

extension StatementUnmatched: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let (_, known, _) = try d.entry(entry, of: statement, s)
    if known.matches[entry] == nil {
      throw .refuse(
        "match.none", "Entry \(entry) of \(statement) is not matched.",
        remedy: "Nothing needs to be taken back.")
    }
    _ = try d.reconciliation(known.imported.account, s)
  }
}

extension Situation {
  /// Whether one of `items` is what a run of payments moved.
  fileprivate func isRun(_ items: Set<BankItem>) throws(Obstacle) -> Bool {
    for item in items
    where try recorded(item.position)?.kind == PaymentsSent.kind.number {
      return true
    }
    return false
  }
}

extension MatchedItem {
  /// How people know it.
  fileprivate var label: String {
    document.map { "\($0)" } ?? event.map { "The event at position \($0)" } ?? "An item"
  }

  /// Which of `candidates`, the money that it may mean, no statement of `account` has yet; or why there is none.
  fileprivate func free(
    _ candidates: [BankItem: Int64], _ all: Reconciliation, _ account: Code, _ s: any Situation
  ) throws(Obstacle) -> [BankItem: Int64] {
    if candidates.isEmpty {
      throw .refuse(
        "match.account", "\(label) moved nothing through account \(account).",
        remedy: "Name an event that did; record it first if the books do not have it.")
    }
    let later = candidates.filter { !all.isBeforeFirst($0.key) }
    if later.isEmpty {
      throw .refuse(
        "match.before",
        "\(label) is of before \(all.from), so the first statement's opening balance has it.",
        remedy: "Match an event of \(all.from) or later; record it first if it is another one.")
    }
    let free = later.filter { all.found[$0.key] == nil }
    if free.isEmpty, let other = later.keys.sorted().lazy.compactMap({ all.found[$0] }).first {
      throw .refuse(
        "match.taken",
        "\(label) is matched with entry \(other.entry) of \(try s.code(other.statement)).",
        remedy: "Record statement.unmatched first if that was wrong.")
    }
    return free
  }
}

extension Decision {
  /// An entry of a statement, mentioned.
  fileprivate mutating func entry(
    _ number: Int64, of statement: Code, _ s: any Situation
  ) throws(Obstacle) -> (NameID, BankStatement, StatementEntry) {
    let id = try refer(.statement, statement, s)
    let known = try s.document(BankStatement.self, id)
    guard number >= 1, number <= known.imported.entries.count else {
      throw .refuse(
        "statement.entry", "Statement \(statement) has no entry \(number).",
        remedy: "Its entries are numbered from 1 to \(known.imported.entries.count).")
    }
    return (id, known, known.imported.entries[Int(number) - 1])
  }

  /// The money that an item may mean: what the event, or the events about the document, moved through the account.
  fileprivate mutating func money(
    _ item: MatchedItem, _ account: NameID, _ currency: NameID, _ s: any Situation
  ) throws(Obstacle) -> [BankItem: Int64] {
    var found: [BankItem: Int64] = [:]
    func add(_ position: Position, _ money: [Day: Int64]) {
      for (day, amount) in money where item.on.map({ $0 == day }) ?? true {
        found[BankItem(position: position, on: day)] = amount
      }
    }
    if let event = item.event {
      guard event > 0, let recorded = try s.recorded(Position(event)) else {
        throw .refuse(
          "match.event", "There is no event at position \(event).",
          remedy: "Give the position of an event that is recorded.")
      }
      add(recorded.position, recorded.money(through: account, currency))
    } else if let document = item.document {
      for kind in NameKind.documents {
        guard let id = try s.id(kind, document) else { continue }
        mention(id)
        for event in try s.document(MoneyMoved.self, id).events {
          add(event.position, event.money(through: account, currency))
        }
      }
    }
    return found
  }
}

extension NameKind {
  /// The kinds of names that are documents.
  static let documents: [NameKind] = NameKind.allCases.filter { kind in
    switch kind {
    case .account, .currency, .product, .warehouse, .customer, .supplier, .employee, .tax, .project,
      .user, .series, .person, .budget, .statement, .reconciliation, .books:
      false
    default: true
    }
  }
}

/// The events about a document that moved money.
struct MoneyMoved: Document {
  private(set) var events: [Recorded] = []

  init() {}
  static let isKept = false

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    let isMoney = event.moves.contains { move in
      for account in [move.from.account, move.to.account] {
        if chart.plays(.bank, account) || chart.plays(.cash, account) { return true }
      }
      return false
    }
    if isMoney { events.append(event) }
  }
}
