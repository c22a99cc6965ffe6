// Why: the bank's books and ours, side by side, as of a day: what is on both, what only on one. An entry and the events
// that it was matched with count as found when all of them lie on or before that day.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// One account in the books and on the bank's statements.
struct BankState {
  /// An entry of a statement.
  struct Entry {
    var statement: NameID
    /// Its number within it, from 1.
    var number: Int
    var entry: StatementEntry
    var amount: Int64
    /// What it is in the books.
    var items: [BankItem]
    var isFound: Bool
  }
  /// Money that an event of the books moved, which the first statement's opening does not hold already.
  struct Item {
    var item: BankItem
    var amount: Int64
    var event: Recorded
    var isFound: Bool
  }
  var account: Account
  var currency: NameID
  var entries: [Entry]
  var items: [Item]
  /// What the books say.
  var booked: Int64
  /// What the statements say.
  var stated: Int64

  /// What is in the books and on no statement.
  var outstanding: [Item] { items.filter { !$0.isFound } }
  /// What is on a statement and not in the books.
  var unmatched: [Entry] { entries.filter { !$0.isFound } }
  /// What the books say, put right by what only one of the two has.
  var reconciled: Int64 {
    booked - outstanding.reduce(0) { $0 + $1.amount } + unmatched.reduce(0) { $0 + $1.amount }
  }
}

extension Inquiry {
  /// The accounts of which there are statements as of the last day that counts; only the subject, if there is one.
  func bankStates() throws(ReportError) -> [BankState] {
    var states: [BankState] = []
    let known = try names(of: .reconciliation)
    if known.isEmpty { return [] }
    for account in accounts(.bank, .cash) where subject.isNone || subject == account.id {
      let code = account.code
      let id = try reading { () throws(SummaryError) in try look.id(.reconciliation, code) }
      if let id, let state = try bankState(account, id) { states.append(state) }
    }
    return states
  }

  private func bankState(_ account: Account, _ id: NameID) throws(ReportError) -> BankState? {
    // What is matched is known or not, whatever day it is dated.
    let all =
      try documents(Reconciliation.self, of: [id], in: Histories.self)[id] ?? Reconciliation()
    if let asOf, asOf < all.from { return nil }
    var currency = chart.currencyID
    if let held = account.currency {
      currency = try reading { () throws(SummaryError) in try look.id(.currency, held) } ?? currency
    }
    var state = BankState(
      account: account, currency: currency, entries: [], items: [], booked: 0, stated: 0)
    for row in try tally(AccountBalances.self, .account(account.id))
    where row.key.commodity == currency { state.booked += row.sums.amount }
    let opening = try addStatements(all, to: &state)
    try addItems(all, opening, to: &state)
    return state
  }

  /// Adds what the statements say; returns what they begin with.
  private func addStatements(
    _ all: Reconciliation, to state: inout BankState
  ) throws(ReportError) -> Int64 {
    let decimals = Currency(state.account.currency ?? chart.currency)?.decimals ?? chart.decimals
    func units(_ amount: ExactDecimal) throws(ReportError) -> Int64 {
      try decoding { () throws(WireError) in try amount.units(decimals: decimals) }
    }
    let statements = try documents(BankStatement.self, of: all.statements, in: Histories.self)
    var opening: Int64 = 0
    for (index, name) in all.statements.enumerated() {
      guard let statement = statements[name] else { continue }
      if index == 0 { opening = try units(statement.imported.opening) }
      for (number, entry) in zip(1..., statement.imported.entries) {
        if let asOf, entry.on > asOf { continue }
        let items = statement.matches[Int64(number)] ?? []
        state.entries.append(
          BankState.Entry(
            statement: name, number: number, entry: entry, amount: try units(entry.amount),
            items: items,
            isFound: !items.isEmpty
              && items.allSatisfy { item in asOf.map { item.on <= $0 } ?? true }
          ))
      }
    }
    state.stated = state.entries.reduce(opening) { $0 + $1.amount }
    return opening
  }

  /// Adds the money that the books moved and that `opening`, what the first statement begins with, does not hold already.
  private func addItems(
    _ all: Reconciliation, _ opening: Int64, to state: inout BankState
  ) throws(ReportError) {
    let (account, currency) = (state.account.id, state.currency)
    let found = Set(state.entries.filter(\.isFound).flatMap(\.items))
    let events = try recorded(Histories.self, of: account)
    let before = events.filter { $0.position <= all.begun }
      .flatMap { $0.money(through: account, currency) }.filter { $0.key < all.from }
    let booksAgree = before.reduce(0) { $0 + $1.value } == opening
    for event in events {
      for (on, amount) in event.money(through: account, currency) {
        if let asOf, on > asOf { continue }
        // Opening balances of the statement's first day were there before, if the bank says so.
        let isBefore =
          on < all.from
          || !booksAgree && on == all.from && event.kind == OpeningPosted.kind.number
        if isBefore, event.position < all.begun { continue }
        let item = BankItem(position: event.position, on: on)
        state.items.append(
          BankState.Item(
            item: item, amount: amount, event: event, isFound: found.contains(item)))
      }
    }
    state.items.sort { $0.item < $1.item }
  }

  /// What the open entries of an account may be: by entry, the item and why.
  func matchProposals(
    _ state: BankState
  ) throws(ReportError) -> [(entry: Int, item: Int, proposal: Matching.Proposal)] {
    var entries: [Matching.Entry] = []
    for (number, entry) in state.entries.enumerated() where entry.items.isEmpty {
      let words = [entry.entry.reference ?? "", entry.entry.text ?? ""].joined(separator: " ")
      entries.append(
        Matching.Entry(number: number, on: entry.entry.on, amount: entry.amount, words: words))
    }
    var items: [Matching.Item] = []
    let taken = Set(state.entries.flatMap(\.items))
    for (number, item) in state.items.enumerated() where !taken.contains(item.item) {
      var codes: [String] = []
      var names: [String] = []
      for name in item.event.mentions {
        switch name.kind {
        case .customer, .supplier, .employee: names.append(try party(name).name)
        case .payment, .invoice, .bill, .charge, .entry, .order, .purchase, .payrollRun,
          .correction, .asset, .deferral, .schedule:
          codes.append(try code(name).text)
        default: continue
        }
      }
      items.append(
        Matching.Item(
          number: number, on: item.item.on, amount: item.amount, codes: codes, names: names))
    }
    return Matching.proposals(entries, items).map { ($0.entry, $0.item, $0) }
  }
}
