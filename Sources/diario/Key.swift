// Why: without a signature anybody can make a checkpoint. Making the key is a step of its own, so that its holder decides where it lies.

internal import ArgumentParser
internal import Books
internal import EventLog
internal import Platform
internal import Proofs
internal import Wire

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
  @Argument(help: "The file to make.", transform: fileName)
  var file: String
  @Option(
    help:
      "The key's name, used once in the world: a host and a path. For books: diario/ and their identity."
  )
  var name: String?
  @Flag(help: "A key with which a witness signs other people's checkpoints.")
  var witness = false

  func run() throws {
    if witness, name == nil {
      throw Failure.usage("A witness needs a name. Use --name, such as auditor.example.")
    }
    let books = try books()
    let name = self.name ?? "diario/\(books?.log.identity ?? "")"
    try OutputPlace.require(file)
    try OutputPlace.requireParent(of: file)
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
    var current = key.verificationKey
    do throws(Failure) {
      if let books {
        current = try withBooks { () throws(BooksError) in try books.key(key).verificationKey }
      }
      try keepPublic(of: key, current, in: keyFile)
    } catch {
      // Half of what belongs together would be in the way of another try.
      Files.delete(file)
      Files.delete(keyFile.publicPath)
      Files.delete(keyFile.signedPath)
      throw error
    }
    Terminal.write(current.text + "\n")
  }

  /// The books that the key is to sign, as far as they are known.
  private func books() throws(Failure) -> Books? {
    if witness { return nil }
    if name == nil { return try place.open(readOnly: true) }
    if place.books != nil { return try place.open(readOnly: true) }
    // A key that has a name may be made before its books, and of others than lie here by chance.
    guard Terminal.variable("DIARIO_BOOKS") != nil else { return nil }
    do throws(BooksError) {
      return try Books(
        at: place.path, readOnly: true, keys: place.keys.options, now: { Terminal.now() })
    } catch {
      if error.code == .absent { return nil }
      throw Failure(error)
    }
  }

  /// Keeps the public key of the first incarnation, and `current`, that of the books as they are.
  private func keepPublic(
    of key: SigningKey, _ current: VerificationKey, in keyFile: KeyFile
  ) throws(Failure) {
    if witness {
      try reading { () throws(FileFailure) in
        try Files.write((key.verificationKey.text + "\n").utf8, to: keyFile.publicPath)
      }
    } else {
      let nothing = Checkpoint(origin: key.verificationKey.name, size: 0, root: .empty)
      let note = try accepting { () throws(ProofError) in try key.sign(nothing.body) }
      try keyFile.keep(note, key.verificationKey)
      if current != key.verificationKey { try keyFile.keep(note, current) }
    }
  }
}

struct KeyShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract:
      "Print the public keys that go with a secret one: one for each incarnation of the books.",
    discussion: """
      They are worked out from the secret key and the last checkpoint that it signed, and compared with FILE.pub: a line there \
      that is another key's is refused. If FILE.pub is lost, this makes it again.

      EXAMPLES
        diario key show ~/aranda.key
        diario key show ~/aranda.key > ~/aranda.key.pub
      """)

  @Argument(help: "The file of the secret key.", transform: fileName)
  var file: String

  func run() throws {
    let keyFile = KeyFile(path: file)
    for key in try keyFile.publicKeys() { Terminal.write(key.text + "\n") }
    if !Files.exists(keyFile.publicPath) {
      let (name, place) = (file.shellWord, keyFile.publicPath.shellWord)
      Terminal.error(
        "\(keyFile.publicPath) is missing. `diario key show \(name) > \(place)` makes it again.")
    }
  }
}
