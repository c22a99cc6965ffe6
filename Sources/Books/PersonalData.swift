// Why: personal fields are opened where the books are looked at, record by record, and sealed where they are recorded. Everything
// between works on sealed records and needs no key.

internal import EventLog
internal import Events
internal import Keys
internal import Ledger
internal import Synchronization
internal import Wire

/// Where the key to personal data is.
public struct KeyOptions: Sendable, Hashable {
  /// The file of the master key; `keys/master.key` in the books when absent.
  public var masterKey: String?
  /// Look without keys: "«sealed»" stands for every personal text that is sealed.
  public var isWithoutKeys: Bool

  /// Keys wrapped by the master key in the file `masterKey`.
  public init(masterKey: String? = nil, isWithoutKeys: Bool = false) {
    self.masterKey = masterKey
    self.isWithoutKeys = isWithoutKeys
  }
}

/// The personal data of some books.
final class PersonalData: Sendable {
  let keys: KeyStore
  let books: String
  private let isWithoutKeys: Bool

  /// The personal data of the books in the directory `path` with the identity `books`; `log` is theirs, if it is there and can be asked who is in it.
  init(
    at path: String, of books: String, _ options: KeyOptions, readOnly: Bool,
    log: (any EventLog)? = nil
  ) {
    self.books = books
    isWithoutKeys = options.isWithoutKeys
    keys = KeyStore(
      at: "\(path)/keys", books: books, masterKey: options.masterKey, readOnly: readOnly,
      everybody: { log?.people() ?? [] })
  }

  /// Makes the store of keys, and the master key, unless they are there. Whoever calls it holds the books' lock.
  func create() throws(BooksError) {
    do throws(KeyError) { if try !keys.exists() { try keys.create() } } catch {
      throw BooksError(error)
    }
  }

  /// Refuses a place in which ``create()`` would make no keys. Makes nothing.
  func requirePlace() throws(BooksError) {
    do throws(KeyError) { if try !keys.exists() { try keys.requirePlace() } } catch {
      throw BooksError(error)
    }
  }

  /// The record with its personal fields in the clear, or erased.
  /// - Parameters:
  ///   - person: only what is about this person is shown; whatever is, when nobody is named.
  ///   - erased: who is erased, as the log says: then no key is asked for, even if an old copy has brought one back.
  /// - Throws: ``BooksError`` `.keys` when they cannot be read.
  func opened(
    _ record: Recorded, about person: DataSubject? = nil,
    _ erased: () throws(BooksError) -> [DataSubject: Position]
  ) throws(BooksError) -> Recorded {
    if isWithoutKeys || !record.flags.contains(.sealed) { return record }
    let opening = Opening(
      keys: keys, place: place(of: record), about: person, erased: try erased())
    do throws(WireError) { return try record.opened(by: opening) } catch {
      if let failure = opening.failure.withLock({ $0 }) { throw BooksError(failure) }
      throw BooksError.unreadable(record.position, error, part: "The fields of event")
    }
  }

  /// The place that the seals of `record` are bound to.
  func place(of record: Recorded) -> SealedPlace {
    SealedPlace(books: books, at: record.at.microseconds, kind: record.kind)
  }
}

/// Opens the fields of one record.
private final class Opening: PersonalOpening {
  /// Why it could not.
  let failure = Mutex<KeyError?>(nil)
  private let keys: KeyStore
  private let place: SealedPlace
  /// Only what is about this person is opened.
  private let person: DataSubject?
  private let erased: [DataSubject: Position]
  /// Whose key was asked for last, and what is known of it: most records have several fields of one person.
  private let last = Mutex<(subject: DataSubject, state: KeyState)?>(nil)

  init(
    keys: KeyStore, place: SealedPlace, about person: DataSubject?,
    erased: [DataSubject: Position]
  ) {
    self.keys = keys
    self.place = place
    self.person = person
    self.erased = erased
  }

  func open(
    _ sealed: [UInt8], field number: Int, of subject: DataSubject
  ) throws(WireError) -> String {
    if let person, subject != person { return PersonalText.ofSomebodyElse }
    if erased[subject] != nil { return PersonalText.erased }
    do throws(KeyError) {
      switch try state(of: subject) {
      case .erased: return PersonalText.erased
      case .known(let key): return try key.open(sealed, in: place, field: number, of: subject)
      case .damaged: throw KeyError.damagedKey(of: subject)
      case .unknown: throw KeyError.unknown(subject)
      }
    } catch {
      failure.withLock { $0 = error }
      throw WireError(.unreadable, error.message, remedy: error.remedy)
    }
  }

  private func state(of subject: DataSubject) throws(KeyError) -> KeyState {
    if let last = last.withLock({ $0 }), last.subject == subject { return last.state }
    let state = try keys.state(of: subject)
    last.withLock { $0 = (subject, state) }
    return state
  }
}
