// What holds of every event that the catalogue lists.

import Events
import Ledger
import Testing
import Wire

@Suite struct CatalogueTests {
  @Test func `numbers and names are never used twice`() {
    #expect(Set(Catalogue.all.map { $0.kind.number }).count == Catalogue.all.count)
    #expect(Set(Catalogue.all.map { $0.kind.name }).count == Catalogue.all.count)
  }

  // Numbers are in the log for ever; these were given out first.
  @Test(arguments: [
    (1, "books.opened"), (2, "account.opened"), (3, "account.closed"), (4, "role.assigned"),
    (5, "warehouse.opened"), (6, "product.registered"), (7, "product.revised"),
    (8, "product.retired"), (9, "customer.registered"), (10, "customer.revised"),
    (11, "supplier.registered"), (12, "supplier.revised"), (13, "tax.defined"), (14, "rate.set"),
    (15, "project.opened"), (16, "order.placed"), (17, "order.revised"), (18, "order.cancelled"),
    (19, "stock.reserved"), (20, "stock.released"), (21, "order.shipped"),
    (22, "shipment.delivered"), (23, "order.returned"), (32, "invoice.issued"),
    (33, "invoice.corrected"), (48, "payment.received"), (49, "payment.allocated"),
    (50, "payment.refunded"), (51, "payment.sent"), (52, "payment.transferred"),
    (53, "charge.booked"), (64, "purchase.ordered"), (65, "goods.received"),
    (66, "bill.received"), (80, "stock.counted"), (81, "stock.adjusted"),
    (82, "stock.transferred"), (83, "stock.scrapped"), (96, "payroll.run"), (97, "payroll.paid"),
    (98, "time.recorded"), (112, "journal.posted"), (113, "journal.reversed"),
    (114, "opening.posted"), (115, "period.closed"), (116, "period.reopened"),
    (200, "employee.hired"), (201, "employee.revised"), (202, "employee.left"),
    (203, "access.granted"), (204, "access.revoked"),
  ])
  func `a kind keeps its number and its name`(number: Int, name: String) {
    #expect(Catalogue.named(name)?.kind.number == UInt16(number))
    #expect(Catalogue.numbered(UInt16(number))?.kind.name == name)
    #expect(Catalogue.name(of: UInt16(number)) == name)
  }

  @Test(arguments: Sample.all)
  func `an event is named alike everywhere and says its purpose in a sentence`(sample: Sample) {
    let joined = sample.name.split(separator: ".").map {
      $0.prefix(1).uppercased() + $0.dropFirst()
    }
    #expect(sample.type.messageName == joined.joined())
    let purpose = sample.type.purpose
    #expect(purpose.hasSuffix(".") && purpose.first?.isUppercase == true)
    #expect(!purpose.contains("\n"))
  }

  /// Fields whose codes name nobody, and nothing that is somebody's.
  private static let companys: Set = [
    "account", "adjustment", "against", "assembly", "asset", "besides", "budget", "campaign",
    "carries", "charge", "chart", "count", "currency", "deferral", "department", "digest", "entry",
    "filing", "from", "hold", "item", "kind", "landing", "leaving", "lot", "preference", "product",
    "project", "proposal", "purpose", "region", "result", "revaluation", "reverses", "right", "run",
    "schedule", "scheme", "scrap", "segment", "series", "statement", "task", "tax", "to",
    "transfer", "user", "warehouse", "withholding", "withholdings",
  ]

  @Test func `of every code it is known whether it names a person, or what is a person's`() {
    var fields: Set<String> = []
    for message in Catalogue.all.flatMap({ MessageSchema($0).all }) {
      for field in message.fields where field.type == .code || field.type == .list(.code) {
        fields.insert(field.name)
      }
    }
    let named = fields.filter { !NameKind.kinds(inField: $0).isEmpty }
    #expect(fields.subtracting(named) == Self.companys)
  }

  @Test func `a kind of a newer program has a name too`() {
    #expect(Catalogue.numbered(60_000) == nil)
    #expect(Catalogue.name(of: 60_000) == "unknown.60000")
    #expect(Catalogue.number(of: "unknown.60000") == 60_000)
    #expect(Catalogue.number(of: OrderPlaced.kind.name) == OrderPlaced.kind.number)
    for name in ["unknown.\(OrderPlaced.kind.number)", "unknown.", "unknown.65536", "order"] {
      #expect(Catalogue.number(of: name) == nil)
    }
  }

  @Test(arguments: Sample.all)
  func `an example gives every field, and personal ones have a person`(sample: Sample) throws {
    var presence = PresenceCoder()
    var event = sample.type.example
    try event.fields(&presence)
    #expect(presence.absent == [])
    #expect(presence.subjects.allSatisfy { !$0.code.isEmpty })
    #expect(Set(presence.subjects).count < 2, "one key seals an event, one erasure reaches it")
  }

  @Test func `who a personal field is about can be read from its event`() throws {
    var presence = PresenceCoder()
    var event = CustomerRegistered.example
    try event.fields(&presence)
    #expect(presence.subjects == Array(repeating: .customer("C-17"), count: 4))
    let personal = MessageSchema(CustomerRegistered.self).fields.filter(\.isPersonal)
    #expect(personal.map(\.name) == ["name", "taxID", "email", "address"])
  }
}

/// A walk that only notes which fields are absent, and about whom the personal ones are.
private struct PresenceCoder: FieldCoder {
  var absent: [String] = []
  var subjects: [DataSubject] = []

  mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    if value.isAbsent { absent.append("\(name)") }
  }

  mutating func personal<Value: PersonalValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value, of subject: DataSubject
  ) throws(WireError) {
    subjects.append(subject)
    try field(number, name, &value)
  }
}
