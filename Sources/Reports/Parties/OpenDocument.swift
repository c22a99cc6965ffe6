// Why: ageing asks of each open item whose it is and when which part of it is due; that is said by the event that
// brought it into the books.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// A document of which something is open, or was.
struct OpenDocument {
  /// One part of it with a day of its own.
  struct Part: Hashable {
    var due: Day
    /// In the smallest unit of the document's currency; above zero.
    var amount: Int64
    /// What it was worth, in that of the books.
    var value: Int64
    /// What is still open of it.
    var openAmount: Int64 = 0
    var openValue: Int64 = 0
  }
  var id: NameID
  var party: NameID
  var on: Day
  var currency: NameID
  /// In the order in which they are due and settled.
  var parts: [Part]
  var key: TallyKey

  var openValue: Int64 { parts.reduce(0) { $0 + $1.openValue } }
}

extension Inquiry {
  /// What is open in the accounts of `role`, by party code and then due day; only of the report's subject, if it has
  /// one. Amounts are above zero where the role's items usually are: debits of receivables, credits of payables.
  func openDocuments(_ role: Role) throws(ReportError) -> [OpenDocument] {
    let sign: Int64 = role == .receivable || role == .supplierAdvances ? 1 : -1
    var documents: [(party: Code, document: OpenDocument)] = []
    let open = try rows(OpenItems.self, [role], asOf: asOf).filter {
      $0.sums.amount != 0 || $0.sums.value != 0
    }
    let introductions = try introductions(of: open.map(\.key.subject))
    for row in open {
      var document = try openDocument(row.key, sign, introductions[row.key.subject])
      if !subject.isNone, document.party != subject { continue }
      document.settle(leaving: sign * row.sums.amount, worth: sign * row.sums.value)
      documents.append((document.party.isNone ? Code() : try code(document.party), document))
    }
    return documents.sorted { a, b in
      (a.party, a.document.parts[0].due, a.document.id)
        < (b.party, b.document.parts[0].due, b.document.id)
    }.map(\.document)
  }

  /// The document of a key as `event` brought it into the books, nothing of it settled.
  private func openDocument(
    _ key: TallyKey, _ sign: Int64, _ event: Recorded?
  ) throws(ReportError) -> OpenDocument {
    guard let event else {
      let part = OpenDocument.Part(due: ageingDay, amount: 0, value: 0)
      return OpenDocument(
        id: key.subject, party: .none, on: ageingDay, currency: key.commodity, parts: [part],
        key: key)
    }
    let place = Place(key.account, key.subject)
    var (amount, value): (Int64, Int64) = (0, 0)
    for move in event.moves where move.commodity == key.commodity {
      if move.to == place {
        amount += sign * move.amount
        value += sign * move.value
      } else if move.from == place {
        amount -= sign * move.amount
        value -= sign * move.value
      }
    }
    var document = OpenDocument(
      id: key.subject, party: event.mention(.customer) ?? event.mention(.supplier) ?? .none,
      on: event.on, currency: key.commodity,
      parts: [OpenDocument.Part(due: event.on, amount: amount, value: value)], key: key)
    try readTerms(of: &document, event)
    return document
  }

  private func readTerms(
    of document: inout OpenDocument, _ event: Recorded
  ) throws(ReportError) {
    if let invoice = try decoding({ () throws(WireError) in try event.event(InvoiceIssued.self) }) {
      if invoice.instalments.isEmpty {
        document.parts[0].due = invoice.due ?? event.on
      } else {
        document.divide(invoice.instalments)
      }
    } else if let bill = try decoding({ () throws(WireError) in try event.event(BillReceived.self) }
    ) {
      document.parts[0].due = bill.due ?? event.on
    } else if let opening = try decoding({ () throws(WireError) in
      try event.event(OpeningPosted.self)
    }) {
      let own = try code(document.id)
      guard let line = opening.lines.first(where: { $0.subject == own }) else { return }
      document.parts[0].due = line.due ?? event.on
      guard let party = line.party else { return }
      let account = chart.role(of: document.key.account)
      let kind: NameKind =
        account == .receivable || account == .customerAdvances ? .customer : .supplier
      document.party =
        try reading { () throws(SummaryError) in try look.id(kind, party) } ?? .none
    }
  }
}

extension OpenDocument {
  /// Divides the one part among instalments; the last one takes what is left.
  fileprivate mutating func divide(_ instalments: [Instalment]) {
    let whole = parts[0]
    var left = whole
    parts = []
    for (i, instalment) in instalments.enumerated() {
      var part = Part(due: instalment.due, amount: left.amount, value: left.value)
      if i < instalments.count - 1, let percent = instalment.percent {
        part.amount = share(whole.amount, percent)
        part.value = share(whole.value, percent)
      }
      left.amount -= part.amount
      left.value -= part.value
      parts.append(part)
    }
  }

  private func share(_ whole: Int64, _ percent: ExactDecimal) -> Int64 {
    let hundred = (0..<Int(percent.scale)).reduce(Int64(100)) { product, _ in product * 10 }
    return Exact.share(whole, percent.digits, of: hundred)
  }

  /// Settles the parts due first, so that `amount`, carried at `value`, is left.
  fileprivate mutating func settle(leaving amount: Int64, worth value: Int64) {
    var (left, leftValue) = (amount, value)
    for i in parts.indices.reversed() {
      let isFirst = i == 0
      let open = isFirst ? left : min(left, parts[i].amount)
      // What is carried is shared in proportion; the part due first takes all that is left of it.
      let worth =
        isFirst || open == left || left == 0 ? leftValue : Exact.share(leftValue, open, of: left)
      parts[i].openAmount = open
      parts[i].openValue = worth
      left -= open
      leftValue -= worth
      if left == 0, leftValue == 0 { break }
    }
  }
}
