// Bytes that are cut, flipped or mixed up must never stop the program, and never pass for the event they were.

import Events
import Testing
import Wire

@Suite struct DamageTests {
  @Test(arguments: Sample.all)
  func `no prefix of the bytes passes for the whole`(sample: Sample) throws {
    let bytes = try sample.bytes()
    for count in bytes.indices {
      guard let read = try? decode(sample.type, Array(bytes[..<count])) else { continue }
      #expect(!same(read.event, sample.type.example), "\(count) of \(bytes.count) bytes")
    }
  }

  @Test(arguments: Sample.all)
  func `a flipped bit is an error or another event, in its one form`(sample: Sample) throws {
    let bytes = try sample.bytes()
    for i in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[i] ^= 1 << bit
        guard let read = try? decode(sample.type, damaged) else { continue }
        if read.unknown == 0 {
          #expect(try binary(read.event) == damaged, "byte \(i), bit \(bit)")
        }
        #expect(!same(read.event, sample.type.example) || read.unknown > 0, "byte \(i), bit \(bit)")
      }
    }
  }

  @Test(arguments: Sample.all)
  func `mixed up bytes never stop the program`(sample: Sample) throws {
    let seed: UInt64 = 20_260_302
    var random = Seeded(seed &+ UInt64(sample.type.kind.number))
    let bytes = try sample.bytes()
    for round in 0..<300 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) where !damaged.isEmpty {
        let i = Int.random(in: 0..<damaged.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: damaged[i] = .random(in: 0...255, using: &random)
        case 1: damaged.remove(at: i)
        case 2: damaged.insert(.random(in: 0...255, using: &random), at: i)
        default: damaged.append(contentsOf: damaged[..<i])
        }
      }
      guard let read = try? decode(sample.type, damaged), read.unknown == 0 else { continue }
      #expect(try binary(read.event) == damaged, "seed \(seed), round \(round)")
    }
  }

  @Test(arguments: Sample.all)
  func `fields of a newer program are skipped and counted`(sample: Sample) throws {
    // Field 100 a varint, 101 a text, 102 four bytes, 103 eight bytes.
    let newer: [UInt8] =
      [0xa0, 0x06, 0x01, 0xaa, 0x06, 0x02, 0x68, 0x69]
      + [0xb5, 0x06, 1, 2, 3, 4, 0xb9, 0x06, 1, 2, 3, 4, 5, 6, 7, 8]
    let read = try decode(sample.type, try sample.bytes() + newer)
    #expect(read.unknown == 4)
    #expect(same(read.event, sample.type.example))
  }

  @Test(arguments: Sample.all)
  func `a line of JSON cut anywhere is refused`(sample: Sample) throws {
    let line = Array(try sample.json().utf8)
    for count in line.indices {
      #expect(throws: WireError.self) { try Proposal(json: Array(line[..<count])) }
    }
  }

  @Test(arguments: Sample.all)
  func `a field that nobody knows is refused by name, at any depth`(sample: Sample) throws {
    let line = try sample.json()
    let top = String(line.dropLast()) + #","colour":"red"}"#
    let error = #expect(throws: WireError.self) { try proposal(top) }
    #expect(error?.code == .unknownField)
    #expect(error?.path == "colour")
  }

  @Test(arguments: Sample.all)
  func `a required field that is missing is named`(sample: Sample) throws {
    for field in MessageSchema(sample.type).fields where field.isRequired {
      let root = try JSONDocument(Array(try sample.json().utf8)).root
      var parts: [String] = []
      for member in try root.members() where member.name != field.name {
        parts.append("\"\(member.name)\":\(raw(member.value, in: try sample.json()))")
      }
      let error = #expect(throws: WireError.self) {
        try proposal("{\(parts.joined(separator: ","))}")
      }
      #expect(error?.code == .missingField)
      #expect(error?.path == field.name)
      #expect(error?.offset == 0)
    }
  }

  /// The JSON text of one member of a line, cut out by counting brackets and quotes.
  private func raw(_ value: JSONValue, in line: String) -> String {
    let bytes = Array(line.utf8)
    var start = value.offset
    if start > 0, bytes[start - 1] == UInt8(ascii: "\"") { start -= 1 }
    var depth = 0
    var quoted = false
    var end = start
    while end < bytes.count {
      let byte = bytes[end]
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      if !quoted {
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
        if byte == UInt8(ascii: ",") && depth == 0 { break }
        if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
          if depth == 0 { break }
          depth -= 1
        }
      }
      end += 1
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
