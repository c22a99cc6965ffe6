// Why: the command line is tested as people use it: as a program of its own. Its streams are files, so that nothing waits
// for a full pipe.

import Books
import EventLog
import Events
import Foundation
import Ledger
import Synchronization

/// The built `diario`, beside the test bundle.
enum Program {
  static let url = {
    // Writing to a program that was killed is an error of the write, not the end of the tests.
    signal(SIGPIPE, SIG_IGN)
    return URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "diario")
  }()

  /// The repository.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// What a run left behind.
  struct Outcome {
    var output: String
    var errors: String
    var code: Int32
    /// Both streams, for messages.
    var text: String { output + errors }
  }

  /// Runs `diario` with `arguments`.
  static func run(_ arguments: [String], input: Data = Data()) throws -> Outcome {
    try run(url, arguments, input: input)
  }

  /// Runs any program.
  static func run(
    _ program: URL, _ arguments: [String], input: Data = Data()
  ) throws -> Outcome {
    let folder = try Folder()
    let inputFile = folder.url.appending(path: "input")
    try input.write(to: inputFile)
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try folder.newFile("output")
    process.standardError = try folder.newFile("errors")
    try process.run()
    process.waitUntilExit()
    return Outcome(
      output: try folder.text("output"), errors: try folder.text("errors"),
      code: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus)
  }
}

/// A directory that disappears with its last user.
final class Folder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "diario-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { delete() }

  func delete() { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path() }

  func newFile(_ name: String) throws -> FileHandle {
    try Data().write(to: url.appending(path: name))
    return try FileHandle(forWritingTo: url.appending(path: name))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
  }
}

/// Books made by the program, kept once and copied for each test.
enum Template {
  /// Books with a chart and nothing else, opened on 2026-01-01.
  static let empty = Result { try make { _ in } }
  /// Ferretería Aranda's first quarter.
  static let aranda = Result {
    try make { books in
      let events = Program.repository.appending(path: "Fixtures/aranda/events.jsonl").path()
      let outcome = try Program.run(["record", "--imported", "--quiet", "--books", books, events])
      guard outcome.code == 0 else { throw Unusable(text: outcome.text) }
    }
  }

  struct Unusable: Error { var text: String }

  /// What lives as long as the process, and must be deleted at its end.
  private static let kept = Mutex<[Folder]>([])

  /// Deletes `folder` when the process ends, since nothing static ever does.
  static func keep(_ folder: Folder) {
    kept.withLock { list in
      if list.isEmpty { atexit { Template.kept.withLock { $0.forEach { $0.delete() } } } }
      list.append(folder)
    }
  }

  private static func make(_ fill: (String) throws -> Void) throws -> Folder {
    let folder = try Folder()
    keep(folder)
    let books = folder.path("books")
    let outcome = try Program.run([
      "init", books, "--name", "Ferretería Aranda", "--on", "2026-01-01", "--at",
      "2025-12-31T08:00:00Z",
    ])
    guard outcome.code == 0 else { throw Unusable(text: outcome.text) }
    try fill(books)
    return folder
  }
}

/// A copy of a template's books in a directory of its own.
final class Copy {
  let folder: Folder
  var path: String { folder.path("books") }

  init(of template: Result<Folder, any Error>) throws {
    folder = try Folder()
    try FileManager.default.copyItem(
      at: template.get().url.appending(path: "books"), to: folder.url.appending(path: "books"))
  }

  /// Runs `diario record` with these lines.
  func record(_ input: Data, _ options: [String] = []) throws -> Program.Outcome {
    try Program.run(["record", "--books", path] + options, input: input)
  }

  /// How far the log goes: its size and its root.
  func head() throws -> String {
    let books = try Books(at: path, readOnly: true, now: { Instant() })
    let head = try books.log.head()
    return "\(head.size) \(head.root)"
  }

  /// The idempotency keys in the log, by position from 1; empty where an event has none.
  func keys() throws -> [String] {
    let books = try Books(at: path, readOnly: true, now: { Instant() })
    var keys: [String] = []
    for position in 1...(try books.size()) {
      keys.append(try books.event(at: position)?.key ?? "?")
    }
    return keys
  }
}
