// Why: an auditor is handed a disk that may only be read, a snapshot or another machine's mount. Every question must be answered there as
// anywhere else, and nothing that was read while others wrote may be taken for an answer.

import Foundation
import LMDB
import Testing

/// A directory, and the same directory seen through a mount that is read-only.
private final class ReadOnlyMount {
  let path: String

  /// `nil` where mounting is not permitted.
  init?(of directory: String, at path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard try Self.mount(["--bind", directory, path]) else { return nil }
    guard try Self.mount(["-o", "remount,ro,bind", path]) else {
      _ = try? Program.run(URL(filePath: "/bin/umount"), [path])
      return nil
    }
  }

  deinit { _ = try? Program.run(URL(filePath: "/bin/umount"), [path]) }

  private static func mount(_ arguments: [String]) throws -> Bool {
    (try? Program.run(URL(filePath: "/bin/mount"), arguments))?.code == 0
  }
}

@Suite struct `Books on a read-only disk` {
  private func mounted(_ signed: SignedBooks, _ body: (ReadOnlyMount) throws -> Void) throws {
    let path = signed.books.folder.path("mounted")
    guard let mount = try ReadOnlyMount(of: signed.books.path, at: path) else {
      print("mounting is not permitted here: a read-only disk is not tried")
      return
    }
    try withExtendedLifetime(mount) { try body(mount) }
  }

  private static let questions = [
    ["report", "trial-balance"], ["report", "customers"], ["log"], ["person", "C-17"],
    ["verify", "--deep"],
  ]

  @Test(arguments: [["log/lock.mdb", "views/lock.mdb", "writer.lock"], ["views"], []])
  func `are asked as anywhere else`(without names: [String]) throws {
    let signed = try SignedBooks()
    let answers = try Self.questions.map {
      try signed.run($0 + ["--books", signed.books.path]).output
    }
    for name in names { try FileManager.default.removeItem(atPath: signed.books.path + "/" + name) }
    try mounted(signed) { mount in
      for (question, answer) in zip(Self.questions, answers) {
        let there = try signed.run(question + ["--books", mount.path])
        #expect(there.code == 0 && there.output == answer, "\(question): \(there.text)")
      }
      let checkpoint = try signed.run(["checkpoint", "--books", mount.path, "--key", signed.key])
      #expect(checkpoint.output.hasPrefix("example.com/aranda\n179\n"), "\(checkpoint.text)")
      let backup = signed.books.folder.path("backup")
      #expect(try signed.run(["backup", backup, "--books", mount.path]).code == 0)
      #expect(try signed.run(["status", "--books", mount.path]).code == 0)
      let refused = try signed.run(["record", "--books", mount.path, "/dev/null"])
      #expect(refused.code == 3 && refused.errors.contains("Read-only"), "\(refused.text)")
    }
  }

  /// Lets nobody in particular read the books, and `changes` more or less; runs a command on them as that user.
  private func openedToNobody(
    _ signed: SignedBooks, _ changes: String
  ) throws -> (_ words: String) throws -> Program.Outcome {
    let program = signed.books.folder.path("diario")
    try FileManager.default.copyItem(atPath: Program.url.path(), toPath: program)
    let opened =
      "chmod -R a+rX,o-w \(signed.books.folder.url.path()); cd \(signed.books.path); " + changes
    #expect(try Program.run(URL(filePath: "/bin/sh"), ["-c", opened]).code == 0)
    return { words in
      try Program.run(
        URL(filePath: "/bin/su"),
        ["nobody", "-s", "/bin/sh", "-c", "\(program) \(words) --books \(signed.books.path)"])
    }
  }

  @Test(.enabled(if: getuid() == 0, "needs to be root, to become somebody else"))
  func `are verified by somebody who may not read the keys, and that is no damage`() throws {
    let signed = try SignedBooks()
    let asNobody = try openedToNobody(
      signed,
      "chmod a+rwX log log/lock.mdb views views/*; chmod 600 keys/master.key; chmod 700 keys")
    for (options, says) in [
      ([], "keys:  not checked: "), (["--without-keys"], "root   "), (["--quick"], "not tried: "),
    ] {
      let outcome = try asNobody((["verify"] + options).joined(separator: " "))
      #expect(outcome.code == 0 && outcome.output.contains(says), "\(outcome.text)")
    }
    let own = try Program.run(["verify", "--books", signed.books.path])
    #expect(own.code == 0 && own.output.contains("7 people have keys"), "\(own.text)")
  }

  @Test(.enabled(if: getuid() == 0, "needs to be root, to become somebody else"))
  func `are verified by somebody who may not write the summaries, and that is no damage`() throws {
    let signed = try SignedBooks()
    let asNobody = try openedToNobody(
      signed, "chmod a+rwX log log/lock.mdb; chmod 555 views; chmod 444 views/*")
    for words in ["verify", "verify --quick", "report trial-balance"] {
      let outcome = try asNobody(words)
      #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(words): \(outcome.text)")
      if words.hasPrefix("verify") {
        #expect(
          outcome.output.contains(
            "views: not checked: You may not write \(signed.books.path)/views"),
          "\(outcome.text)")
      }
    }
  }

  @Test func `believe nothing that was read while others wrote`() throws {
    let signed = try SignedBooks()
    try mounted(signed) { mount in
      let environment = try Environment(
        path: mount.path + "/log", tables: ["head"], mode: .readOnly)
      var written = 0
      /// Reads while `count` events are recorded, one commit each, by a process that does not see it.
      func read(during count: Int) throws(StoreError) {
        try environment.read { (_) throws(StoreError) in
          for _ in 0..<count {
            written += 1
            try? signed.record("W-\(written)")
          }
        }
      }
      try read(during: 1)
      let error = #expect(throws: StoreError.self) { try read(during: 3) }
      #expect(error?.code == .locked && error?.message.contains("while it was read") == true)
      #expect(written == 4)
      try read(during: 0)
    }
  }
}
