// Why: what is saved of damaged books is recorded again with its personal fields in the clear. The log cannot be asked then, but the keys
// lie beside it, in files of their own, which may be whole.

public import Events
internal import Keys
public import Wire

/// The keys to the personal data of books whose log is damaged.
public final class PersonalRemains {
  private let directory: String
  private let options: KeyOptions
  /// The keys of the books with the identity that was asked for last, and why they cannot be used.
  private var known: (identity: String, personal: PersonalData, failure: BooksError?)?

  /// The keys in `directory/keys`, wrapped as `options` say. They are only read.
  public init(of directory: String, _ options: KeyOptions) {
    self.directory = directory
    self.options = options
  }

  /// Whose keys they are: the identity of the books, if the store is whole enough to say so.
  public var identity: String? { KeyStore.books(in: "\(directory)/keys") }

  /// `record` with its personal fields in the clear, or erased.
  /// - Parameters:
  ///   - record: one with sealed fields.
  ///   - identity: of the books that it is of.
  ///   - erased: whose erasure the log confirms, with the positions of the requests.
  /// - Throws: ``BooksError`` `.keys` when they cannot be read.
  public func opened(
    _ record: Recorded, of identity: String, erased: [DataSubject: Position]
  ) throws(BooksError) -> Recorded {
    let (personal, failure) = personal(of: identity)
    if let failure { throw failure }
    return try personal.opened(record) { () throws(BooksError) in erased }
  }

  private func personal(of identity: String) -> (PersonalData, BooksError?) {
    if let known, known.identity == identity { return (known.personal, known.failure) }
    let personal = PersonalData(at: directory, of: identity, options, readOnly: true)
    let failure = Self.failure(of: personal.keys)
    known = (identity, personal, failure)
    return (personal, failure)
  }

  /// Why no key of `keys` can be used. LMDB may crash on damaged pages, so all are looked at first; a single damaged key is told by whoever
  /// asks for it.
  private static func failure(of keys: KeyStore) -> BooksError? {
    do throws(KeyError) {
      let check = try keys.check()
      if let unopened = check.unopened { return BooksError(unopened) }
      let hasRows = !check.live.isEmpty || !check.erased.isEmpty || !check.damaged.isEmpty
      return hasRows ? nil : check.faults.first.map { BooksError($0) }
    } catch { return BooksError(error) }
  }
}
