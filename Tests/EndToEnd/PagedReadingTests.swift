// Why: a reader keeps pages of the past from being used again, and a log that is shown on a screen may stand still for hours. So what is long is
// read page by page, and between two pages nothing is held.

import Books
import EventLog
import Foundation
import Ledger
import Testing

@Suite struct `Reading is paged` {
  @Test func `a log that nobody reads on holds nothing back`() throws {
    let books = try Copy(of: Template.empty)
    // More than a page of 1,000 events, and than a pipe takes.
    let lines = Stream.lines(1_200, prefix: "p").joined(separator: "\n")
    #expect(try books.record(Data(lines.utf8), ["--quiet"]).code == 0)
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["log", "--format", "json", "--books", books.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    defer {
      // Threads of tests block signals, and programs that they start inherit that; this one cannot be blocked.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    #expect(!pipe.fileHandleForReading.availableData.isEmpty)
    #expect(try readers(behind: "q", of: books).isEmpty)

    // A reader that does hold a moment is seen in the same way.
    let reading = try Books(at: books.path, readOnly: true, now: { Instant() })
    var seen: [Substring] = []
    try reading.log.scan(1...1) { (_) throws(LogError) in
      seen = (try? readers(behind: "r", of: books)) ?? []
      return false
    }
    #expect(seen.count == 1)
  }

  /// The readers that `status` names after one more event, which has `key`.
  private func readers(behind key: String, of books: Copy) throws -> [Substring] {
    let line = Stream.lines(1, prefix: key)[0]
    #expect(try books.record(Data(line.utf8), ["--quiet"]).code == 0)
    let status = try Program.run(["status", "--books", books.path])
    #expect(status.code == 0, "\(status.errors)")
    return status.output.split(separator: "\n").filter { $0.contains(" reads, ") }
  }
}
