// Why: whoever names the wrong file, a disk image or a stream without an end, must read one line about it, not see the program die for want
// of memory. The limit of memory here is below what the file has.

import Foundation
import Testing

@Suite struct `A file that is far too large` {
  private let signed: SignedBooks
  private let huge: String
  private let proof: String

  init() throws {
    signed = try SignedBooks()
    huge = try signed.file("huge", "")
    let file = try FileHandle(forWritingTo: URL(filePath: huge))
    // 6 GiB of nothing: the disk keeps none of it.
    try file.truncate(atOffset: 6 << 30)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: huge)
    _ = try signed.checkpoint()
    proof = try signed.file(
      "proof",
      try signed.run([
        "prove", "inclusion", "1", "--books", signed.books.path, "--key", signed.key,
      ]).output)
  }

  private func run(_ arguments: [String], before: String = "") throws -> Program.Outcome {
    try Program.run(
      URL(filePath: "/bin/sh"),
      ["-c", "ulimit -v 3000000; \(before) \"$@\"", "sh", Program.url.path()] + arguments)
  }

  @Test func `is refused with the limit, whatever it is taken for`() throws {
    let (pub, memory) = (signed.key + ".pub", signed.books.folder.path("memory"))
    let checkpoint = signed.key + ".signed"
    for (arguments, limit) in [
      (["verify-proof", huge, "--public", pub], "a proof can be: 16777216 bytes"),
      (["verify-proof", proof, "--public", huge], "a file of keys can be: 65536 bytes"),
      (
        ["verify-report", huge, "--public", pub], "a report with its proof can be: 268435456 bytes"
      ),
      (["witness", huge, "--public", pub, "--memory", memory], "a proof can be: 16777216 bytes"),
      (
        ["witness", checkpoint, "--public", pub, "--memory", huge],
        "a checkpoint can be: 1048576 bytes"
      ),
      (
        ["prove", "inclusion", "1", "--checkpoint", huge, "--books", signed.books.path],
        "a checkpoint can be: 1048576 bytes"
      ),
      (
        ["checkpoint", "--key", huge, "--books", signed.books.path],
        "a file of keys can be: 65536 bytes"
      ),
    ] {
      let outcome = try run(arguments)
      #expect(
        outcome.code == 2 && outcome.output.isEmpty
          && outcome.errors
            == "diario: \(huge) is larger than \(limit). Check whether it is the right file.\n",
        "\(arguments): \(outcome.text)")
    }
    // The same commands do with what they are meant for.
    #expect(try run(["verify-proof", proof, "--public", pub]).code == 0)
    #expect(try run(["witness", checkpoint, "--public", pub, "--memory", memory]).code == 0)
  }

  @Test func `is refused also when it is a stream without an end`() throws {
    let outcome = try run(["verify-proof", "-", "--public", signed.key + ".pub"], before: "yes |")
    #expect(outcome.code == 2 && outcome.errors.contains("is larger than a proof can be"))
  }
}
