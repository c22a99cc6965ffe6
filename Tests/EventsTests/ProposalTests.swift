// What may be wrong with a line, case by case: the fault's stable name, the field, the byte.

import Events
import Foundation
import Ledger
import Testing
import Wire

@Suite struct ProposalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var line: String
    var code: WireError.Code
    var path: String
    /// Where the fault is: the first byte of this text in the line.
    var at: String?
    var testDescription: String { "\(code.rawValue) \(line)" }

    init(_ line: String, _ code: WireError.Code, _ path: String = "", at: String? = nil) {
      (self.line, self.code, self.path, self.at) = (line, code, path, at)
    }
  }

  static let order =
    #"{"event":"order.placed","on":"2026-01-12","order":"SO-1","customer":"C-17","currency":"EUR","#

  @Test(arguments: [
    Case("", .malformed),
    Case("[]", .wrongType, at: "[]"),
    Case("null", .wrongType, at: "null"),
    Case("{}", .missingField, "event", at: "{}"),
    Case(#"{"event":""}"#, .invalidValue, "event"),
    Case(#"{"event":7}"#, .wrongType, "event", at: "7"),
    Case(#"{"event":"order.plased"}"#, .unknownEvent, "event"),
    Case(#"{"event":"order.placed"}"#, .missingField, "on"),
    Case(#"{"event":"order.placed","on":null}"#, .missingField, "on"),
    Case(#"{"event":"order.placed","on":"2026-02-29"}"#, .invalidValue, "on", at: "2026-02-29"),
    Case(#"{"event":"order.placed","on":20260229}"#, .wrongType, "on", at: "20260229"),
    Case(#"{"event":"period.closed","on":"2026-01-01","on":"2026-01-01"}"#, .duplicateField, "on"),
    Case(
      #"{"event":"period.closed","on":"2026-01-01","\u006fn":"2026-01-02"}"#, .duplicateField, "on",
      at: "\\u006fn"),
    Case(
      #"{"event":"period.closed","on":"2026-01-01","at":"yesterday"}"#, .invalidValue, "at",
      at: "yesterday"),
    Case(#"{"event":"period.closed","on":"2026-01-01","because":0}"#, .invalidValue, "because"),
    Case(
      #"{"event":"period.closed","on":"2026-01-01","because":1.5}"#, .wrongType, "because",
      at: "1.5"),
    Case(
      #"{"event":"period.closed","on":"2026-01-01","if":{"about":["x"]}}"#, .missingField,
      "if.unchangedSince"),
    Case(
      #"{"event":"period.closed","on":"2026-01-01","if":{"unchangedSince":-1}}"#, .invalidValue,
      "if.unchangedSince"),
    Case(
      #"{"event":"period.closed","on":"2026-01-01","if":{"unchangedSince":1,"about":["x",""]}}"#,
      .invalidValue, "if.about[1]"),
    Case(
      #"{"event":"period.closed","on":"2026-01-01","if":{"unchangedSince":1,"x":1}}"#,
      .unknownField, "if.x"),
    Case(order + #""lines":{}}"#, .wrongType, "lines", at: "{}}"),
    Case(order + #""lines":[3]}"#, .wrongType, "lines[0]", at: "3]"),
    Case(order + #""lines":[{"product":"x"}]}"#, .missingField, "lines[0].quantity"),
    Case(
      order + #""lines":[{"product":"x","quantity":"1","price":"1,5"}]}"#, .wrongType,
      "lines[0].price", at: "1,5"),
    Case(
      order + #""lines":[{"product":"x","quantity":true,"price":"1"}]}"#, .wrongType,
      "lines[0].quantity", at: "true"),
    Case(
      order + #""lines":[{"product":"x","quantity":1e99,"price":"1"}]}"#, .overflow,
      "lines[0].quantity", at: "1e99"),
    Case(
      order + #""lines":[{"product":" x","quantity":1,"price":"1"}]}"#, .invalidValue,
      "lines[0].product", at: " x"),
    Case(
      order + #""lines":[{"product":"x","quantity":1,"price":1,"prize":1}]}"#, .unknownField,
      "lines[0].prize"),
    Case(
      #"{"event":"tax.defined","on":"2026-01-01","tax":"A","name":"A","rate":21,"kind":"kept"}"#,
      .invalidValue, "kind", at: "kept"),
    Case(
      #"{"event":"time.recorded","on":"2026-01-01","employee":"E-7","minutes":"half"}"#,
      .wrongType, "minutes", at: "half"),
    Case(
      #"{"event":"stock.transferred","on":"2026-01-01","transfer":"T-1","arrived":"yes"}"#,
      .wrongType, "arrived"),
    Case(
      #"{"event":"warehouse.opened","on":"2026-01-01","warehouse":"MAD","name":""}"#,
      .invalidValue, "name"),
  ])
  func `what is wrong is said with its place`(test: Case) throws {
    let error = #expect(throws: WireError.self) { try proposal(test.line) }
    #expect(error?.code == test.code, "\(error as Any)")
    #expect(error?.path == test.path)
    #expect(error?.remedy.isEmpty == false)
    if let at = test.at {
      let range = try #require(test.line.range(of: at))
      #expect(
        error?.offset == test.line.utf8.distance(from: test.line.startIndex, to: range.lowerBound))
    }
  }

  @Test func `a slip of the pen is told the nearest event`() {
    let error = #expect(throws: WireError.self) {
      try proposal(#"{"event":"order.plased","on":"2026-01-01"}"#)
    }
    #expect(error?.remedy == #"Did you mean "order.placed"?"#)
  }

  @Test func `an idempotency key has at most 255 bytes`() throws {
    func line(_ count: Int) -> String {
      let key = String(repeating: "k", count: count)
      return #"{"event":"period.closed","on":"2026-03-05","key":"\#(key)","through":"2026-01-31"}"#
    }
    #expect(try proposal(line(255)).key.utf8.count == 255)
    let error = #expect(throws: WireError.self) { try proposal(line(256)) }
    #expect(error?.path == "key")
  }

  @Test func `the whole envelope is read, and printed in its own order`() throws {
    let line =
      #"{"event":"period.closed","on":"2026-03-05","at":"2026-03-05T09:00:00.000000Z","key":"k","#
      + #""by":"marta","because":7,"if":{"unchangedSince":0,"about":["A","B"]},"#
      + #""through":"2026-01-31"}"#
    let read = try proposal(line)
    #expect(read.at == Instant(microseconds: 1_772_701_200_000_000))
    #expect(read.by == "marta")
    #expect(read.because == 7)
    #expect(read.condition?.unchangedSince == 0)
    #expect(read.condition?.about == ["A", "B"])
    #expect(try read.json() == line)
  }

  @Test func `fields may stand in any order`() throws {
    let a = try proposal(#"{"through":"2026-01-31","on":"2026-03-05","event":"period.closed"}"#)
    let b = try proposal(#"{"event":"period.closed","on":"2026-03-05","through":"2026-01-31"}"#)
    #expect(same(a.event, b.event))
  }

  @Test func `an amount is exact as a text and as a number`() throws {
    for amount in [#""0.1""#, "0.1", #""0.10""#, "1e-1", "0.1000"] {
      let read = try proposal(
        #"{"event":"rate.set","on":"2026-01-01","currency":"USD","rate":\#(amount)}"#)
      #expect((read.event as? RateSet)?.rate == ExactDecimal(digits: 1, scale: 1))
    }
  }
}
