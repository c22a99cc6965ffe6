// Why: "where is it?" is what customers ask most.

internal import Documents
internal import Events
internal import Ledger
internal import Summaries
internal import Wire

/// Every shipment with its carrier, its tracking number and its delivery.
public enum Shipments: Report {
  public static let name = "shipments"
  public static let title = "Shipments"
  public static let summary = "Shipments with carrier and tracking number, delivery and returns"
  public static let subject = ReportSubject.optional([.order, .customer])
  public static let columns = [
    Column("shipment", "Shipment", .code), Column("order", "Order", .code),
    Column("customer", "Customer", .code), Column("warehouse", "Warehouse", .code),
    Column("on", "Left", .day), Column("goods", "Goods", .text),
    Column("carrier", "Carrier", .text), Column("tracking", "Tracking", .text),
    Column("delivered", "Delivered", .day), Column("days", "Days", .number),
    Column("returned", "Returned", .text),
  ]
  public static let keys = ["shipment"]
  public static let measures = ["delivered", "returned"]

  private struct Progress {
    var shipped: OrderShipped
    var on: Day
    var names: [NameID]
    var delivered: Day?
    var returned: [QuantityLine] = []
  }

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    var found: [NameID: Progress] = [:]
    try inquiry.forEachEvent(
      about: inquiry.subject, where: { inquiry.isInTime($0) && !$0.mention(.shipment).isNone }
    ) { (event) throws(ReportError) in
      guard let id = event.mention(.shipment) else { return }
      try decoding { () throws(WireError) in
        if let shipped = try event.event(OrderShipped.self) {
          found[id] = Progress(
            shipped: shipped, on: event.on,
            names: [NameKind.order, .customer, .warehouse].map { event.mention($0) ?? .none })
        } else if event.kind == ShipmentDelivered.kind.number {
          found[id]?.delivered = event.on
        } else if let returned = try event.event(OrderReturned.self) {
          found[id]?.returned += returned.lines
        }
      }
    }
    for (id, progress) in found.sorted(by: { ($0.value.on, $0.key) < ($1.value.on, $1.key) }) {
      let shipped = progress.shipped
      let until = progress.delivered ?? inquiry.ageingDay
      table.add(
        [try inquiry.cell(id)] + (try cells(progress.names, inquiry)) + [
          .day(progress.on), .text(goods(shipped.lines)),
          shipped.carrier.map { .text($0) } ?? .empty,
          shipped.tracking.map { .text($0) } ?? .empty,
          progress.delivered.map { .day($0) } ?? .empty, .number(Int64(until - progress.on)),
          progress.returned.isEmpty ? .empty : .text(goods(progress.returned)),
        ], basis: .history(id))
    }
    table.notes.append("Days from leaving to delivery, or to \(inquiry.ageingDay).")
  }

  private static func cells(
    _ names: [NameID], _ inquiry: Inquiry
  ) throws(ReportError) -> [Cell] {
    var cells: [Cell] = []
    for name in names { cells.append(try inquiry.cell(name)) }
    return cells
  }

  private static func goods(_ lines: [QuantityLine]) -> String {
    lines.map { "\($0.quantity) \($0.product)" }.joined(separator: ", ")
  }
}
