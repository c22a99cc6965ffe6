// Opens books with two projections of our own beside Diario's, records a week of a small shop, and asks who had what: as of two
// days, and as it was known before a return came in; and on which day most was recorded.

import Books
import Charts
import Events
import Foundation
import Ledger
import Projections
import Summaries
import Wire

@main
struct Main {
  static let events = """
    {"event":"warehouse.opened","on":"2026-01-01","warehouse":"MAD","name":"Madrid"}
    {"event":"product.registered","on":"2026-01-01","product":"LAMP","name":"Lamp","unit":"piece","decimals":0,"costing":"fifo","price":"40.00"}
    {"event":"customer.registered","on":"2026-01-01","customer":"ANA","name":"Ana"}
    {"event":"customer.registered","on":"2026-01-01","customer":"LUIS","name":"Luis"}
    {"event":"opening.posted","on":"2026-01-01","entry":"OB-1","stock":[{"product":"LAMP","warehouse":"MAD","quantity":"20","value":"300.00"}]}
    {"event":"order.placed","on":"2026-01-05","order":"SO-1","customer":"ANA","currency":"EUR","lines":[{"product":"LAMP","quantity":"6","price":"40.00"}]}
    {"event":"order.placed","on":"2026-01-06","order":"SO-2","customer":"LUIS","currency":"EUR","lines":[{"product":"LAMP","quantity":"2","price":"40.00"}]}
    {"event":"order.shipped","on":"2026-01-07","shipment":"SH-1","order":"SO-1","warehouse":"MAD","lines":[{"product":"LAMP","quantity":"6"}]}
    {"event":"order.shipped","on":"2026-01-09","shipment":"SH-2","order":"SO-2","warehouse":"MAD","lines":[{"product":"LAMP","quantity":"2"}]}
    {"event":"order.returned","on":"2026-01-08","return":"R-1","shipment":"SH-1","warehouse":"MAD","lines":[{"product":"LAMP","quantity":"1"}]}
    """

  static func main() throws {
    let path = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : "books"
    try Books.create(at: path, identity: (0..<16).map { _ in .random(in: 0...255) })
    let books = try Books(
      at: path, projections: AllProjections.list + [GoodsByCustomer.self, BusiestDays.self],
      now: { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) })

    var opened = BooksOpened()
    opened.name = "A small shop"
    opened.currency = "EUR"
    opened.timeZone = "Europe/Madrid"
    opened.chart = "generic"
    var proposals = [Proposal(opened, on: "2026-01-01")]
    proposals += (Charts.named("generic") ?? []).map { Proposal($0, on: "2026-01-01") }
    proposals += try events.split(separator: "\n").map { try Proposal(json: Array($0.utf8)) }
    for case .refused(let refusal) in try books.record(proposals) {
      print("refused: \(refusal.message) \(refusal.remedy)")
    }

    let last = try books.size()
    try show("as of 7 January", try books.look(asOf: "2026-01-07"))
    try show("as of 9 January", try books.look(asOf: "2026-01-09"))
    try show(
      "as of 9 January, before the return was known",
      try books.look(asOf: "2026-01-09", knownAt: .position(last - 1)))

    let days = try books.look().summary(BusiestDays.self).days
    if let busiest = days.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
      print("\(days.count) days, the busiest was \(busiest.key) with \(busiest.value) events")
    }
  }

  static func show(_ title: String, _ look: BooksLook) throws {
    print(title)
    for row in try look.tally(GoodsByCustomer.self) {
      let customer = try look.code(row.key.subject)?.text ?? "?"
      let product = try look.code(row.key.commodity)?.text ?? "?"
      let cost = ExactDecimal(digits: row.sums.value, scale: 2)
      print("  \(customer) has \(row.sums.amount) \(product), which cost us \(cost)")
    }
  }
}
