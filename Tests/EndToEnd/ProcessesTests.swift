// Why: several programs record into the same books while others read. Nobody may lose, double or reorder an event, and
// no reader may see anything but a beginning of the log.

import Foundation
import Testing

@Suite struct ProcessesTests {
  @Test func `four writers and a reader: positions without gaps, each writer's events in order`()
    async throws
  {
    let books = try Copy(of: Template.empty)
    let path = books.path
    let before = try books.keys().count
    let count = 150
    let writers = ["a", "b", "c", "d"]
    let readings = try await withThrowingTaskGroup(of: [Substring].self) { group in
      for writer in writers {
        let lines = Stream.lines(count, prefix: writer)
        group.addTask { try await write(lines, to: path) }
      }
      for _ in 0..<8 {
        let outcome = try Program.run(["log", "--books", path, "--format", "json"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        let keys = outcome.output.split(separator: "\n").compactMap(Stream.key)
        let full = try books.keys().filter { !$0.isEmpty }
        #expect(keys == Array(full.prefix(keys.count)), "a reader sees a beginning of the log")
      }
      var receipts: [[Substring]] = []
      for try await one in group { receipts.append(one) }
      return receipts
    }
    let log = Array(try books.keys().dropFirst(before))
    #expect(log.count == writers.count * count)
    for writer in writers {
      #expect(log.filter { $0.hasPrefix(writer) } == Stream.keys(count, prefix: writer))
    }
    var positions: [Int] = []
    for receipts in readings {
      let own = receipts.compactMap(Self.position)
      #expect(own.count == count)
      #expect(own == own.sorted(), "a writer's receipts rise")
      positions += own
    }
    #expect(positions.sorted() == Array(before + 1...before + writers.count * count))
  }

  private static func position(_ line: Substring) -> Int? {
    let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return object?["position"] as? Int
  }
}

/// Records `lines` a few at a time, as a slow program would; its receipts.
private func write(_ lines: [String], to books: String) async throws -> [Substring] {
  let folder = try Folder()
  let process = Process()
  process.executableURL = Program.url
  process.arguments = ["record", "--books", books]
  let pipe = Pipe()
  process.standardInput = pipe
  process.standardOutput = try folder.newFile("receipts")
  process.standardError = try folder.newFile("errors")
  try process.run()
  for start in stride(from: 0, to: lines.count, by: 5) {
    let chunk = lines[start..<min(lines.count, start + 5)].map { $0 + "\n" }.joined()
    try pipe.fileHandleForWriting.write(contentsOf: Data(chunk.utf8))
    try await Task.sleep(for: .milliseconds(1))
  }
  try pipe.fileHandleForWriting.close()
  process.waitUntilExit()
  let errors = try folder.text("errors")
  #expect(process.terminationStatus == 0, "\(errors)")
  return Stream.wholeLines(try folder.text("receipts"))
}
