// Why: that a person's details cannot be read has many reasons, and only one of them is an erasure. Each has its name, so that
// none is ever taken for another.

public import LMDB
public import Wire

/// Why personal data cannot be sealed or read.
public struct KeyError: Error, Sendable {
  /// The kind of fault: switch on this.
  public enum Code: Sendable, Hashable {
    /// The books have no keys here.
    case absent
    /// The books have keys here already.
    case exists
    /// There is no key for this person, and nothing says that it was erased.
    case unknownSubject
    /// Bytes do not fit their key, their event or their field: damaged, moved or sealed elsewhere.
    case unreadable
    /// The store of keys is damaged.
    case damaged
    /// The keys belong to other books.
    case otherBooks
    /// A newer program wrote the keys.
    case newerFormat
    /// There is no file with the master key.
    case masterKeyAbsent
    /// The master key is another than the one that wraps these keys.
    case masterKeyWrong
    /// Others may read the file of the master key.
    case masterKeyExposed
    /// The master key may be that of other books too.
    case masterKeyShared
    /// The place that was named for a new master key is none for it.
    case wrongPlace
    /// A file could not be read or written.
    case file
    /// This user may not read the keys.
    case notPermitted
    /// The store below failed.
    case store(StoreError.Code)
  }
  /// What kind of fault it is.
  public let code: Code
  /// What is wrong, in a sentence.
  public let message: String
  /// What would help, in a sentence.
  public let remedy: String

  init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }
}

extension KeyError {
  /// What helps a damaged store.
  static let copy = "Put back a copy of keys/ that was made after the last erasure."

  /// There is no key for `subject`.
  public static func unknown(_ subject: DataSubject) -> KeyError {
    KeyError(
      .unknownSubject, "There is no key for \(subject), and nothing says that it was erased.",
      remedy:
        "Put back the keys/ that belong to this log, or read without personal data: --without-keys."
    )
  }

  /// What was sealed of `whose` cannot be read, so nothing more is sealed.
  public static func lost(_ whose: String) -> KeyError {
    KeyError(
      .absent, "The log holds sealed personal data of \(whose), and the key to it is absent.",
      remedy: "Put back the keys/ that belong to this log.")
  }

  /// The key of `person` does not open what event `position` has sealed.
  public static func ofAnotherCopy(_ person: DataSubject, _ position: UInt64) -> KeyError {
    KeyError(
      .unreadable,
      "The key of \(person) in keys/ does not open what event \(position) has sealed: it is that of another copy of these books.",
      remedy: "Put back the keys/ that belong to this log.")
  }

  /// No number comes after that of the store at `path`.
  static func unnumberable(_ path: String) -> KeyError {
    KeyError(
      .damaged, "\(path) has the highest number there is, so no store can follow it.",
      remedy: "If it is the store of these books' keys, give it a small one: rename it to 1.")
  }

  /// The store at `path` has the highest number, and is not what counts.
  static func notWhole(_ path: String, in directory: String, _ why: KeyError) -> KeyError {
    switch why.code {
    case .masterKeyAbsent, .masterKeyWrong, .masterKeyExposed, .notPermitted: why
    default:
      KeyError(
        why.code,
        "\(path) has the highest number in \(directory), and is not the whole store of these books' keys, so nothing there was deleted or changed: \(why.message)",
        remedy: "Move \(path) away if it does not belong there, or put back a whole copy of keys/.")
    }
  }

  /// The store at `path` has a lower number than another, which knows less.
  static func notReplaced(_ path: String, by newest: String, _ why: String) -> KeyError {
    KeyError(
      .damaged,
      "\(newest) does not replace \(path), so neither was deleted or changed: \(why)",
      remedy:
        "Move away the one that is a copy or belongs to others; `diario verify` then says whether anything is lacking."
    )
  }

  /// Other books may need the master key at `path`.
  static func perhapsShared(_ path: String) -> KeyError {
    KeyError(
      .masterKeyShared,
      "The master key \(path) lies outside keys/: other books may have the same one, and could not be read without it.",
      remedy:
        "Make the new one in another file: `diario master-key rotate --into FILE`. The old one stays where it is."
    )
  }

  /// A master key at `path` would lie among the stores.
  static func amongStores(_ path: String) -> KeyError {
    KeyError(
      .wrongPlace, "\(path) lies in keys/, which is for the stores and for master.key alone.",
      remedy: "Name a file outside it.")
  }

  /// What lies at `path` is the master key already.
  static func sameMasterKey(_ path: String) -> KeyError {
    KeyError(
      .wrongPlace, "\(path) is the master key already.",
      remedy: "Name a file that is not there yet.")
  }

  /// What lies at `path`, where a master key is to be made, is something else.
  static func taken(_ path: String) -> KeyError {
    KeyError(
      .wrongPlace, "\(path) is there already, and holds no master key.",
      remedy: "Name a file that is not there yet.")
  }

  /// What lies at `path` is something else than a master key.
  static func notMasterKey(_ path: String) -> KeyError {
    KeyError(
      .damaged, "\(path) holds no master key.",
      remedy: "Name the file that `diario init` or `diario master-key rotate` made.")
  }

  /// There is the store at `path`, where an empty one was to be made.
  static func exists(_ path: String) -> KeyError {
    KeyError(
      .exists, "\(path) is a store of keys already.", remedy: "Try again: it is used then.")
  }

  /// The row of `subject` is damaged.
  public static func damagedKey(of subject: DataSubject) -> KeyError {
    KeyError(
      .damaged, "The key of \(subject) is damaged.",
      remedy:
        "Put back a copy of keys/ in which it is whole: whoever was erased since is erased again. If there is none, give the key up: "
        + "`diario erase \(subject.code.text.shellWord) --role \(subject.kind)` erases the person.")
  }

  /// The row of `subject` is damaged, and its key is not.
  static func damagedHead(of subject: DataSubject) -> KeyError {
    KeyError(
      .damaged, "The row of \(subject) in the store of keys is damaged; the key in it is whole.",
      remedy: "`diario master-key rotate` writes it anew, and so does the next erasure.")
  }

  /// The row of `subject` is damaged, and its key was destroyed.
  static func damagedErasure(of subject: DataSubject) -> KeyError {
    KeyError(
      .damaged,
      "The row of \(subject), whose key was destroyed, is damaged in the store of keys.",
      remedy: "The next command that records writes it anew, as the log has it.")
  }

  /// A row is damaged, and nothing in it says whose it is.
  static let damagedRow = KeyError(
    .damaged, "A row of nobody in the store of keys is damaged.",
    remedy:
      "Put back a copy of keys/ in which it is whole: whoever was erased since is erased again. `diario verify` names whose key is missing."
  )

  /// Whether anything is sealed cannot be told.
  public init(unreadableLog message: String) {
    self.init(
      .damaged, "Whether the log holds sealed data cannot be told: \(message)",
      remedy: "Run `diario verify`.")
  }
}

extension KeyError: StoreFailure {
  /// A failure of the store below.
  public init(store: StoreError) {
    switch store.code {
    case let code where code.isDamage || code == .absent:
      self.init(
        .damaged, "The store of keys is damaged: \(store.message)",
        remedy: KeyError.copy)
    case .permission: self.init(.notPermitted, store.message, remedy: store.remedy)
    default: self.init(.store(store.code), store.message, remedy: store.remedy)
    }
  }
}

extension KeyError: CustomStringConvertible {
  /// One line: what and remedy.
  public var description: String { "\(message) \(remedy)" }
}

/// Runs `body`, turning the store's error into one of keys.
func storing<R>(_ body: () throws(StoreError) -> R) throws(KeyError) -> R {
  do throws(StoreError) { return try body() } catch { throw KeyError(store: error) }
}
