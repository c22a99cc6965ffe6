// Why: books that begin in the middle of a company's life take over its balances, its open documents and its
// goods. Each line moves against the opening balances, so that what each account takes over can be read off.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension OpeningPosted: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.entry, entry, s)
    guard !lines.isEmpty || !stock.isEmpty else {
      throw .refuse(
        "lines.empty", "There is nothing to take over.", remedy: "Give balances or goods.")
    }
    let chart = try s.chart()
    let opening = Place(try chart.account(.openingBalances))
    var (debits, credits): ([JournalSide], [JournalSide]) = ([], [])
    for line in lines {
      let subject = try line.openedSubject(&d, s)
      let (isDebit, side) = try line.checked(subject, &d, s)
      if isDebit { debits.append(side) } else { credits.append(side) }
      if side.place.account == opening.account { continue }
      d.move(
        side.amount, worth: side.value, of: side.currency, from: isDebit ? opening : side.place,
        to: isDebit ? side.place : opening)
    }
    try d.balance(debits, credits, s)
    try takeOverStock(from: opening, &d, s)
  }

  private func takeOverStock(
    from opening: Place, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) {
    let books = try d.currency(nil, s)
    let inventory = stock.isEmpty ? .none : try s.chart().account(.inventory)
    var order: [NameID] = []
    var moves: [NameID: [StockMove]] = [:]
    for line in stock {
      let (id, product) = try d.product(line.product, s)
      let warehouse = try d.refer(.warehouse, line.warehouse, s)
      if line.value.isNegative {
        throw .refuse(
          "amount.negative", "The goods of \(line.product) are worth \(line.value).",
          remedy: "Give a value of zero or more.")
      }
      if moves[id] == nil { order.append(id) }
      moves[id, default: []].append(
        StockMove(
          units: try d.units(line.quantity, line.product, product),
          value: try books.units(line.value, "value"), from: opening,
          to: Place(inventory, warehouse)))
    }
    for product in order { try d.moveStock(moves[product] ?? [], of: product, s) }
  }
}

extension JournalLine {
  /// What an opening line is about. A receivable, a payable or an advance is a document that the books take over
  /// with this entry, of the party that the line names.
  fileprivate func openedSubject(
    _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> NameID {
    let id = try d.openAccount(account, s)
    let known = try s.chart().accounts[id]
    if known?.kind == .memo || known?.role?.isKeptByDocuments ?? false {
      throw .refuse(
        "account.control", "Account \(account) is kept by its own events.",
        remedy: "Take goods over as \"stock\"; orders are placed again in these books.")
    }
    guard let role = known?.role, role.holdsOpenItems else {
      guard let subject else { return .none }
      for kind in known?.role?.subjects ?? Role.anySubjects {
        if let id = try s.id(kind, subject) {
          d.mention(id)
          return id
        }
      }
      throw .refuse(
        "subject.unknown", "Nothing that account \(account) could be about is called \(subject).",
        remedy: "Check the subject, or leave it out.")
    }
    guard let subject, let party, let kind = role.subjects?.first,
      (debit != nil) == role.opensOnDebit
    else {
      throw .refuse(
        "opening.item",
        "A line on account \(account) (\(role.rawValue)) must be an open \(role.opensOnDebit ? "debit" : "credit") with its document and its party.",
        remedy:
          "Give \"subject\": its number, and \"party\": whose it is; a line for each document.")
    }
    let isSale = role == .receivable || role == .customerAdvances
    let item = try d.introduce(kind, subject, s)
    _ = try d.refer(isSale ? .customer : .supplier, party, s)
    return item
  }
}
