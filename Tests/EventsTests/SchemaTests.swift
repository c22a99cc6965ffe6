// The printed schemas, judged by the programs that read such schemas.

import Events
import Foundation
import Testing
import Wire

@Suite struct SchemaTests {
  static let hasProtobuf =
    Project.canRun(["python3", "-c", "import google.protobuf"])
    && Project.canRun(["protoc", "--version"])
  static let hasJSONSchema = Project.canRun(["python3", "-c", "import jsonschema"])

  @Test(
    .enabled(
      if: hasProtobuf,
      "needs python3 with the package protobuf, and protoc (apt: protobuf-compiler)"))
  func `Google's protobuf reads and writes the same bytes`() throws {
    try Project.withDirectory { directory in
      try write(Schema.proto(), to: directory.appending(path: "diario.proto"))
      var lines = ""
      for sample in Sample.all {
        lines += try line(sample.type.example)
      }
      for text in try Project.text("Fixtures/examples.jsonl").split(separator: "\n") {
        lines += try line(try proposal(String(text)).event)
      }
      for text in Self.corners { lines += try line(try proposal(text).event) }
      try write(lines, to: directory.appending(path: "events.jsonl"))
      let script = Project.root.appending(path: "Tests/oracles/protobuf_check.py").path()
      let result = try Project.run(["python3", script, directory.path()])
      #expect(result.status == 0, "\(result.output)")
    }
  }

  /// Values at the edges of their types.
  static let corners = [
    #"{"event":"rate.set","on":"2026-01-01","currency":"USD","rate":"-922337203685477580.7"}"#,
    #"{"event":"rate.set","on":"2026-01-01","currency":"USD","rate":"0.000000000000000001"}"#,
    #"{"event":"rate.set","on":"2026-01-01","currency":"USD","rate":"0"}"#,
    #"{"event":"time.recorded","on":"2026-01-01","employee":"E","minutes":-9223372036854775807}"#,
    #"{"event":"time.recorded","on":"2026-01-01","employee":"é😀","minutes":0}"#,
    #"{"event":"customer.revised","on":"2026-01-01","customer":"C","email":"","terms":0}"#,
    #"{"event":"period.closed","on":"2026-01-01","through":"0001-01-01"}"#,
    #"{"event":"period.closed","on":"2026-01-01","through":"1970-01-01"}"#,
    #"{"event":"invoice.issued","on":"2026-01-01","invoice":"F-1","due":"1970-01-01"}"#,
    #"{"event":"invoice.issued","on":"2026-01-01","invoice":"F-1","due":"9999-12-31"}"#,
  ]

  private func line(_ event: any Event) throws -> String {
    func json<E: Event>(_ event: E) throws -> String { try JSONWriter.text(of: event) }
    let hex = Hexadecimal.text(try binary(event))
    return
      #"{"message":"\#(type(of: event).messageName)","hex":"\#(hex)","json":\#(try json(event))}"#
      + "\n"
  }

  @Test(.enabled(if: hasJSONSchema, "needs python3 with the package jsonschema"))
  func `the JSON schema accepts what Diario accepts, and refuses what it refuses`() throws {
    try Project.withDirectory { directory in
      try write(Schema.json(), to: directory.appending(path: "schema.json"))
      let examples = try Sample.all.map { try $0.json() }.joined(separator: "\n") + "\n"
      let good = try examples + Project.text("Fixtures/examples.jsonl")
      try write(good, to: directory.appending(path: "good.jsonl"))
      let bad = [
        #"{}"#, #"{"event":"order.plased","on":"2026-01-01"}"#,
        #"{"event":"period.closed","on":"2026-01-01"}"#,
        #"{"event":"period.closed","on":"1 May","through":"2026-01-31"}"#,
        #"{"event":"period.closed","on":"2026-01-01","through":"2026-01-31","colour":"red"}"#,
        #"{"event":"rate.set","on":"2026-01-01","currency":"USD","rate":"1,5"}"#,
        #"{"event":"rate.set","on":"2026-01-01","currency":"","rate":"1"}"#,
        #"{"event":"tax.defined","on":"2026-01-01","tax":"A","name":"A","rate":1,"kind":"kept"}"#,
        #"{"event":"order.revised","on":"2026-01-01","order":"A","lines":[{"product":"A"}]}"#,
        #"{"event":"stock.transferred","on":"2026-01-01","transfer":"T","arrived":"yes"}"#,
      ]
      for line in bad { #expect(throws: WireError.self) { try proposal(line) } }
      try write(bad.joined(separator: "\n") + "\n", to: directory.appending(path: "bad.jsonl"))
      let script = Project.root.appending(path: "Tests/oracles/jsonschema_check.py").path()
      let result = try Project.run(["python3", script, directory.path()])
      #expect(result.status == 0, "\(result.output)")
    }
  }

  @Test func `the JSON schema is JSON, and names every event once`() throws {
    let root = try JSONDocument(Array(Schema.json().utf8)).root
    let members = try root.members()
    #expect(members.map(\.name) == ["$schema", "title", "oneOf", "$defs"])
    #expect(try members[2].value.elements().count == Catalogue.all.count)
  }

  @Test func `the manual's page of events is up to date`() throws {
    if Project.regenerates {
      try write(Schema.markdown(), to: Project.root.appending(path: "docs/EVENTS.md"))
      return
    }
    #expect(
      try Project.text("docs/EVENTS.md") == Schema.markdown(),
      "Print it again: DIARIO_REGENERATE=1 swift test --filter SchemaTests")
  }

  private func write(_ text: String, to file: URL) throws {
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
}
