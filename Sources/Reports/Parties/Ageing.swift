// Why: money that is late is dunned, and the older it is the less it is worth; so what is open stands in columns by how
// many days it is past due. An item is late from the day after it is due.

internal import Documents
internal import Events
internal import Ledger
internal import Summaries
internal import Wire

/// The columns of an ageing report.
enum Ageing {
  static let columns = [
    Column("notDue", "Not due", .money), Column("days1to30", "1–30 days", .money),
    Column("days31to60", "31–60", .money), Column("days61to90", "61–90", .money),
    Column("over90", "Over 90", .money),
  ]
  static let partyColumns =
    [
      Column("party", "Party", .code), Column("name", "Name", .text),
      Column("document", "Document", .code), Column("on", "Day", .day),
      Column("due", "Due", .day), Column("amount", "Amount", .money),
      Column("open", "Open", .money),
    ] + columns + [
      Column("currency", "Currency", .code), Column("openInCurrency", "Open in it", .quantity),
    ]

  /// The column for an item that is `days` past due.
  static func column(_ days: Int) -> Int {
    switch days {
    case ...0: 0
    case ...30: 1
    case ...60: 2
    case ...90: 3
    default: 4
    }
  }

  /// Fills in what is open under `role`, and a note of what has been paid in advance under `advances`.
  static func fill(
    _ table: inout Table, _ inquiry: Inquiry, _ role: Role, advances: Role
  ) throws(ReportError) {
    var totals = [Int64](repeating: 0, count: 5)
    let documents = try inquiry.openDocuments(role)
    try inquiry.prepare(documents.map(\.party))
    for document in documents {
      let isForeign = document.currency != inquiry.chart.currencyID
      for part in document.parts where part.openAmount != 0 || part.openValue != 0 {
        let column = column(inquiry.ageingDay - part.due)
        totals[column] += part.openValue
        let aged = totals.indices.map { $0 == column ? part.openValue : 0 }
        table.add(
          [
            try inquiry.cell(document.party), try inquiry.partyName(document.party),
            try inquiry.cell(document.id), .day(document.on), .day(part.due),
            inquiry.money(part.value), inquiry.money(part.openValue),
          ] + aged.map(inquiry.money) + [
            try inquiry.cell(document.currency),
            isForeign ? try inquiry.amount(part.openAmount, document.currency) : .empty,
          ], basis: .moves([.key(document.key)]))
      }
    }
    let open = totals.reduce(0, +)
    table.totals =
      [.text("Total"), .empty, .empty, .empty, .empty, .empty, inquiry.money(open)]
      + totals.map(inquiry.money) + [.empty, .empty]
    table.notes.append("Days are counted to \(inquiry.ageingDay).")
    // What was invoiced in advance is open above until it is paid; it waits for the invoice that takes it in.
    let given = try inquiry.openDocuments(advances)
    for (words, isInvoiced) in [
      ("Payments and credit notes that settle none of it yet", false),
      ("Invoiced in advance, to be taken off later invoices", true),
    ] {
      let sum = given.reduce(0) { $1.id.is(.invoice) == isInvoiced ? $0 + $1.openValue : $0 }
      if sum != 0 {
        table.notes.append("\(words): \(inquiry.money(sum).readable) \(inquiry.chart.currency).")
      }
    }
  }
}

extension Inquiry {
  /// What a party is called.
  func partyName(_ party: NameID) throws(ReportError) -> Cell {
    party.isNone ? .empty : .text(try self.party(party).name)
  }
}
