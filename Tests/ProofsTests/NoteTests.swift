// Why: what is signed must be readable by other people's programs, and nothing that was changed may pass.

internal import Proofs
internal import Testing
internal import Wire

@Suite struct `Signed notes` {
  private static let secret = (0..<32).map { UInt8($0) }

  private static func key(_ name: String = "example.com/aranda") throws -> SigningKey {
    try SigningKey(name: name, secret: secret)
  }

  private static func checkpoint() -> Checkpoint {
    Checkpoint(origin: "example.com/aranda", size: 3, root: .leaf([1].raw))
  }

  @Test func `carry the example of Go's note package`() throws {
    // golang.org/x/mod/sumdb/note, package documentation.
    let key = try VerificationKey(
      parsing: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    let text = """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

      """
    let note = try SignedNote(parsing: text)
    #expect(note.text == text)
    try key.verify(note)
    #expect(key.text.hasSuffix("LDE4izWy10TW"))
    var changed = note
    changed.body = note.body.replacing("don't", with: "do")
    #expect(throws: ProofError.self) { try key.verify(changed) }
  }

  @Test func `come back as they were, keys too`() throws {
    let key = try Self.key()
    let again = try SigningKey(parsing: key.text)
    #expect(again.verificationKey == key.verificationKey)
    #expect(try VerificationKey(parsing: key.verificationKey.text) == key.verificationKey)
    let note = try key.sign(Self.checkpoint().body)
    let read = try SignedNote(parsing: note.text)
    #expect(read == note)
    try key.verificationKey.verify(read)
    #expect(try Checkpoint(read) == Self.checkpoint())
  }

  @Test func `are split at each space, even before a mark that joins it`() throws {
    // Go's note package cuts bytes; to Swift a space and an accent behind it are one character.
    let key = try SigningKey(name: "\u{301}x", secret: Array(repeating: 7, count: 32))
    let note = try key.sign(Self.checkpoint().body)
    #expect(try SignedNote(parsing: note.text) == note)
    #expect(try VerificationKey(parsing: key.verificationKey.text) == key.verificationKey)
    #expect(try SigningKey(parsing: key.text).text == key.text)
    // A Kelvin sign equals a K.
    #expect(throws: ProofError.self) {
      try SigningKey(parsing: key.text.replacing("PRIVATE+KEY", with: "PRIVATE+\u{212A}EY"))
    }
  }

  @Test func `name their key with its bytes, and not with what looks the same`() throws {
    let key = try SigningKey(name: "K/\u{e9}", secret: Array(repeating: 7, count: 32))
    let note = try key.sign(Self.checkpoint().body)
    try key.verificationKey.verify(note)
    for name in ["\u{212A}/\u{e9}", "K/e\u{301}"] {
      #expect(name == key.name)
      var other = note
      other.signatures[0].name = name
      #expect(throws: ProofError.self) { try key.verificationKey.verify(other) }
      #expect(other.signed(by: [key.verificationKey]).signatures.isEmpty)
      #expect(LogOrigin(name, of: key.name) == nil)
      #expect(LogOrigin("\(name)/2", of: key.name) == nil)
    }
  }

  @Test func `find each bit that is flipped in text or signature`() throws {
    let key = try Self.key()
    let text = Array(try key.sign(Self.checkpoint().body).text.utf8)
    for index in text.indices {
      for bit in 0..<8 {
        var changed = text
        changed[index] ^= 1 << bit
        // What is no UTF-8 is no text to read.
        guard let string = String(validating: changed, as: UTF8.self) else { continue }
        #expect(throws: ProofError.self, "byte \(index), bit \(bit)") {
          let note = try SignedNote(parsing: string)
          try key.verificationKey.verify(note)
        }
      }
    }
  }

  @Test func `are refused from another key, another name and another incarnation`() throws {
    let note = try Self.key().sign(Self.checkpoint().body)
    for other in [
      try SigningKey(name: "example.com/aranda", secret: Self.secret.reversed()),
      try Self.key("example.com/other"), try Self.key().named("example.com/aranda/2"),
    ] {
      #expect(throws: ProofError.self) { try other.verificationKey.verify(note) }
    }
  }

  @Test func `take a witness's signature beside the log's`() throws {
    let log = try Self.key()
    let witness = try SigningKey(
      name: "auditor.example", kind: .witness, secret: Self.secret.reversed())
    let note = try Cosignature.add(
      to: log.sign(Self.checkpoint().body), witness, at: 1_767_225_600)
    let read = try SignedNote(parsing: note.text)
    try log.verificationKey.verify(read)
    try witness.verificationKey.verify(read)
    var later = read
    later.signatures[1].bytes[7] ^= 1
    #expect(throws: ProofError.self) { try witness.verificationKey.verify(later) }
  }

  @Test func `have one signature of a witness, the newest, however often it signs`() throws {
    let log = try Self.key()
    let witness = try SigningKey(
      name: "auditor.example", kind: .witness, secret: Self.secret.reversed())
    var note = try log.sign(Self.checkpoint().body)
    for second in 0..<101 {
      note = try Cosignature.add(to: note, witness, at: 1_767_225_600 + UInt64(second))
    }
    #expect(note.signatures.map(\.name) == ["example.com/aranda", "auditor.example"])
    try witness.verificationKey.verify(SignedNote(parsing: note.text))
  }

  @Test func `are kept without the signatures of strangers, of the same name too`() throws {
    let (log, other) = (
      try Self.key(), try SigningKey(name: "example.com/aranda", secret: Self.secret.reversed())
    )
    var note = try log.sign(Self.checkpoint().body)
    note.signatures += try other.sign(note.body).signatures
    #expect(note.signed(by: [log.verificationKey]) == (try log.sign(Self.checkpoint().body)))
    #expect(note.signed(by: [log.verificationKey, other.verificationKey]) == note)
  }

  @Test(arguments: [
    "", "a b", "a+b", "a\u{1b}", "a\n", "\u{7f}", "a\u{9b}31m", "a\u{202e}b", "a\u{2028}",
  ])
  func `name no key that could not be written into them`(name: String) throws {
    #expect(!NoteKey.isName(name))
    #expect(throws: ProofError.self) { try SigningKey(name: name, secret: Self.secret) }
  }

  @Test func `are of an incarnation only beside the name of the key`() {
    for (text, name, incarnation) in [
      ("example.com/a", "example.com/a", 1), ("example.com/a/2", "example.com/a", 2),
      ("example.com/a/2025", "example.com/a/2025", 1),
      ("example.com/a/2025/3", "example.com/a/2025", 3),
      ("example.com/a/2", "example.com/a/2025", 0),
      ("example.com/a/1", "example.com/a", 0), ("example.com/a/02", "example.com/a", 0),
      ("example.com/a/+2", "example.com/a", 0), ("example.com/a/", "example.com/a", 0),
      ("example.com/a/2/2", "example.com/a", 0), ("example.com/ab", "example.com/a", 0),
    ] {
      let origin = LogOrigin(text, of: name)
      #expect(origin?.incarnation ?? 0 == incarnation, "\(text) of \(name)")
      if let origin { #expect(origin.text == text) }
    }
  }

  @Test(arguments: [
    "", "\n", "a\n", "a\n\n", "a\n\n\n", "a\n\n— b\n", "a\n\n— b AAAA\n", "a\n\n- b AAAAAAA=\n",
    "a\n\n— b AAAAAAA=", "a\r\n\n— b AAAAAAA=\n", "a\n\n— b+ AAAAAAA=\n", "a\n\n— b AAAAAAB=\n",
  ])
  func `are told from other texts`(text: String) {
    #expect(throws: ProofError.self) { try SignedNote(parsing: text) }
  }

  @Test(arguments: [
    "o\n1\n", "o\n01\nAAAA\n", "o\n-1\nAAAA\n", "o\n1\nAAAA\n", "\n1\nAAAA\n",
    "o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n",
    "o\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
  ])
  func `with other bodies are no checkpoints`(body: String) {
    #expect(throws: ProofError.self) { try Checkpoint(parsing: body) }
  }

  @Test func `base64 is read in its one spelling`() {
    // RFC 4648 §10.
    for (plain, text) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ] {
      #expect(Base64.text(Array(plain.utf8)) == text)
      #expect(Base64.bytes(text) == Array(plain.utf8))
    }
    for text in ["Zh==", "Zm9=", "Zg=", "Zg", "Z===", "=", "Zm9v=", "Zm9v====", "Zm 9v", "Zm=v"] {
      #expect(Base64.bytes(text) == nil, "\(text)")
    }
  }
}
