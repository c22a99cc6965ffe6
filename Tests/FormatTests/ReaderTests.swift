// Why: docs/FORMAT.md says that a stranger can read the books with nothing else in hand. A reader in another language, written
// from that page alone, must find what Diario finds, and find every byte as the page says.

internal import Books
internal import EventLog
internal import Events
internal import Foundation
internal import Ledger
internal import Proofs
internal import Support
internal import Testing
internal import Wire

@Suite(
  .enabled(
    if: PythonReader.canRun,
    "needs python3 with the packages lmdb and xxhash: `make deps` installs them"))
struct `A reader written from the page about the format` {
  @Test func `finds the roots and the hand-worked balances of Ferretería Aranda`() throws {
    try withAranda { books in
      let first = try books.size() - 120
      for (point, rows) in try Aranda.trialBalances() {
        let position = first + Position(point.line)
        let found = try PythonReader.read(
          books.path,
          [
            "--known-at", "\(position)", "--as-of", "\(point.asOf)", "--leaf", "16", "--fanout",
            "4",
          ])
        #expect(found.size == first + 120)
        #expect(found.root == "\(try books.log.root(at: position))")
        #expect(found.head == "\(try books.log.head().root)")
        // 179 events ÷ 16 = 11 leaves, 2 ranges above: of the accounts and of the histories.
        #expect(found.summaries == 26)
        for (account, balance) in rows {
          let sums = found.balances[account.text] ?? (0, 0)
          #expect(sums.debit - sums.credit == balance, "account \(account) at \(point)")
        }
        let debit = found.balances.values.reduce(0) { $0 + $1.debit }
        #expect(debit == found.balances.values.reduce(0) { $0 + $1.credit })
      }
    }
  }

  @Test func `finds every summary of 70,000 events to be the sum of its range`() throws {
    try withDirectory { directory in
      let root = try Self.write(70_000, at: "\(directory)/books/log")
      let books = try Books(at: "\(directory)/books", now: { Instant(microseconds: .max) })
      let found = try PythonReader.read("\(directory)/books", [])
      #expect(found.root == "\(root)")
      // 70,000 ÷ 4,096 = 17 leaves and one range above sixteen of them, of the accounts and of the histories.
      #expect(found.summaries == 36)
      #expect(try books.size() == 70_000)
    }
  }

  /// Writes a log of made-up records; its root.
  private static func write(_ count: Position, at path: String) throws -> MerkleHash {
    try LMDBLog.create(at: path, identity: Array(1...16))
    let log = try LMDBLog(at: path)
    var author = Author(seed: 7)
    while author.position < count {
      try log.append(author.frame(of: 5_000), expecting: author.position - 5_000)
    }
    return try log.head().root
  }

  @Test func `says where a byte was changed`() throws {
    try withAranda { books in
      let path = "\(books.path)/log/data.mdb"
      var file = try Data(contentsOf: URL(filePath: path))
      // Copies on pages that are no longer in use do no harm; so each is changed.
      while let name = file.range(of: Data("Tornillo".utf8)) { file[name.lowerBound] ^= 1 }
      try file.write(to: URL(filePath: path))
      let (status, output) = try PythonReader.run([books.path])
      #expect(status == 1)
      #expect(output.hasPrefix("reader.py: blocks"))
    }
  }

  /// The books of Ferretería Aranda, recorded.
  private func withAranda(_ body: (Books) throws -> Void) throws {
    try TemporaryBooks.with(chart: "generic", openedAt: "2025-12-31T08:00:00Z") { books in
      for answer in try books.record(try Aranda.proposals(), RecordOptions(isImport: true)) {
        guard case .recorded = answer else {
          Issue.record("\(answer)")
          continue
        }
      }
      try body(books)
    }
  }
}

/// A new directory, gone after `body`.
private func withDirectory(_ body: (String) throws -> Void) throws {
  let directory = FileManager.default.temporaryDirectory
    .appending(path: "diario-\(UUID().uuidString)")
  try FileManager.default.createDirectory(
    at: directory.appending(path: "books"), withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  try body(directory.path())
}

/// The program that reads the books.
enum PythonReader {
  struct Findings {
    var size: Position = 0
    var root = ""
    var head = ""
    var summaries = 0
    var balances: [String: (debit: Int64, credit: Int64)] = [:]
  }

  static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "oracles/reader.py").path()
  static let canRun = (try? command(["-c", "import lmdb, xxhash"]))?.status == 0

  static func read(_ books: String, _ options: [String]) throws -> Findings {
    let (status, output) = try run([books] + options)
    try #require(status == 0, "\(output)")
    var findings = Findings()
    for line in output.split(separator: "\n") {
      let parts = line.split(separator: "\t").map(String.init)
      switch parts[0] {
      case "size": findings.size = try #require(Position(parts[1]))
      case "root": findings.root = parts[1]
      case "head": findings.head = parts[1]
      case "summaries": findings.summaries = try #require(Int(parts[1]))
      default:
        findings.balances[parts[1]] = (
          try #require(Int64(parts[2])), try #require(Int64(parts[3]))
        )
      }
    }
    return findings
  }

  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    try command([script] + arguments)
  }

  private static func command(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
