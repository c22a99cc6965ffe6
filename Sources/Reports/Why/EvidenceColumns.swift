// Why: evidence is shown alike, whether it explains a figure or the difference between two.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// The columns that show an event and what it contributes.
enum EvidenceColumns {
  static let all = [
    Column("position", "Event", .number), Column("on", "Day", .day),
    Column("at", "Recorded", .moment), Column("kind", "What", .text),
    Column("document", "Document", .code), Column("text", "Text", .text),
    Column("amount", "Amount", .quantity), Column("commodity", "Of", .code),
    Column("value", "Value", .money),
  ]

  /// The cells of one piece of evidence; `sign` −1 for what no longer counts.
  static func cells(
    _ evidence: Evidence, sign: Int64 = 1, _ inquiry: Inquiry
  ) throws(ReportError) -> [Cell] {
    let event = evidence.event
    var amount = Cell.empty
    if let units = evidence.amount, units != 0 {
      amount = try inquiry.amount(sign * units, evidence.commodity)
    }
    var text = try inquiry.text(of: event)
    if let beside = evidence.beside { text = .text(beside) }
    return [
      .number(Int64(event.position)), .day(evidence.on), .moment(event.at),
      .text(Catalogue.name(of: event.kind)), try inquiry.document(of: event),
      text, amount,
      amount == .empty ? .empty : try inquiry.cell(evidence.commodity),
      evidence.value.map { inquiry.money(sign * $0) } ?? .empty,
    ]
  }

  /// The columns with their unit.
  static func columns(_ inquiry: Inquiry) -> [Column] {
    all.map { column in
      var column = column
      if column.kind == .money { column.unit = inquiry.chart.currency.text }
      return column
    }
  }
}
