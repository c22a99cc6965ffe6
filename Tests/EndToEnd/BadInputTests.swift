// Why: what people type and what programs send is often wrong. Each row is a situation, what the program must say in
// one line (what, where, remedy), and its exit code; afterwards the books are as they were, to the bit.

import Foundation
import Testing

/// A line that must be refused.
struct BadLine: Sendable, CustomTestStringConvertible {
  var situation: String
  /// The name of the refusal.
  var refusal: String
  /// What else the answer must say: the place, the amount, the remedy.
  var says: String
  var line: String
  var options: [String] = []

  init(
    _ situation: String, _ refusal: String, _ says: String, _ line: String, _ options: [String] = []
  ) {
    self.situation = situation
    self.refusal = refusal
    self.says = says
    self.line = line
    self.options = options
  }

  var testDescription: String { situation }

  static let all = [
    BadLine("malformed JSON", "json.malformed", "at byte 10", #"{"event":"#),
    BadLine("two objects on a line", "json.malformed", "byte", "{} {}"),
    BadLine("not an object", "field.wrongType", "one JSON object a line", "[1]"),
    BadLine(
      "nested without end", "json.tooDeep", "remedy", String(repeating: "[", count: 5_000)),
    BadLine(
      "unknown event", "event.unknown", #"Did you mean \"warehouse.opened\"?"#,
      #"{"event":"warehouse.open","on":"2026-04-15"}"#),
    BadLine(
      "unknown field", "field.unknown", "colour",
      #"{"event":"warehouse.opened","on":"2026-04-15","warehouse":"W","name":"W","colour":"red"}"#),
    BadLine(
      "the same field twice", "field.duplicate", "name",
      #"{"event":"warehouse.opened","on":"2026-04-15","warehouse":"W","name":"W","name":"V"}"#),
    BadLine(
      "missing field", "field.missing", "warehouse",
      #"{"event":"warehouse.opened","on":"2026-04-15","name":"W"}"#),
    BadLine(
      "missing day", "field.missing", #"on"#,
      #"{"event":"warehouse.opened","warehouse":"W","name":"W"}"#),
    BadLine(
      "wrong type", "field.wrongType", "warehouse",
      #"{"event":"warehouse.opened","on":"2026-04-15","warehouse":5,"name":"W"}"#),
    BadLine(
      "no day of the calendar", "field.invalid", "on",
      #"{"event":"warehouse.opened","on":"2026-02-30","warehouse":"W","name":"W"}"#),
    BadLine(
      "too many decimals", "decimal.tooPrecise", "1.001", journal("1.001", "1.001")),
    BadLine(
      "overflow", "decimal.overflow", "digits", journal("1e30", "1e30")),
    BadLine(
      "beyond the limit of amounts", "decimal.overflow", "debit",
      journal("1000000000000001", "1000000000000001")),
    BadLine("unbalanced journal", "journal.unbalanced", "1.00", journal("3.00", "2.00")),
    BadLine(
      "unknown code", "customer.unknown", "C-99",
      #"{"event":"order.placed","on":"2026-04-15","order":"SO-99","customer":"C-99","#
        + #""currency":"EUR","lines":[{"product":"TORN-M6","quantity":"1","price":"1.00"}]}"#),
    BadLine(
      "duplicate code", "warehouse.duplicate", "ARA",
      #"{"event":"warehouse.opened","on":"2026-04-15","warehouse":"ARA","name":"Again"}"#),
    BadLine(
      "a code that ends with a space", "field.invalid", "warehouse",
      #"{"event":"warehouse.opened","on":"2026-04-15","warehouse":"A ","name":"W"}"#),
    BadLine(
      "a date in a closed period", "period.closed", "2026-04-01, the first open day",
      journal("1.00", "1.00", on: "2026-03-31")),
    BadLine(
      "short stock", "stock.short", "TORN-M6",
      #"{"event":"stock.scrapped","on":"2026-04-15","scrap":"SC-9","warehouse":"ARA","#
        + #""lines":[{"product":"TORN-M6","quantity":"999999"}]}"#),
    BadLine(
      "over-allocation", "allocation.exceeded", "F-4",
      #"{"event":"payment.received","on":"2026-04-15","payment":"P-99","customer":"C-17","#
        + #""account":"1000","currency":"EUR","amount":"9999.00","#
        + #""allocations":[{"invoice":"F-4","amount":"9999.00"}]}"#),
    BadLine(
      "the same key with another body", "key.reused", "twice",
      journal("5.00", "5.00", key: "twice")),
    BadLine(
      "`at` going backwards", "at.backwards", "2026-01-01T00:00:00",
      #"{"event":"warehouse.opened","on":"2026-04-15","at":"2026-01-01T00:00:00Z","#
        + #""warehouse":"W","name":"W"}"#, ["--imported"]),
    BadLine(
      "`at` in the future", "at.future", "2999",
      #"{"event":"warehouse.opened","on":"2026-04-15","at":"2999-01-01T00:00:00Z","#
        + #""warehouse":"W","name":"W"}"#, ["--imported"]),
    BadLine(
      "`at` without importing", "at.notImporting", "--imported",
      #"{"event":"warehouse.opened","on":"2026-04-15","at":"2026-04-15T00:00:00Z","#
        + #""warehouse":"W","name":"W"}"#),
    BadLine(
      "answers an event that is not there", "because.unknown", "999999",
      #"{"event":"warehouse.opened","on":"2026-04-15","because":999999,"warehouse":"W","name":"W"}"#
    ),
  ]

  static func journal(
    _ debit: String, _ credit: String, on day: String = "2026-04-15", key: String? = nil
  ) -> String {
    let key = key.map { #""key":"\#($0)","# } ?? ""
    return #"{"event":"journal.posted","on":"\#(day)",\#(key)"entry":"J-99","text":"t","lines":["#
      + #"{"account":"6200","debit":"\#(debit)"},{"account":"1000","credit":"\#(credit)"}]}"#
  }
}

@Suite struct BadInputTests {
  @Test(arguments: BadLine.all)
  func `a bad line is refused by name and changes nothing`(bad: BadLine) throws {
    let books = try Copy(of: Self.template)
    let before = try books.head()
    let outcome = try books.record(Data(("\n" + bad.line + "\n").utf8), bad.options)
    let answers = outcome.output.split(separator: "\n")
    try #require(answers.count == 1, "\(outcome.text)")
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(answers[0].utf8)) as? [String: Any])
    #expect(answer["refused"] as? String == bad.refusal, "\(outcome.text)")
    #expect(answer["line"] as? Int == 2)
    #expect(answers[0].contains(bad.says), "\(outcome.text)")
    #expect(answer["remedy"] as? String != "")
    #expect(outcome.errors == "0 recorded, 1 refused\n")
    #expect(outcome.code == 1)
    #expect(try books.head() == before)
  }

  /// Aranda's books, and an event with the key "twice".
  static let template = Result {
    let books = try Copy(of: Template.aranda)
    Template.keep(books.folder)
    let outcome = try books.record(
      Data(BadLine.journal("4.00", "4.00", key: "twice").replacing("J-99", with: "J-98").utf8))
    guard outcome.code == 0 else { throw Template.Unusable(text: outcome.text) }
    return books.folder
  }

  @Test func `wrong UTF-8 is refused with the byte where it lies`() throws {
    let books = try Copy(of: Template.aranda)
    let before = try books.head()
    var line = Data(#"{"event":"warehouse.opened","on":"2026-04-15","warehouse":"W","name":""#.utf8)
    line += [0xff] + Data("\"}".utf8)
    let outcome = try books.record(line)
    #expect(outcome.output.contains(#""refused":"json.invalidUTF8","line":1"#), "\(outcome.text)")
    #expect(outcome.output.contains("at byte 71"), "\(outcome.text)")
    #expect(outcome.code == 1)
    #expect(try books.head() == before)
  }

  @Test func `a byte order mark before the first line is passed over, and only there`() throws {
    let books = try Copy(of: Template.aranda)
    func line(_ key: String) -> String {
      BadLine.journal("4.00", "4.00", key: key).replacing("J-99", with: "MARK-\(key)")
    }
    let mark = "\u{feff}"
    let outcome = try books.record(Data("\(mark)\(line("1"))\r\n\(mark)\(line("2"))\n".utf8))
    let answers = outcome.output.split(separator: "\n")
    #expect(answers.count == 2 && answers[0].hasPrefix(#"{"position":180,"#), "\(outcome.text)")
    #expect(answers.last?.contains(#""refused":"json.malformed","line":2"#) == true)
  }

  @Test func `a line of 100 MB is refused without being kept, and the next one is read`() throws {
    let books = try Copy(of: Template.aranda)
    let before = try books.head()
    let file = try books.folder.newFile("long.jsonl")
    try file.truncate(atOffset: 100 << 20)
    try file.seekToEnd()
    try file.write(contentsOf: Data("\n[]\n".utf8))
    let outcome = try Program.run([
      "record", "--books", books.path, books.folder.path("long.jsonl"),
    ])
    let answers = outcome.output.split(separator: "\n")
    #expect(answers.count == 2)
    #expect(answers.first?.contains(#""refused":"line.tooLong","line":1"#) == true)
    #expect(answers.last?.contains(#""refused":"field.wrongType","line":2"#) == true)
    #expect(outcome.code == 1)
    #expect(try books.head() == before)
  }

  @Test func `with --atomic one bad line keeps all of them out`() throws {
    let books = try Copy(of: Template.aranda)
    let before = try books.head()
    let good = #"{"event":"warehouse.opened","on":"2026-04-15","warehouse":"W","name":"W"}"#
    for bad in [#"{"event":"#, BadLine.journal("3.00", "2.00")] {
      let outcome = try books.record(Data("\(good)\n\(bad)\n".utf8), ["--atomic"])
      #expect(outcome.errors == "0 recorded, 1 refused; nothing was recorded\n")
      #expect(outcome.code == 1)
      #expect(try books.head() == before)
    }
  }

  @Test func `a trial changes nothing`() throws {
    let books = try Copy(of: Template.aranda)
    let before = try books.head()
    let outcome = try books.record(Data(BadLine.journal("3.00", "3.00").utf8), ["--dry-run"])
    #expect(outcome.errors == "1 would be recorded, 0 refused\n")
    #expect(outcome.output.contains(#""recorded":false,"#))
    #expect(outcome.code == 0)
    #expect(try books.head() == before)
  }
}
