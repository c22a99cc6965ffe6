// What the suites of this target share: examples of every event, the fixtures, other programs, a seeded source.

import Events
import Foundation
import Ledger
import Testing
import Wire

/// The example of one kind of event, in both of its forms. Tests take these as arguments and print the kind.
struct Sample: Sendable, CustomTestStringConvertible {
  let type: any Event.Type
  let name: String
  var testDescription: String { name }

  static let all: [Sample] = Catalogue.all.map { Sample(type: $0, name: $0.kind.name) }

  /// The canonical bytes of the example.
  func bytes() throws -> [UInt8] { try binary(type.example) }
  /// The example as one line of JSON.
  func json() throws -> String { try Proposal(type.example, on: "2026-03-02").json() }
}

/// The canonical bytes of any event.
func binary(_ event: any Event) throws -> [UInt8] {
  func bytes<E: Event>(_ event: E) throws -> [UInt8] { try BinaryWriter.bytes(of: event) }
  return try bytes(event)
}

/// The event of `type` that `bytes` hold, and how many unknown fields were skipped.
func decode(_ type: any Event.Type, _ bytes: [UInt8]) throws -> (event: any Event, unknown: Int) {
  func read<E: Event>(_ type: E.Type) throws -> (any Event, Int) {
    var event = E()
    var reader = try BinaryReader(bytes)
    try event.fields(&reader)
    try reader.finish()
    return (event, reader.unknownFields)
  }
  return try read(type)
}

/// Whether two events are the same.
func same(_ a: any Event, _ b: any Event) -> Bool {
  func equal<E: Event>(_ a: E) -> Bool { (b as? E) == a }
  return equal(a)
}

func proposal(_ json: String) throws -> Proposal { try Proposal(json: Array(json.utf8)) }

enum Project {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let golden = root.appending(path: "Fixtures/golden")
  /// Set to rewrite golden bytes and generated pages instead of checking them.
  static let regenerates = ProcessInfo.processInfo.environment["DIARIO_REGENERATE"] == "1"

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Runs a program; its exit code and what it printed.
  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// Whether a program runs at all.
  static func canRun(_ arguments: [String]) -> Bool {
    (try? run(arguments))?.status == 0
  }

  /// A new directory, gone after `body`.
  static func withDirectory(_ body: (URL) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "diario-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory)
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed everywhere.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
