// Why: an amount whose decimals nobody can tell is not to be printed with others: it would be off by powers of ten.

internal import Books
internal import EventLog
internal import Events
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@Suite struct `Decimals of amounts` {
  @Test func `are not made up where the event that says them cannot be read`() throws {
    let lamp = NameID(.product, 1)
    let new = try books(with: lamp, "LAMP", of: ProductRegistered.kind.number, body: [0xff])
    let error = #expect(throws: BooksError.self) { try new.open().amount(1_250, of: lamp) }
    #expect(error?.code == .damaged, "\(error as Any)")
    #expect(error?.message.hasPrefix("Event \(new.first + 1) cannot be read") == true)
  }

  @Test func `are not made up of a currency that there is not`() throws {
    let currency = NameID(.currency, 2)
    let new = try books(with: currency, "QQQ", of: RateSet.kind.number, body: [])
    let books = try new.open()
    let error = #expect(throws: BooksError.self) { try books.amount(1_250, of: currency) }
    #expect(error?.code == .damaged, "\(error as Any)")
    #expect(try books.amount(1_250, of: NameID(.currency, 1)) == "12.50")
  }

  /// Books whose last event, of `kind`, has brought `name`, and has this body.
  private func books(
    with name: NameID, _ code: Code, of kind: UInt16, body: [UInt8]
  ) throws -> NewBooks {
    let new = try NewBooks()
    let log = try LMDBLog(at: new.path + "/log")
    var record = Recorded()
    record.position = new.first + 1
    record.at = new.clock.now()
    record.on = "2026-01-02"
    record.kind = kind
    record.mentions = [name]
    record.introduced = [Introduced(id: name, code: code)]
    record.body = body
    var frame = Frame()
    frame.append(record)
    try log.append(frame, expecting: new.first)
    return new
  }
}
