// Why: a backup that was killed must not pass for one, and a restore that was killed must not pass for books.

import Foundation
import Testing

@Suite struct `Backups and restores that are killed` {
  /// Starts `diario` and kills it after `delay` microseconds; whether it was killed.
  private func kill(_ arguments: [String], after delay: UInt32) throws -> Bool {
    let process = Process()
    process.executableURL = Program.url
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    usleep(delay)
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
  }

  @Test func `what is there after a killed backup is sound, and the next run completes it`() throws
  {
    var random = Seeded(40)
    let backed = try BackedUpBooks()
    for run in 0..<40 {
      try backed.record("K-\(run)")
      _ = try kill(
        ["backup", backed.backup, "--books", backed.books.path],
        after: .random(in: 0..<120_000, using: &random))
      if FileManager.default.fileExists(atPath: backed.backup), try !backed.files().isEmpty {
        let checked = try backed.check()
        #expect(checked.code == 0, "run \(run): \(checked.text)")
      }
    }
    // What a killed run leaves behind is not looked at, and goes with the next. (On a slow machine none may have begun.)
    try FileManager.default.createDirectory(
      atPath: backed.backup, withIntermediateDirectories: true)
    let half = backed.backup + "/000000000001-000000000999.diario-backup.partial-1"
    try Data(count: 999).write(to: URL(filePath: half))
    let last = try backed.add()
    #expect(last.code == 0, "\(last.text)")
    #expect(!FileManager.default.fileExists(atPath: half))
    #expect(try backed.check().output.hasPrefix("sound: 219 events"))
    #expect(try backed.restore("all").output.hasPrefix("restored events 1 to 219"))
  }

  @Test func `books that are half restored do not open, and restoring again completes them`() throws
  {
    var random = Seeded(41)
    let backed = try BackedUpBooks()
    _ = try backed.add()
    let new = backed.books.folder.path("new")
    var interrupted = 0
    for run in 0..<40 {
      let wasKilled = try kill(
        ["restore", backed.backup, new], after: .random(in: 0..<60_000, using: &random))
      let opened = try Program.run(["verify", "--books", new])
      if FileManager.default.fileExists(atPath: new + "/log") {
        #expect(opened.output.hasPrefix("sound: 179 of 179"), "run \(run): \(opened.text)")
      } else {
        #expect(wasKilled && opened.code == 3, "run \(run): \(opened.text)")
        interrupted += 1
        // Every other time it starts on what the killed one left behind.
        if run % 2 == 0 { continue }
      }
      try? FileManager.default.removeItem(atPath: new)
    }
    #expect(interrupted > 0)
    try FileManager.default.createDirectory(
      atPath: new + "/log.unfinished", withIntermediateDirectories: true)
    try Data(count: 9_000).write(to: URL(filePath: new + "/log.unfinished/data.mdb"))
    for arguments in [["verify", "--books", new], ["record", "--books", new], ["init", new]] {
      let outcome = try Program.run(arguments)
      #expect(
        outcome.code == 3 && outcome.errors.contains("are being restored into"), "\(outcome.text)")
    }
    #expect(try backed.restore("new").code == 0)
    #expect(try Program.run(["verify", "--books", new]).output.hasPrefix("sound: 179 of 179"))
  }
}
