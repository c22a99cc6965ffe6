// Why: before anybody is written to, it must be known who agreed to it on that day, and since when.

internal import Documents
internal import Events
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// What each customer has agreed to and wants.
public enum Consents: Report {
  public static let name = "consents"
  public static let title = "Consents and preferences"
  public static let summary = "What each customer agreed to and wants, as of a day"
  public static let subject = ReportSubject.optional([.customer])
  public static let columns = [
    Column("customer", "Customer", .code), Column("name", "Name", .text),
    Column("kind", "Kind", .text), Column("about", "About", .code),
    Column("value", "Value", .text), Column("since", "Since", .day),
    Column("position", "Event", .number),
  ]
  public static let keys = ["customer", "kind", "about"]
  public static let measures = ["value"]

  public static func fill(_ table: inout Table, _ inquiry: Inquiry) throws(ReportError) {
    let wanted = try inquiry.asked(.customer)
    let known = try inquiry.documents(
      CustomerWishes.self, of: wanted, in: Definitions.self,
      where: { CustomerWishes.kinds.contains($0.kind) && inquiry.isInTime($0) }
    ).filter { !$0.value.consents.isEmpty || !$0.value.preferences.isEmpty }
    try inquiry.prepare(known.keys)
    for (id, code) in try inquiry.sorted(known.keys) {
      let wishes = known[id] ?? CustomerWishes()
      let name = try inquiry.partyName(id)
      func add(_ kind: String, _ about: Code, _ value: String, _ on: Day, _ position: Position) {
        table.add(
          [
            .text(code.text), name, .text(kind), .text(about.text), .text(value), .day(on),
            .number(Int64(position)),
          ], basis: .events([position]))
      }
      for (purpose, said) in wishes.consents.sorted(by: { $0.key < $1.key }) {
        guard let last = said.last else { continue }
        add("consent", purpose, last.value ? "given" : "withdrawn", last.on, last.position)
      }
      for (about, said) in wishes.preferences.sorted(by: { $0.key < $1.key }) {
        guard let last = said.last, !last.value.isEmpty else { continue }
        add("preference", about, last.value, last.on, last.position)
      }
    }
  }
}
