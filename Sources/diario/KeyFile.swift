// Why: a key inside the books would be copied with every backup of them, and would sign whatever a thief puts in. So it lies elsewhere,
// and beside it the last checkpoint that it signed: the memory that keeps it from signing two histories.

internal import ArgumentParser
internal import Books
internal import LMDB
internal import Platform
internal import Proofs
internal import Wire

/// `--key FILE`.
struct KeyOption: ParsableArguments {
  @Option(help: "The file of the secret key (else $DIARIO_KEY).", transform: fileName)
  var key: String?

  /// `--key`, if it was given.
  var namedOptions: [String] { key == nil ? [] : ["--key"] }

  /// The file, if one was named.
  var path: String? { key ?? Terminal.variable("DIARIO_KEY") }

  /// The key's file.
  func file() throws(Failure) -> KeyFile {
    guard let path else {
      throw Failure.usage(
        "No key was named. Use --key FILE or $DIARIO_KEY; `diario key new` makes one.")
    }
    return KeyFile(path: path)
  }
}

/// A secret key with what lies beside it.
struct KeyFile {
  /// Where the secret key is.
  let path: String
  /// Where the public keys are, one line for each incarnation.
  var publicPath: String { path + ".pub" }
  /// Where the last signed checkpoint is: what a link there leads to, so that there are never two.
  var signedPath: String { Files.resolved(path + ".signed") ?? path + ".signed" }

  /// The secret key.
  func key() throws(Failure) -> SigningKey {
    let text = try reading { () throws(FileFailure) in try Files.read(path, .keys) }
    let key = try accepting(path) { () throws(ProofError) in
      try SigningKey(parsing: Self.line(text))
    }
    guard try reading({ () throws(FileFailure) in try Files.isPrivate(path) }) else {
      throw Failure.refused(
        "Others may read or write the secret key \(path). Keep it to yourself: chmod 600 \(path); and if anybody "
          + "may have read it, make a new one.")
    }
    return key
  }

  /// The secret key at `path`, or the one beside which `path` is: its public keys, what it signed, its lock. `path` need not be there yet.
  static func key(around path: String) -> String? {
    let place = Files.location(path)
    let stems = [".pub", ".signed", ".lock"].filter { place.hasSuffix($0) }.map {
      String(place.dropLast($0.count))
    }
    return ([place] + stems).first { stem in
      // (To read what is no file, a pipe, would wait for ever.)
      Files.isFile(stem) == true
        && (try? Files.read(stem, .keys))?.starts(with: SigningKey.prefix.utf8) ?? false
    }
  }

  /// The last checkpoint that the key signed.
  func lastSigned() throws(Failure) -> SignedNote {
    let key = try key()
    guard key.kind == .log else {
      throw Failure.refused(
        "\(path) is a witness's key, which signs no books. Name that of the books.")
    }
    guard Files.exists(signedPath) else {
      throw Failure.refused(
        "\(signedPath) is missing, so nobody knows what was signed last. Put there the newest checkpoint that "
          + "anybody holds.")
    }
    let text = try reading { () throws(FileFailure) in try Files.read(signedPath, .checkpoint) }
    do throws(ProofError) {
      let note = try SignedNote(parsing: String(decoding: text, as: UTF8.self))
      let origin = try Checkpoint(note).origin
      // One of other books is told by whoever knows the books.
      if LogOrigin(origin, of: key.name) != nil {
        try key.named(origin).verificationKey.verify(note)
      }
      return note
    } catch {
      throw Failure.refused(
        "\(signedPath) holds no checkpoint of this key: \(error.message) Put there the newest checkpoint that anybody holds."
      )
    }
  }

  /// Keeps `note` as the last one, and the public key that checks it.
  /// - Returns: whether the public key is a new one.
  @discardableResult
  func keep(_ note: SignedNote, _ key: VerificationKey) throws(Failure) -> Bool {
    var keys = try publicKeys()
    if !keys.contains(key) { keys.append(key) }
    let isNew = try !publicLines().contains(key.text)
    try reading { () throws(FileFailure) in
      if isNew { try Files.write(keys.map { $0.text + "\n" }.joined().utf8, to: publicPath) }
      try Files.write(note.text.utf8, to: signedPath)
    }
    return isNew
  }

  /// The public keys of this one: the first, those of each incarnation up to the one that was signed last, and those that are kept.
  /// - Throws: when a line that is kept is another key's: whoever was given it would accept what that one signs.
  func publicKeys() throws(Failure) -> [VerificationKey] {
    let key = try key()
    var keys = [1: key.verificationKey]
    if key.kind == .log, Files.exists(signedPath) {
      let last = try lastSigned()
      let origin = try accepting { () throws(ProofError) in try Checkpoint(last).origin }
      // (One of other books is told by whoever knows the books.)
      for incarnation in 1...(LogOrigin(origin, of: key.name)?.incarnation ?? 1) {
        keys[incarnation] = try self.key(key, of: incarnation)
      }
    }
    for (number, line) in try publicLines().enumerated() {
      guard let known = try? VerificationKey(parsing: line),
        let incarnation = LogOrigin(known.name, of: key.name)?.incarnation,
        known == (try self.key(key, of: incarnation)),
        key.kind == .log || incarnation == 1
      else {
        throw Failure.refused(
          "Line \(number + 1) of \(publicPath) is no public key of \(path): whoever was given it accepts what another key signs. "
            + "Delete \(publicPath); `diario key show \(path.shellWord) > \(publicPath.shellWord)` makes it again."
        )
      }
      keys[incarnation] = known
    }
    return keys.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The public key of the history number `incarnation`.
  private func key(
    _ key: SigningKey, of incarnation: Int
  ) throws(Failure) -> VerificationKey {
    let origin = LogOrigin(name: key.name, incarnation: incarnation)
    return try accepting { () throws(ProofError) in try key.named(origin.text).verificationKey }
  }

  /// The lines in the file of public keys; none when there is no such file.
  private func publicLines() throws(Failure) -> [String] {
    if !Files.exists(publicPath) { return [] }
    return try reading { () throws(FileFailure) in try Files.read(publicPath, .keys) }
      .split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Holds the key for one process at a time, as long as the value lives.
  func lock() throws(Failure) -> DirectoryLock {
    do throws(StoreError) {
      return try DirectoryLock(path: path + ".lock", timeout: .seconds(10))
    } catch { throw Failure.refused("\(error.message) \(error.remedy)") }
  }

  /// The first line of a file, without its newline.
  static func line(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
  }

  /// The public key that `text` is, or those that the file called so holds: one for each incarnation.
  static func verificationKeys(_ text: String) throws(Failure) -> [VerificationKey] {
    var lines = [text]
    if Files.exists(text) {
      let bytes = try reading { () throws(FileFailure) in try Files.read(text, .keys) }
      lines = bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    } else if !text.contains("+") {
      throw Failure.usage("There is no file \(text), and it is no key. Check the name.")
    }
    let isFile = Files.exists(text)
    return try lines.map { (line) throws(Failure) in
      try accepting(isFile ? text : nil) { () throws(ProofError) in
        try VerificationKey(parsing: line)
      }
    }
  }

  /// The public key that `text` is, or that the file called so holds; of several lines the one that signed `note`.
  static func verificationKey(
    _ text: String, for note: SignedNote? = nil
  ) throws(Failure) -> VerificationKey {
    let keys = try verificationKeys(text)
    let fitting = keys.last { key in note?.signatures.contains { $0.keyID == key.id } ?? true }
    guard let key = fitting ?? keys.last else {
      throw Failure.usage("\(text) holds no key. Name a file that `diario key new` made.")
    }
    return key
  }
}

/// Runs `body`, ending the command when a file cannot be read or written.
func reading<R: ~Copyable>(_ body: () throws(FileFailure) -> R) throws(Failure) -> R {
  do throws(FileFailure) { return try body() } catch {
    throw Failure(
      message: "\(error.message) \(error.remedy)", exitCode: error.isNoSpace ? 1 : 2)
  }
}

/// Runs `body`, ending the command when a proof, a checkpoint or a key is not accepted.
/// - Parameter file: what is named when the text cannot be read: the file that it is from.
func accepting<R>(
  _ file: String? = nil, _ body: () throws(ProofError) -> R
) throws(Failure) -> R {
  do throws(ProofError) { return try body() } catch {
    let isMalformed = error.code == .malformed
    let name = file == "-" ? "Standard input" : file
    let place = isMalformed ? name.map { "\($0): " } ?? "" : ""
    throw Failure(
      message: "\(place)\(error.message) \(error.remedy)", exitCode: isMalformed ? 2 : 1)
  }
}

/// The text of a file, or of standard input for `-`, of at most `limit`.
func textOfFile(_ path: String, _ limit: ReadLimit) throws(Failure) -> String {
  let bytes = try reading { () throws(FileFailure) in
    try Files.read(path == "-" ? "/dev/stdin" : path, limit)
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw Failure.usage(
      "\(path == "-" ? "Standard input" : path) is no text in UTF-8. Check the name; if it is right, ask for the file again: it may have been cut or damaged."
    )
  }
  return text
}
