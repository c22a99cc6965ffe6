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
    var all = Reconciliation()
    // What is matched is known or not, whatever day it is dated.
    for event in try recorded(Histories.self, of: id) {
      try decoding { () throws(WireError) in try all.evolve(event, id, chart) }
    }
    if let asOf, asOf < all.from { return nil }
    var currency = chart.currencyID
    if let held = account.currency {
      currency = try reading { () throws(SummaryError) in try look.id(.currency, held) } ?? currency
    }
    let decimals = Currency(account.currency ?? chart.currency)?.decimals ?? chart.decimals
    var state = BankState(
      account: account, currency: currency, entries: [], items: [], booked: 0, stated: 0)
    for row in try tally(AccountBalances.self, .account(account.id))
    where row.key.commodity == currency { state.booked += row.sums.amount }
    var found: Set<BankItem> = []
    var opening: Int64 = 0
    for (index, name) in all.statements.enumerated() {
      var statement = BankStatement()
      for event in try recorded(Histories.self, of: name) {
        try decoding { () throws(WireError) in try statement.evolve(event, name, chart) }
      }
      let imported = statement.imported
      if index == 0 {
        opening = try decoding { () throws(WireError) in
          try imported.opening.units(decimals: decimals)
        }
        state.stated = opening
      }
      for (number, entry) in zip(1..., imported.entries) {
        if let asOf, entry.on > asOf { continue }
        let amount = try decoding { () throws(WireError) in
          try entry.amount.units(decimals: decimals)
        }
        let items = statement.matches[Int64(number)] ?? []
        let isFound =
          !items.isEmpty && (asOf.map { day in items.allSatisfy { $0.on <= day } } ?? true)
        if isFound { found.formUnion(items) }
        state.stated += amount
        state.entries.append(
          BankState.Entry(
            statement: name, number: number, entry: entry, amount: amount, items: items,
            isFound: isFound))
      }
    }
    let events = try recorded(Histories.self, of: account.id)
    let before = events.filter { $0.position <= all.begun }
      .flatMap { $0.money(through: account.id, currency) }.filter { $0.key < all.from }
    let booksAgree = before.reduce(0) { $0 + $1.value } == opening
    for event in events {
      for (on, amount) in event.money(through: account.id, currency) {
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
    return state
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
