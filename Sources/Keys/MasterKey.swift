// Why: the keys of people are worth as much as what they open. They are kept wrapped by one key that lies in a file of its own, so that a
// copy of the store, or what is left of it on an old disk, opens nothing.

internal import Crypto
internal import LMDB
internal import Platform
internal import Wire

/// The key that wraps the keys of people.
struct MasterKey: Sendable {
  private static let prefix = "diario-master-key-1:"
  private static let limit = ReadLimit(1 << 16, of: "a file of a master key")
  private let secret: [UInt8]
  private let key: SymmetricKey
  /// Eight bytes that tell it from another one and say nothing about it.
  let id: [UInt8]

  /// A new key.
  init() { self.init(Terminal.randomBytes(32)) }

  private init(_ secret: [UInt8]) {
    self.secret = secret
    key = SymmetricKey(data: secret)
    let code = HMAC<SHA256>.authenticationCode(for: Array("diario master key 1".utf8), using: key)
    id = Array(code.prefix(8))
  }

  /// Reads the key from its file.
  init(file path: String) throws(KeyError) {
    guard Files.exists(path) else {
      throw KeyError(
        .masterKeyAbsent, "There is no master key at \(path).",
        remedy: "Name its file with --master-key or $DIARIO_MASTER_KEY, or put it back.")
    }
    // (To read what is no file, a device, may never end.)
    guard Files.isFile(path) == true, Files.size(path) ?? 0 <= Self.limit.bytes else {
      throw KeyError.notMasterKey(path)
    }
    let bytes = try reading { () throws(FileFailure) in try Files.read(path, Self.limit) }
    let text = String(decoding: bytes, as: UTF8.self)
    let line = text.prefix { $0 != "\n" }
    guard line.hasPrefix(Self.prefix),
      let secret = Hexadecimal.bytes(line.dropFirst(Self.prefix.count).lowercased()),
      secret.count == 32
    else { throw KeyError.notMasterKey(path) }
    // Only of a master key: nobody is to be told to keep another file to themselves.
    guard try reading({ () throws(FileFailure) in try Files.isPrivate(path) }) else {
      throw KeyError(
        .masterKeyExposed, "Others may read the master key \(path).",
        remedy: "Keep it to yourself: chmod 600 \(path.shellWord).")
    }
    self.init(secret)
  }

  /// Writes the key into a new file that only its owner may read.
  func write(to path: String) throws(KeyError) {
    let line = "\(Self.prefix)\(Hexadecimal.text(secret))\n"
    try reading { () throws(FileFailure) in
      try Files.write(Array(line.utf8), to: path, mode: 0o600, replaces: false)
    }
  }

  /// `key` of `subject` as the store of the books keeps it.
  func wrap(_ subjectKey: SubjectKey, _ subject: DataSubject, books: String) -> [UInt8] {
    AEAD.seal(subjectKey.secret, key, Self.bound(subject, books))
  }

  /// The key that was wrapped for `subject`; `nil` when it was not.
  func unwrap(_ wrapped: [UInt8], _ subject: DataSubject, books: String) -> SubjectKey? {
    guard let secret = AEAD.open(wrapped, key, Self.bound(subject, books)),
      secret.count == SubjectKey.byteCount
    else { return nil }
    return SubjectKey(secret)
  }

  private static func bound(_ subject: DataSubject, _ books: String) -> [UInt8] {
    Array("diario subject key 1".utf8) + Array(books.utf8) + [subject.kind.rawValue]
      + Array(subject.code.text.utf8)
  }
}

/// Runs `body`, turning what the system says of files into an error of keys.
func reading<R>(_ body: () throws(FileFailure) -> R) throws(KeyError) -> R {
  do throws(FileFailure) { return try body() } catch {
    let code: KeyError.Code =
      error.isNoSpace
      ? .store(.noSpace)
      : error.isExhausted ? .store(.other) : error.isNotPermitted ? .notPermitted : .file
    throw KeyError(code, error.message, remedy: error.remedy)
  }
}
