// Why: summaries hold nothing that the log does not say. What has happened to their file must keep nobody from asking or recording, and
// `diario rebuild` must help against it.

import Foundation
import Testing

/// Aranda's books with so many events behind them that there are summaries: 179 and 4,000, of which 4,096 are summarised.
private enum Summarised {
  static let template = Result {
    let copy = try Copy(of: Template.aranda)
    let lines = Stream.lines(4_000, prefix: "S").joined(separator: "\n")
    let outcome = try copy.record(Data(lines.utf8), ["--quiet"])
    guard outcome.code == 0 else { throw Template.Unusable(text: outcome.text) }
    Template.keep(copy.folder)
    return copy.folder
  }
}

@Suite struct `Summaries whose file is damaged` {
  private let books: Copy
  private var file: URL { URL(filePath: books.path + "/views/data.mdb") }
  private var report: [String] { ["report", "trial-balance", "--books", books.path] }

  init() throws { books = try Copy(of: Summarised.template) }

  private func run(_ command: String, _ more: [String] = []) throws -> Program.Outcome {
    try Program.run([command] + more + ["--books", books.path])
  }

  /// Changes a bit at `offset`; cuts the file to 50,000 bytes when that is `nil`.
  private func damage(_ offset: Int?) throws {
    var bytes = try Data(contentsOf: file)
    if let offset { bytes[offset] ^= 1 } else { bytes = bytes.prefix(50_000) }
    try bytes.write(to: file)
  }

  // In each head (MDB_meta, 4,096 bytes apart): the magic number from 16, the table of free pages from 40, the root of the tables from 128.
  @Test(arguments: [16, 40, 130, 4_136, nil])
  func `are left aside until they are built again`(offset: Int?) throws {
    let answer = try Program.run(report)
    #expect(answer.code == 0 && answer.errors == "", "\(answer.text)")
    try damage(offset)
    let advice = "Nothing is lost: run `diario rebuild`."
    let damaged = try Program.run(report)
    #expect(damaged.code == 0 && damaged.output == answer.output, "\(damaged.text)")
    #expect(damaged.errors.contains(advice), "\(damaged.text)")
    let status = try run("status")
    #expect(status.code == 0 && status.errors.contains(advice), "\(status.text)")
    let line = BackedUpBooks.line("AFTER") + "\n" + BackedUpBooks.line("S-1")
    let recorded = try books.record(Data(line.utf8), ["--quiet"])
    #expect(recorded.errors.contains(advice), "\(recorded.text)")
    #expect(recorded.errors.hasSuffix("1 recorded, 1 refused\n"), "the entry S-1 is known")
    let rebuilt = try run("rebuild", ["accounts"])
    #expect(rebuilt.code == 0 && rebuilt.errors.contains("were damaged"), "\(rebuilt.text)")
    let lines = rebuilt.output.split(separator: "\n")
    #expect(lines.count > 10 && lines.allSatisfy { $0.hasSuffix("summarised through #4096") })
    let after = try Program.run(report)
    #expect(after.code == 0 && after.errors == "" && after.output != answer.output)
    #expect(try run("verify", ["--deep"]).code == 0)
  }

  @Test func `are not taken away for a name that is none`() throws {
    try damage(16)
    let bytes = try Data(contentsOf: file)
    let refused = try run("rebuild", ["accounts", "nonsense"])
    #expect(refused.code == 2 && refused.output == "", "\(refused.text)")
    #expect(
      refused.errors.hasPrefix("diario: There is no projection \"nonsense\". Use one of: account"),
      "\(refused.text)")
    #expect(try Data(contentsOf: file) == bytes)
    #expect(try run("rebuild", ["accounts"]).code == 0)
  }

  @Test func `are left aside also where it is damaged how far they go`() throws {
    let answer = try Program.run(report)
    // The row of `manual-entries/1` in the table of coverage, 8 bytes of position behind its key; nobody asks for these summaries here.
    var bytes = try Data(contentsOf: file)
    let key = Data("manual-entries/1".utf8) + Data([0, 0x10, 0, 0, 0, 0, 0, 0])
    var changed = 0
    while let place = bytes.range(of: key) {
      bytes[place.upperBound - 1] ^= 1
      changed += 1
    }
    #expect(changed > 0)
    try bytes.write(to: file)
    let damaged = try Program.run(report)
    #expect(damaged.code == 0 && damaged.output == answer.output, "\(damaged.text)")
    #expect(damaged.errors.contains("How far the summaries of manual-entries/1 go"))
    let recorded = try books.record(Data(BackedUpBooks.line("AFTER").utf8), ["--quiet"])
    #expect(recorded.code == 0 && recorded.errors.contains("diario rebuild"), "\(recorded.text)")
    #expect(try run("rebuild", ["manual-entries"]).code == 0)
    #expect(try Program.run(report).errors == "")
    #expect(try run("verify", ["--deep"]).code == 0)
  }

  @Test func `are passed over one by one where a part of one is damaged`() throws {
    let answer = try Program.run(report)
    // A row of `definitions/1.2`: of a leaf (0) the first (0) of its two parts. Every command asks it for the chart of accounts.
    var bytes = try Data(contentsOf: file)
    let key = Data("definitions/1.2".utf8) + Data(count: 11)
    var places: [Int] = []
    while let place = bytes.range(of: key, in: (places.last ?? 0)..<bytes.count) {
      places.append(place.upperBound)
    }
    #expect(places.isEmpty == false)
    for place in places { bytes[place + 1] ^= 1 }
    try bytes.write(to: file)
    let advice =
      "A summary of definitions/1.2 is damaged. Nothing is lost: run `diario rebuild definitions`."
    let damaged = try Program.run(report)
    #expect(damaged.code == 0 && damaged.output == answer.output, "\(damaged.text)")
    #expect(damaged.errors.hasPrefix(advice), "\(damaged.text)")
    let status = try run("status")
    #expect(status.code == 0, "\(status.text)")
    let line = BackedUpBooks.line("AFTER") + "\n" + BackedUpBooks.line("S-1")
    let recorded = try books.record(Data(line.utf8), ["--quiet"])
    #expect(recorded.errors.contains(advice), "\(recorded.text)")
    #expect(recorded.errors.hasSuffix("1 recorded, 1 refused\n"), "the entry S-1 is known")
    #expect(try run("rebuild", ["definitions"]).code == 0)
    #expect(try Program.run(report).errors == "")
    #expect(try run("verify", ["--deep"]).code == 0)
  }

  @Test func `are not taken away from a program that has them open`() throws {
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["record", "--books", books.path]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data((BackedUpBooks.line("X") + "\n").utf8))
    #expect(output.fileHandleForReading.availableData.isEmpty == false, "the books are open")
    try damageInPlace()
    let refused = try run("rebuild")
    #expect(
      refused.code == 1 && refused.errors.contains("Process \(process.processIdentifier) has "),
      "\(refused.text)")
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(try run("rebuild").code == 0)
  }

  /// Changes a bit in the file that others have open; writing it anew would give them another one.
  private func damageInPlace() throws {
    let handle = try FileHandle(forUpdating: file)
    try handle.seek(toOffset: 16)
    let byte = try #require(try handle.read(upToCount: 1)?.first)
    try handle.seek(toOffset: 16)
    try handle.write(contentsOf: Data([byte ^ 1]))
  }

  @Test func `damaged in a page that is read later, are built again as well`() throws {
    var bytes = try Data(contentsOf: file)
    // The place of the first node of every leaf (MDB_page.mp_ptrs, from 16), which then lies outside of its page.
    for page in stride(from: 2 * 4_096, to: bytes.count, by: 4_096) where bytes[page + 10] == 2 {
      bytes[page + 17] = 0xff
    }
    try bytes.write(to: file)
    let rebuilt = try run("rebuild")
    #expect(rebuilt.code == 0 && rebuilt.errors.contains("were damaged"), "\(rebuilt.text)")
    #expect(try run("verify").code == 0)
  }

  @Test(.enabled(if: getuid() == 0, "needs to be root, to become somebody else"))
  func `are not said to be built where they may not be written to`() throws {
    let program = books.folder.path("diario")
    try FileManager.default.copyItem(atPath: Program.url.path(), toPath: program)
    for mode in ["chmod 555 views; chmod 444 views/*", "chmod 000 views"] {
      let opened =
        "chmod -R a+rwX \(books.folder.url.path()); cd \(books.path); chmod 600 keys/master.key; \(mode)"
      #expect(try Program.run(URL(filePath: "/bin/sh"), ["-c", opened]).code == 0)
      let outcome = try Program.run(
        URL(filePath: "/bin/su"),
        ["nobody", "-s", "/bin/sh", "-c", "\(program) rebuild --books \(books.path)"])
      #expect(outcome.code == 3 && outcome.output == "", "\(mode): \(outcome.text)")
      #expect(outcome.errors.contains("Permission denied"), "\(mode): \(outcome.text)")
    }
  }

  @Test(.enabled(if: SmallDisk.isPermitted, "needs to mount a small disk"))
  func `are not said to be built where there is no space`() throws {
    let size = try FileManager.default.attributesOfItem(atPath: books.path + "/log/data.mdb")
    let bytes = try #require(size[.size] as? Int)
    let disk = try #require(try SmallDisk(kilobytes: bytes / 1_024 + 600))
    let path = disk.place("books").path()
    try FileManager.default.removeItem(atPath: books.path + "/views")
    try FileManager.default.copyItem(atPath: books.path, toPath: path)
    try disk.fill()
    let outcome = try Program.run(["rebuild", "--books", path])
    #expect(outcome.code == 1 && outcome.output == "", "\(outcome.text)")
    #expect(outcome.errors.lowercased().contains("no space left"), "\(outcome.text)")
  }
}
