// Why: whoever asks what is held about them gets theirs and nobody else's (GDPR, art. 15.4): of runs and lists that are about several
// people each is shown their own part, with the figures of Fixtures/personas and Fixtures/cobros.

internal import Books
internal import Events
internal import Foundation
internal import Support
internal import Testing
internal import Wire

@Suite struct `What is held about a person` {
  @Test func `of a payroll run are their own payslip and its moves, and how many more there are`()
    throws
  {
    try personas { books in
      let run = try #require(try excerpts("E-1", "payroll.run", books).first)
      // 4,500.00 and 60.00 for transport; 3,418.42 + 810.00 + 331.58 = 4,560.00.
      #expect(run.contains(#""payslips":[{"employee":"E-1","gross":"4560","#))
      #expect(run.contains(#""aboutOthers":{"moves":4,"payslips":1}"#))
      #expect(
        run.contains(
          #""moves":[{"amount":"3418.42","of":"EUR","value":"3418.42","from":"2400/E-1","to":"6000/E-1"},"#
            + #"{"amount":"810.00","of":"EUR","value":"810.00","from":"2300","to":"6000/E-1"},"#
            + #"{"amount":"331.58","of":"EUR","value":"331.58","from":"2350","to":"6000/E-1"},"#
            + #"{"amount":"1640.04","of":"EUR","value":"1640.04","from":"2350","to":"6050/E-1"}]"#),
        "\(run)")
      // In March there are three.
      let march = try #require(try excerpts("E-3", "payroll.run", books).last)
      #expect(march.contains(#""payslips":[{"employee":"E-3","gross":"672","#))
      #expect(march.contains(#""aboutOthers":{"moves":8,"payslips":2}"#), "\(march)")
      let paid = try #require(try excerpts("E-3", "payroll.paid", books).last)
      #expect(paid.contains(#""employees":["E-3"]},"aboutOthers":{"employees":2,"moves":2}"#))
      #expect(paid.contains(#""moves":[{"amount":"610.67","of":"EUR","value":"610.67","#))
    }
  }

  @Test func `says nothing of any colleague`() throws {
    try personas { books in
      let people = ["E-1", "E-2", "E-3"]
      for person in people {
        let all = try books.person(Code(person)).events.map { try books.json($0) }.joined()
        for other in people where other != person {
          // Who has reviewed somebody is said to them.
          let isReviewer = (person, other) == ("E-2", "E-1")
          let named = all.components(separatedBy: "\(other)\"").count - 1
          #expect(named == (isReviewer ? 1 : 0), "\(person)")
        }
      }
    }
  }

  @Test func `of another's review is that they wrote it`() throws {
    try personas { books in
      let review = try #require(try excerpts("E-1", "review.recorded", books).first)
      let other = PersonalText.ofSomebodyElse
      #expect(
        review.contains(
          #""fields":{"employee":"\#(other)","reviewer":"E-1","rating":"\#(other)","text":"\#(other)","next":"\#(other)"}"#
        ), "\(review)")
      // It is whole for whom it is about.
      let own = try #require(try excerpts("E-2", "review.recorded", books).first)
      #expect(own.contains(#""rating":4,"#) && own.contains(#""next":"2027-03-20""#))
    }
  }

  @Test func `of a campaign is that it was sent to them`() throws {
    try personas { books in
      let campaign = try #require(try excerpts("C-2", "campaign.sent", books).first)
      #expect(campaign.contains(#""customers":["C-2"]},"aboutOthers":{"customers":1}"#))
    }
  }

  @Test func `of a run of payments is their own payment`() throws {
    try Story("cobros").record(chart: "pgc", openedAt: "2026-01-01T07:00:00Z") { books in
      // B-1 comes to 318.00, B-2 to 242.00.
      for (supplier, number, bill, amount) in [
        ("S-1", "P-10", "B-1", "318"), ("S-2", "P-11", "B-2", "242"),
      ] {
        let run = try #require(try excerpts(supplier, "payments.sent", books).first)
        #expect(
          run.contains(
            #""payments":[{"payment":"\#(number)","supplier":"\#(supplier)","bills":["\#(bill)"],"amount":"\#(amount)"}]},"aboutOthers":{"moves":1,"payments":1},"#
              + #""moves":[{"amount":"\#(amount).00","of":"EUR","value":"\#(amount).00","from":"572","to":"400/\#(bill)"}]"#
          ), "\(run)")
      }
    }
  }

  private func personas(_ body: (Books) throws -> Void) throws {
    try Story("personas").record(openedAt: "2026-01-01T07:00:00Z", body)
  }

  /// What the events of `kind` say about `person`, as JSON.
  private func excerpts(_ person: String, _ kind: String, _ books: Books) throws -> [String] {
    try books.person(Code(person)).events.filter { Catalogue.name(of: $0.kind) == kind }
      .map { try books.json($0) }
  }
}
