// Why: what is recorded says all that its decision needs, so deciding it once more, as the books stood before it, makes the
// same moves. A false alarm would teach people to pass over a true one.

internal import Books
internal import Decisions
internal import Events
internal import Ledger
internal import Support
internal import Testing
internal import Wire

@Suite struct `Deciding again` {
  private func differences(_ lines: [String]) throws -> (decided: UInt64, found: [String]) {
    let new = try NewBooks()
    let books = try new.open()
    let proposals = try lines.map { try Proposal(json: Array($0.replacing("'", with: "\"").utf8)) }
    for answer in try books.record(proposals) { #expect(answer.refusal == nil) }
    var found: [String] = []
    let decided = try books.redecide { (difference) throws(BooksError) in
      found.append(difference.refusal ?? "\(difference.event.position) moves otherwise")
    }
    return (decided - new.first, found)
  }

  @Test func `what a plan made due over several months is due in the same months`() throws {
    let answer = try differences([
      "{'event':'asset.acquired','on':'2026-01-01','asset':'A','name':'a','against':'1000','cost':'1200','months':12}",
      "{'event':'expense.deferred','on':'2026-01-01','deferral':'D','account':'6220','against':'1000','amount':'120','from':'2026-01-01','through':'2026-12-31'}",
      "{'event':'asset.depreciated','on':'2026-04-30','entry':'E-1'}",
      "{'event':'deferral.released','on':'2026-04-30','entry':'E-2','through':'2026-03-31'}",
      "{'event':'asset.depreciated','on':'2026-05-31','entry':'E-3','lines':[{'asset':'A','amount':'50'}]}",
    ])
    #expect(answer.decided == 5)
    #expect(answer.found == [])
  }

  @Test func `whom an event names first says it when it is decided again`() throws {
    let answer = try differences([
      "{'event':'customer.registered','on':'2026-01-02','customer':'C','name':'c'}",
      "{'event':'hold.placed','on':'2026-01-03','by':'ana','person':'C','hold':'H','reason':'tax audit'}",
      "{'event':'hold.lifted','on':'2026-01-04','by':'luis','person':'C','hold':'H','reason':'over'}",
    ])
    #expect(answer.decided == 3)
    #expect(answer.found == [])
  }
}
