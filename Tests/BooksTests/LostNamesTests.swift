// Why: a decision writes codes into what it records. A number whose name is lost must stop it: an empty code would be recorded for good.

internal import Events
internal import Ledger
internal import Testing
internal import Wire

@testable internal import Books

@Suite struct `A number without a name` {
  @Test func `stops whoever decides, unless it is that of nothing or of the books`() throws {
    let new = try NewBooks()
    _ = try new.open().record([customer("C-1")])
    let books = try new.open(readOnly: true)
    let situation = try LiveSituation(books.log, ViewsHistories(views: books.views))
    #expect(try situation.code(NameID(.customer, 1)) == "C-1")
    #expect(try situation.code(.none) == Code() && situation.code(.books) == Code())
    let thrown = #expect(throws: (any Error).self) { try situation.code(NameID(.customer, 2)) }
    #expect("\(try #require(thrown))".contains("The name of the customer number 2 is damaged"))
  }
}
