// Why: what an auditor holds must prove what was in the books, also against whoever keeps them: checkpoints, proofs, tiles and a witness,
// as people use them.

import Foundation
import Proofs
import Testing

/// Books with a key beside them.
final class SignedBooks {
  let books: Copy
  var key: String { books.folder.path("aranda.key") }

  /// - Parameter name: the key's.
  init(
    of template: Result<Folder, any Error> = Template.aranda, name: String = "example.com/aranda"
  ) throws {
    books = try Copy(of: template)
    let made = try Program.run(["key", "new", key, "--name", name, "--books", books.path])
    guard made.code == 0 else { throw Template.Unusable(text: made.text) }
  }

  func run(_ arguments: [String]) throws -> Program.Outcome { try Program.run(arguments) }

  /// Signs how the books stand.
  func checkpoint() throws -> Program.Outcome {
    try run(["checkpoint", "--books", books.path, "--key", key])
  }

  /// Records that another history begins, and signs how the books stand.
  func begin(_ reason: String = "disk lost") throws -> Program.Outcome {
    try run(["checkpoint", "--books", books.path, "--key", key, "--new-incarnation", reason])
  }

  /// Keeps the books as they are; what is given back puts that copy in their place, as a restored backup does.
  func older() throws -> () throws -> Void {
    let copy = books.folder.path("older-\(UUID().uuidString)")
    try FileManager.default.copyItem(atPath: books.path, toPath: copy)
    return { [books] in
      try FileManager.default.removeItem(atPath: books.path)
      try FileManager.default.copyItem(atPath: copy, toPath: books.path)
    }
  }

  /// Records one more event, and what it says.
  func record(_ name: String) throws {
    let line =
      "{\"event\":\"journal.posted\",\"on\":\"2026-04-20\",\"entry\":\"\(name)\",\"text\":\"t\",\"lines\":["
      + "{\"account\":\"6200\",\"debit\":\"1.00\"},{\"account\":\"1000\",\"credit\":\"1.00\"}]}"
    let outcome = try books.record(Data(line.utf8))
    guard outcome.code == 0 else { throw Template.Unusable(text: outcome.text) }
  }

  /// Keeps `text` in a file; its path.
  func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: books.folder.path(name)))
    return books.folder.path(name)
  }
}

@Suite struct `Proofs and checkpoints` {
  @Test func `a key is made once, outside the books, for its owner only`() throws {
    let signed = try SignedBooks()
    let attributes = try FileManager.default.attributesOfItem(atPath: signed.key)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let again = try signed.run(["key", "new", signed.key, "--books", signed.books.path])
    #expect(again.code == 1 && again.errors.contains("belongs to the secret key"), "\(again.text)")
    let inside = try signed.run([
      "key", "new", signed.books.path + "/k", "--books", signed.books.path,
    ])
    #expect(inside.code == 1 && inside.errors.contains("inside the books"), "\(inside.text)")
    // The memory of another key is not begun anew, whose secret is kept elsewhere.
    let memory = try Data(contentsOf: URL(filePath: signed.key + ".signed"))
    try FileManager.default.moveItem(atPath: signed.key, toPath: signed.key + "-away")
    let beside = try signed.run(["key", "new", signed.key, "--books", signed.books.path])
    #expect(beside.code == 1 && beside.errors.contains("belongs to another key"), "\(beside.text)")
    #expect(try Data(contentsOf: URL(filePath: signed.key + ".signed")) == memory)
    try FileManager.default.moveItem(atPath: signed.key + "-away", toPath: signed.key)
    let shown = try signed.run(["key", "show", signed.key])
    #expect(shown.output.hasPrefix("example.com/aranda+"), "\(shown.text)")
    #expect(!shown.output.contains("PRIVATE"))
  }

  @Test func `a secret key that others may read does not sign`() throws {
    let signed = try SignedBooks()
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: signed.key)
    let exposed = try signed.checkpoint()
    #expect(exposed.code == 1 && exposed.errors.contains("chmod 600"), "\(exposed.text)")
    #expect(exposed.output == "")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: signed.key)
    #expect(try signed.checkpoint().code == 0)
  }

  @Test func `another key of the same name is told from the right one`() throws {
    let (signed, other) = (try SignedBooks(), try SignedBooks())
    let checkpoint = try signed.file("checkpoint", try signed.checkpoint().output)
    let outcome = try signed.run([
      "witness", checkpoint, "--public", other.key + ".pub", "--memory",
      signed.books.folder.path("seen"),
    ])
    let keys = try [other, signed].map {
      try String(contentsOfFile: $0.key + ".pub", encoding: .utf8).prefix(27)
    }
    #expect(
      outcome.code == 1
        && outcome.errors.contains("not signed by \(keys[0]), but by \(keys[1])."),
      "\(outcome.text)")
  }

  @Test func `a checkpoint is signed, and so is the next one, which continues it`() throws {
    let signed = try SignedBooks()
    let first = try signed.checkpoint()
    #expect(first.code == 0, "\(first.text)")
    let checkpoint = try Checkpoint(SignedNote(parsing: first.output))
    #expect(checkpoint.size == 179)
    #expect("179 \(checkpoint.root)" == (try signed.books.head()))
    try signed.record("P-1")
    let second = try signed.checkpoint()
    #expect(try Checkpoint(SignedNote(parsing: second.output)).size == 180)
    let old = try signed.file("old", first.output)
    let proof = try signed.run([
      "prove", "consistency", "179", "180", "--books", signed.books.path, "--key", signed.key,
    ])
    #expect(proof.code == 0, "\(proof.text)")
    let file = try signed.file("proof", proof.output)
    let checked = try signed.run([
      "verify-proof", file, "--public", signed.key + ".pub", "--old", old,
    ])
    #expect(checked.output.hasPrefix("proven: the 180 events"), "\(checked.text)")
    let changed = try signed.file("proof", proof.output.replacing("old 179", with: "old 178"))
    #expect(
      try signed.run(["verify-proof", changed, "--public", signed.key + ".pub", "--old", old]).code
        == 1)
  }

  @Test func `an event is proven with nothing but the proof and the public key`() throws {
    let signed = try SignedBooks()
    _ = try signed.checkpoint()
    let proof = try signed.run([
      "prove", "inclusion", "100", "--books", signed.books.path, "--key", signed.key,
    ])
    #expect(proof.code == 0, "\(proof.text)")
    let file = try signed.file("100.tlog-proof", proof.output)
    try FileManager.default.removeItem(atPath: signed.books.path)
    let checked = try signed.run(["verify-proof", file, "--public", signed.key + ".pub"])
    #expect(
      checked.code == 0 && checked.output.hasPrefix("proven: event 100 of the 179"),
      "\(checked.text)")
    let changed = try signed.file("changed", proof.output.replacing("index 99", with: "index 98"))
    #expect(try signed.run(["verify-proof", changed, "--public", signed.key + ".pub"]).code == 1)
  }

  @Test func `what is no proof, or a part of one, is told for what it is`() throws {
    let signed = try SignedBooks()
    let old = try signed.file("old", try signed.checkpoint().output)
    try signed.record("P-1")
    let new = try signed.file("new", try signed.checkpoint().output)
    let options = ["--books", signed.books.path, "--key", signed.key]
    let one = try signed.file("one", signed.run(["prove", "inclusion", "1"] + options).output)
    let both = try signed.run(["prove", "consistency", "179"] + options).output
    var bytes = Data(both.utf8)
    bytes[20] = 0xff
    let flipped = signed.books.folder.path("flipped")
    try bytes.write(to: URL(filePath: flipped))
    for (file, says) in [
      (try signed.file("cut", String(both.prefix(3))), "cut: A proof"),
      (new, "new is a checkpoint, and no proof."), (one, "one is a proof of one event."),
      (flipped, "flipped is no text in UTF-8. "),
    ] {
      let outcome = try signed.run([
        "verify-proof", file, "--public", signed.key + ".pub", "--old", old,
      ])
      #expect(outcome.code == 2 && outcome.errors.contains(says), "\(outcome.text)")
      let mayBeCut = outcome.errors.contains("it may have been cut")
      #expect(mayBeCut == (file.hasSuffix("cut") || file == flipped), "\(outcome.text)")
    }
    let none = try signed.run(["prove", "inclusion", "0"] + options)
    #expect(none.code == 2 && none.errors.contains("the first is 1"), "\(none.text)")
    for arguments in [
      ["key", "new", signed.books.folder.path("none/k"), "--name", "e.example"],
      ["report", "checks", "--proof", signed.books.folder.path("none/p")] + options,
      [
        "witness", old, "--public", signed.key + ".pub", "--memory",
        signed.books.folder.path("none/m"),
      ],
    ] {
      let refused = try signed.run(arguments)
      #expect(
        refused.code == 1 && refused.errors.contains("There is no directory"), "\(refused.text)")
    }
  }

  @Test func `what a proven event says draws nothing on the terminal`() throws {
    let signed = try SignedBooks()
    // A control sequence of one character, U+009B, which JSON leaves as it is.
    let line =
      "{\"event\":\"journal.posted\",\"on\":\"2026-04-20\",\"entry\":\"P-1\",\"text\":\"\u{9b}8m\",\"lines\":["
      + "{\"account\":\"6200\",\"debit\":\"1.00\"},{\"account\":\"1000\",\"credit\":\"1.00\"}]}"
    #expect(try signed.books.record(Data(line.utf8)).code == 0)
    _ = try signed.checkpoint()
    let proof = try signed.run([
      "prove", "inclusion", "180", "--books", signed.books.path, "--key", signed.key,
    ])
    let file = try signed.file("180.tlog-proof", proof.output)
    let checked = try signed.run(["verify-proof", file, "--public", signed.key + ".pub"])
    #expect(checked.code == 0 && checked.output.contains(#"\u{9b}8m"#), "\(checked.text)")
    #expect(!checked.output.contains("\u{9b}"))
  }

  @Test func `a fork and a shortened log are not signed until a new incarnation is recorded`()
    throws
  {
    let signed = try SignedBooks()
    let copy = signed.books.folder.path("older")
    try FileManager.default.copyItem(atPath: signed.books.path, toPath: copy)
    try signed.record("P-1")
    #expect(try signed.checkpoint().code == 0)
    // The older copy takes the place of the books.
    try FileManager.default.removeItem(atPath: signed.books.path)
    try FileManager.default.moveItem(atPath: copy, toPath: signed.books.path)
    let shorter = try signed.checkpoint()
    #expect(shorter.code == 1 && shorter.errors.contains("missing at the end: "), "\(shorter.text)")
    #expect(shorter.output == "")
    try signed.record("P-2")
    let fork = try signed.checkpoint()
    #expect(fork.code == 1 && fork.errors.contains("two histories"), "\(fork.text)")
    let begun = try signed.begin()
    #expect(begun.code == 0, "\(begun.text)")
    #expect(begun.output.hasPrefix("example.com/aranda/2\n181\n"), "\(begun.output)")
    #expect(try signed.checkpoint().output.hasPrefix("example.com/aranda/2\n181\n"))
    let needless = try signed.begin("again")
    #expect(needless.code == 1, "\(needless.text)")
  }

  @Test func `without the memory of what was signed nothing is signed`() throws {
    let signed = try SignedBooks()
    try FileManager.default.removeItem(atPath: signed.key + ".signed")
    let outcome = try signed.checkpoint()
    #expect(outcome.code == 1 && outcome.errors.contains("is missing"), "\(outcome.text)")
  }

  @Test func `what was signed is remembered where a link leads, and nowhere else`() throws {
    let signed = try SignedBooks()
    let (link, real) = (signed.key + ".signed", signed.books.folder.path("real.signed"))
    try FileManager.default.moveItem(atPath: link, toPath: real)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
    #expect(try signed.checkpoint().code == 0)
    #expect(try String(contentsOfFile: real, encoding: .utf8).contains("\n179\n"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == real)
    // Cut off, it is named.
    try Data().write(to: URL(filePath: real))
    let empty = try signed.checkpoint()
    #expect(
      empty.code == 1 && empty.errors.contains("real.signed holds no checkpoint"), "\(empty.text)")
    let witness = signed.books.folder.path("witness.key")
    #expect(try signed.run(["key", "new", witness, "--witness", "--name", "w.example"]).code == 0)
    let wrong = try signed.run(["checkpoint", "--books", signed.books.path, "--key", witness])
    #expect(wrong.code == 1 && wrong.errors.contains("is a witness's key"), "\(wrong.text)")
    // A memory whose disk is not there is not begun anew.
    let away = signed.books.folder.path("away")
    try FileManager.default.createSymbolicLink(atPath: away, withDestinationPath: "/no/such/disk")
    let checkpoint = try signed.file("checkpoint", "")
    let unmounted = try signed.run([
      "witness", checkpoint, "--public", signed.key + ".pub", "--memory", away,
    ])
    #expect(unmounted.code == 1 && unmounted.errors.contains("leads to none"), "\(unmounted.text)")
  }

  @Test func `a witness remembers, and refuses what does not continue`() throws {
    let signed = try SignedBooks()
    let memory = signed.books.folder.path("seen")
    let own = signed.books.folder.path("auditor.key")
    #expect(
      try signed.run(["key", "new", own, "--witness", "--name", "auditor.example"]).code == 0)
    func witness(_ text: String, _ options: [String] = []) throws -> Program.Outcome {
      try signed.run(
        [
          "witness", try signed.file("seen-by", text), "--public", signed.key + ".pub", "--memory",
          memory,
        ]
          + options)
    }
    let first = try signed.checkpoint().output
    let older = signed.books.folder.path("older")
    try FileManager.default.copyItem(atPath: signed.books.path, toPath: older)
    #expect(try witness(first).output.hasPrefix("first seen: 179"))
    #expect(try witness(first).output.hasPrefix("consistent: 179"))
    try signed.record("P-1")
    let second = try signed.checkpoint().output
    let unproven = try witness(second)
    #expect(
      unproven.code == 1 && unproven.errors.contains("prove consistency 179"), "\(unproven.text)")
    let proof = try signed.run([
      "prove", "consistency", "179", "--books", signed.books.path, "--key", signed.key,
    ])
    let cosigned = try witness(proof.output, ["--key", own])
    #expect(cosigned.output.contains("\u{2014} auditor.example "), "\(cosigned.text)")
    let note = try SignedNote(parsing: cosigned.output)
    let line = try String(contentsOfFile: own + ".pub", encoding: .utf8).split(separator: "\n")[0]
    try VerificationKey(parsing: String(line)).verify(note)
    #expect(try witness(proof.output).output.hasPrefix("consistent: 180"), "the same once more")
    #expect(try witness(first).code == 1, "the books went back")
    // A memory that was cut or changed accuses nobody.
    let kept = try Data(contentsOf: URL(filePath: memory))
    let root = try Checkpoint(SignedNote(parsing: second)).root.base64
    for damaged in [
      kept.prefix(60), Data(),
      Data(
        String(decoding: kept, as: UTF8.self).replacing(root, with: MerkleHash.empty.base64).utf8),
    ] {
      try damaged.write(to: URL(filePath: memory))
      let refused = try witness(second)
      #expect(
        refused.code == 1 && refused.errors.contains("The memory \(memory) cannot be relied on"),
        "\(refused.text)")
    }
    try kept.write(to: URL(filePath: memory))
    // The same key signs another history, from a copy of its memory.
    try Data(first.utf8).write(to: URL(filePath: signed.key + ".signed"))
    try FileManager.default.removeItem(atPath: signed.books.path)
    try FileManager.default.moveItem(atPath: older, toPath: signed.books.path)
    try signed.record("P-2")
    let other = try signed.checkpoint().output
    let fork = try witness(other)
    #expect(fork.code == 1 && fork.errors.contains("Two different histories"), "\(fork.text)")
  }

  @Test(.enabled(if: Judge.hasGo, "needs Go with golang.org/x/mod: `make deps` installs them"))
  func `Go's packages agree on key, checkpoint, tiles and proofs`() throws {
    let (signed, old, proof, consistency) = try exported()
    let outcome = try Judge.go([
      signed.books.folder.path("tiles"), signed.key + ".pub", proof, old, consistency,
    ])
    #expect(outcome.output == "agreed\n", "\(outcome.text)")
    // The judge itself must be able to say no.
    let text = try String(contentsOfFile: proof, encoding: .utf8)
    let forged = try signed.file("forged", text.replacing("index 99\n", with: "index 98\n"))
    let refused = try Judge.go([
      signed.books.folder.path("tiles"), signed.key + ".pub", forged, old, consistency,
    ])
    #expect(refused.code == 1 && refused.output.hasPrefix("inclusion"), "\(refused.text)")
  }

  @Test(
    .enabled(
      if: Judge.hasPython,
      "needs the Python packages pymerkle and tlog-scales: `make deps` installs them"))
  func `pymerkle and tlog-scales find the same root over the exported records`() throws {
    let (signed, _, _, _) = try exported()
    let outcome = try Judge.python([signed.books.folder.path("tiles"), signed.key + ".pub"])
    #expect(outcome.output == "agreed\n", "\(outcome.text)")
  }

  @Test func `tiles of another history are not written over`() throws {
    let (signed, _, _, _) = try exported()
    let tiles = signed.books.folder.path("tiles")
    let other = try SignedBooks(of: Template.empty)
    _ = try other.checkpoint()
    let outcome = try other.run([
      "export-tiles", tiles, "--books", other.books.path, "--key", other.key,
    ])
    #expect(outcome.code == 1, "\(outcome.text)")
    let again = try signed.run([
      "export-tiles", tiles, "--books", signed.books.path, "--key", signed.key,
    ])
    #expect(again.code == 0, "\(again.text)")
  }

  /// Books of 300 events and more, so that there is a full tile, with everything that a judge needs.
  private func exported() throws -> (
    signed: SignedBooks, old: String, proof: String, consistency: String
  ) {
    let signed = try SignedBooks()
    let old = try signed.file("old", try signed.checkpoint().output)
    var lines = ""
    for number in 1...130 {
      lines +=
        "{\"event\":\"journal.posted\",\"on\":\"2026-04-20\",\"entry\":\"E-\(number)\",\"text\":\"t\",\"lines\":["
        + "{\"account\":\"6200\",\"debit\":\"1.00\"},{\"account\":\"1000\",\"credit\":\"1.00\"}]}\n"
    }
    let recorded = try signed.books.record(Data(lines.utf8), ["--quiet"])
    #expect(recorded.code == 0, "\(recorded.text)")
    _ = try signed.checkpoint()
    let options = ["--books", signed.books.path, "--key", signed.key]
    let proof = try signed.file(
      "proof", try signed.run(["prove", "inclusion", "100"] + options).output)
    let consistency = try signed.file(
      "consistency", try signed.run(["prove", "consistency", "179"] + options).output)
    let exported = try signed.run(
      ["export-tiles", signed.books.folder.path("tiles"), "--entries"] + options)
    #expect(exported.code == 0, "\(exported.text)")
    return (signed, old, proof, consistency)
  }
}

/// Other people's programs.
enum Judge {
  private static let oracles = Program.repository.appending(path: "Tests/oracles")
  private static let env = URL(filePath: "/usr/bin/env")
  private static let goOptions = ["GO111MODULE=off", "GOPATH=/usr/share/gocode", "GOFLAGS="]

  static let hasGo =
    FileManager.default.fileExists(atPath: "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
    && (try? Program.run(env, ["go", "version"]))?.code == 0
  static let hasPython =
    (try? Program.run(env, ["python3", "-c", "import pymerkle, tlog_scales.signing"]))?.code == 0

  static func go(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(
      env,
      goOptions + ["go", "run", oracles.appending(path: "tlogjudge/main.go").path()] + arguments)
  }

  static func python(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(
      env, ["python3", oracles.appending(path: "merkle_judge.py").path()] + arguments)
  }
}
