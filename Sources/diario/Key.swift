// Why: without a signature anybody can make a checkpoint. Making the key is a step of its own, so that its holder decides where it lies.

internal import ArgumentParser
internal import Books
internal import EventLog
internal import Platform
internal import Proofs

struct Key: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make and show the key that signs checkpoints.",
    subcommands: [KeyNew.self, KeyShow.self])
}

struct KeyNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make an Ed25519 key for these books, in a file outside of them.",
    discussion: """
      Three files: FILE, the secret key, which only you may read; FILE.pub, the line for whoever checks; FILE.signed, the \
      last checkpoint that was signed. Keep a copy of all three elsewhere.

      EXAMPLES
        diario key new ~/aranda.key
        diario key new /etc/diario/aranda.key --name ledger.example.com/aranda
        diario key new auditor.key --witness --name auditor.example
      """)

  @OptionGroup var place: BooksOption
  @Argument(help: "The file to make.")
  var file: String
  @Option(
    help:
      "The key's name, used once in the world: a host and a path. For books: diario/ and their identity."
  )
  var name: String?
  @Flag(help: "A key with which a witness signs other people's checkpoints.")
  var witness = false

  func run() throws {
    let name: String
    if let given = self.name {
      name = given
    } else if witness {
      throw Failure.usage("A witness needs a name. Use --name, such as auditor.example.")
    } else {
      name = "diario/" + (try place.open(readOnly: true)).log.identity
    }
    try OutputPlace.require(file)
    let kind: NoteKey.Kind = witness ? .witness : .log
    let key = try accepting { () throws(ProofError) in
      try SigningKey(name: name, kind: kind, secret: Terminal.randomBytes(32))
    }
    let keyFile = KeyFile(path: file)
    let others = Files.exists(file) ? [] : [keyFile.publicPath, keyFile.signedPath]
    for path in others where Files.exists(path) {
      throw Failure.refused("\(path) is there: it belongs to another key. Name another file.")
    }
    try reading { () throws(FileFailure) in
      try Files.write((key.text + "\n").utf8, to: file, mode: 0o600, replaces: false)
    }
    do throws(Failure) { try keepPublic(of: key, in: keyFile) } catch {
      // Half of what belongs together would be in the way of another try.
      Files.delete(file)
      Files.delete(keyFile.publicPath)
      throw error
    }
    Terminal.write(key.verificationKey.text + "\n")
  }

  private func keepPublic(of key: SigningKey, in keyFile: KeyFile) throws(Failure) {
    if witness {
      try reading { () throws(FileFailure) in
        try Files.write((key.verificationKey.text + "\n").utf8, to: keyFile.publicPath)
      }
    } else {
      let nothing = Checkpoint(origin: key.verificationKey.name, size: 0, root: .empty)
      let note = try accepting { () throws(ProofError) in try key.sign(nothing.body) }
      try keyFile.keep(note, key.verificationKey)
    }
  }
}

struct KeyShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract:
      "Print the public keys that go with a secret one: one for each incarnation of the books.",
    discussion: """
      EXAMPLES
        diario key show ~/aranda.key
      """)

  @Argument(help: "The file of the secret key.")
  var file: String

  func run() throws {
    Terminal.write(try textOfFile(KeyFile(path: file).publicPath, .keys))
  }
}
