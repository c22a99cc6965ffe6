// Why: a receipt is a promise. 200 times the program is killed while it records; what it had acknowledged must be there,
// in order, once, and sending the same lines again must add exactly what is missing.

import Foundation
import Testing

@Suite struct KillTests {
  @Test(arguments: [1, 2])
  func `a hundred times killed, nothing acknowledged is lost and nothing doubled`(
    seed: UInt64
  ) async throws {
    var random = Seeded(seed)
    for run in 0..<100 {
      try killOnce("seed \(seed), run \(run)", &random)
    }
  }

  private func killOnce(_ name: String, _ random: inout Seeded) throws {
    let books = try Copy(of: Template.empty)
    let before = try books.keys().count
    let lines = Stream.lines(60, prefix: "k")
    let keys = Stream.keys(60, prefix: "k")

    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["record", "--books", books.path]
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = try books.folder.newFile("receipts")
    process.standardError = FileHandle.nullDevice
    try process.run()
    let delay = UInt32.random(in: 0..<120_000, using: &random)
    let child = process.processIdentifier
    let killer = Thread {
      usleep(delay)
      kill(child, SIGKILL)
    }
    killer.start()
    // Chunks of several sizes: so some commits hold one event and some many.
    var sent = 0
    while sent < lines.count {
      let end = min(lines.count, sent + Int.random(in: 1...8, using: &random))
      let chunk = lines[sent..<end].map { $0 + "\n" }.joined()
      guard (try? pipe.fileHandleForWriting.write(contentsOf: Data(chunk.utf8))) != nil else {
        break
      }
      sent = end
      usleep(UInt32.random(in: 0..<3_000, using: &random))
    }
    try? pipe.fileHandleForWriting.close()
    process.waitUntilExit()

    let receipts = Stream.wholeLines(try books.folder.text("receipts"))
    let kept = Array(try books.keys().dropFirst(before))
    #expect(kept == Array(keys.prefix(kept.count)), "\(name): in order, once")
    #expect(receipts.count <= kept.count, "\(name): every receipt's event is there")
    for (index, receipt) in receipts.enumerated() {
      #expect(receipt.hasPrefix("{\"position\":\(before + index + 1),"), "\(name)")
    }
    let again = try books.record(Data(lines.joined(separator: "\n").utf8), ["--quiet"])
    let repeated = kept.isEmpty ? "" : ", \(kept.count) recorded before"
    #expect(again.errors == "\(60 - kept.count) recorded\(repeated), 0 refused\n", "\(name)")
    #expect(Array(try books.keys().dropFirst(before)) == keys, "\(name)")
  }
}
