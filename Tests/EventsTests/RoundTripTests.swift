// Every event, there and back, over the catalogue: a new event is tested without touching this file.

import Events
import Foundation
import Testing
import Wire

@Suite struct RoundTripTests {
  @Test(arguments: Sample.all)
  func `JSON to event to bytes to event to JSON loses nothing`(sample: Sample) throws {
    let line = try sample.json()
    let read = try proposal(line)
    #expect(same(read.event, sample.type.example))
    let bytes = try binary(read.event)
    let (event, unknown) = try decode(sample.type, bytes)
    #expect(unknown == 0)
    #expect(same(event, read.event))
    #expect(try Proposal(event, on: read.on).json() == line)
  }

  @Test func `an event with only what is required survives too`() throws {
    let lines = [
      #"{"event":"invoice.issued","on":"2026-01-16","invoice":"F-3"}"#,
      #"{"event":"stock.transferred","on":"2026-02-16","transfer":"T-1","arrived":true}"#,
      #"{"event":"customer.revised","on":"2026-02-16","customer":"C-17"}"#,
      #"{"event":"product.retired","on":"0001-01-01","product":"x"}"#,
    ]
    for line in lines {
      let read = try proposal(line)
      let (event, _) = try decode(type(of: read.event), try binary(read.event))
      #expect(try Proposal(event, on: read.on).json() == line)
    }
  }

  @Test func `zero and empty are not the same as not given`() throws {
    let line =
      #"{"event":"customer.revised","on":"2026-02-16","customer":"C-17","email":"","terms":0,"#
      + #""creditLimit":"0"}"#
    let read = try proposal(line)
    let (event, _) = try decode(CustomerRevised.self, try binary(read.event))
    let revised = try #require(event as? CustomerRevised)
    #expect(revised.email == "")
    #expect(revised.terms == 0)
    #expect(revised.creditLimit == .zero)
    #expect(revised.name == nil)
    #expect(try Proposal(event, on: read.on).json() == line)
  }

  @Test func `the published examples are read, and printed lines mean the same`() throws {
    let lines = try Project.text("Fixtures/examples.jsonl").split(separator: "\n")
    #expect(lines.count == 31)
    for line in lines {
      let read = try proposal(String(line))
      let again = try proposal(try read.json())
      #expect(same(read.event, again.event) && read.on == again.on && read.key == again.key)
      let given = try members(String(line))
      let printed = try members(try read.json())
      #expect(given == printed, "\(line)")
    }
  }

  private func members(_ line: String) throws -> [String] {
    let root = try JSONDocument(Array(line.utf8)).root
    return try root.members().map(\.name).sorted()
  }

  /// The bytes of each example, one file a kind. They may never change: logs hold them.
  @Test(arguments: Sample.all)
  func `the bytes are those that logs hold`(sample: Sample) throws {
    let file = Project.golden.appending(path: "\(sample.name).hex")
    let hex = Hexadecimal.text(try sample.bytes())
    if Project.regenerates {
      try (hex + "\n").write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let golden = try? String(contentsOf: file, encoding: .utf8)
    #expect(
      golden == hex + "\n",
      "A new event: write its bytes with DIARIO_REGENERATE=1. An old one: its fields may only be added to."
    )
  }

  // By hand, after protobuf.dev, "Encoding": tag = number << 3 | type, sint64 = zigzag, 0.25 = {25, 2}.
  @Test func `an order's bytes are Protocol Buffers, worked out by hand`() throws {
    let expected: [UInt8] =
      [0x0a, 4] + Array("SO-1".utf8) + [0x12, 4] + Array("C-17".utf8) + [0x1a, 3]
      + Array("EUR".utf8) + [0x22, 31]
      + ([0x0a, 7] + Array("TORN-M6".utf8)
        + [0x12, 3, 0x08, 0xa0, 0x06]  // 400, zigzag 800
        + [0x1a, 4, 0x08, 0x32, 0x10, 0x04]  // 25 → 50, 2 → 4
        + [0x22, 2, 0x08, 0x14]  // 10 → 20
        + [0x2a, 5] + Array("IVA21".utf8))
      + [0xa2, 0x01, 13] + Array("sales manager".utf8)  // 20 << 3 | 2 = 162
    #expect(try BinaryWriter.bytes(of: OrderPlaced.example) == expected)
  }
}
