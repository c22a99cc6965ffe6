// Why: the keys of people lie in an environment of their own, which copies of the log leave out: a backup that is kept for years
// holds nobody's details once a key is destroyed.

internal import LMDB
internal import Platform
internal import Synchronization
public import Wire

/// The keys of the people that some books are about. Safe to use from several threads; one process at a time may change them, the
/// one that holds the books' lock.
public final class KeyStore: Sendable {
  let directory: KeyDirectory
  let books: String
  let masterPath: String
  private let isReadOnly: Bool
  private let everybody: @Sendable () -> [DataSubject]
  private let opened = Mutex<(number: Int, keys: OpenKeys, master: MasterKey)?>(nil)

  /// The keys in the directory `path` of the books with the identity `books`. Opens nothing until it is asked.
  /// - Parameters:
  ///   - path: the directory of the stores, `keys` in the books'.
  ///   - books: the identity of the books.
  ///   - masterKey: the file of the master key; `master.key` in `path` when absent.
  ///   - readOnly: nothing is written or made.
  ///   - everybody: of whom the books know. Asked when a row is damaged, and does not say whose it is.
  public init(
    at path: String, books: String, masterKey: String? = nil, readOnly: Bool,
    everybody: @escaping @Sendable () -> [DataSubject] = { [] }
  ) {
    directory = KeyDirectory(path: path)
    self.books = books
    masterPath = masterKey ?? KeyDirectory(path: path).masterPath
    isReadOnly = readOnly
    self.everybody = everybody
  }

  /// The identity of the books whose store of keys lies in the directory `path`; `nil` when none does that can be read.
  public static func books(in path: String) -> String? {
    let directory = KeyDirectory(path: path)
    guard let store = (try? directory.newest()).map(directory.store),
      // LMDB may crash on pages that are damaged.
      let faults = try? Environment(path: store, tables: [], mode: .readOnly).checkPages(),
      faults.isEmpty
    else { return nil }
    return try? OpenKeys.books(at: store)
  }

  /// Whether there are any keys here.
  public func exists() throws(KeyError) -> Bool { try directory.newest() != nil }

  /// Makes an empty store, and a master key unless its file is there.
  /// - Throws: ``KeyError`` `.exists` when there is a store: an empty one would take its place, and all keys with it.
  public func create() throws(KeyError) {
    if let number = try directory.newest() { throw KeyError.exists(directory.store(number)) }
    try storing { () throws(StoreError) in try FileSystem.createDirectory(directory.path) }
    try requirePlace()
    do throws(KeyError) {
      if try givenMasterKey(masterPath) == nil { try MasterKey().write(to: masterPath) }
    } catch {
      // Other books, which are to have the same one, may just have made it.
      if try givenMasterKey(masterPath) == nil { throw error }
    }
    let master = try MasterKey(file: masterPath)
    try directory.replace(with: [], books: books, masterID: master.id)
  }

  /// Refuses a master key among the stores, and one whose file holds something else. Makes nothing.
  public func requirePlace() throws(KeyError) {
    if Files.exists(directory.path), !isMasterOwn { try refuseAmongStores(masterPath) }
    _ = try givenMasterKey(masterPath)
  }

  /// What is known of the key of `subject`.
  public func state(of subject: DataSubject) throws(KeyError) -> KeyState {
    try using { (keys, master) throws(KeyError) in
      do throws(KeyError) {
        if let row = try keys.row(of: subject) {
          return row.state(of: subject, master, books: books)
        }
        return try keys.remains().state(of: subject, master, books: books)
      } catch {
        // The row is damaged, or one beside which it would stand.
        if error.code != .damaged { throw error }
      }
      return try keys.rows().state(of: subject, master, books: books)
    }
  }

  /// Those of `people` whose key is there, or a damaged row of it.
  public func known<Value>(_ people: [DataSubject: Value]) throws(KeyError) -> [DataSubject: Value]
  {
    var known: [DataSubject: Value] = [:]
    for (person, value) in people {
      switch try state(of: person) {
      case .known, .damaged: known[person] = value
      case .erased, .unknown: break
      }
    }
    return known
  }

  /// Keeps new keys. When it returns, they are on stable storage.
  public func add(_ new: [DataSubject: SubjectKey]) throws(KeyError) {
    try using { (keys, master) throws(KeyError) in
      try keys.environment.write { (txn) throws(KeyError) in
        do throws(StoreError) {
          for (subject, key) in new {
            let row = KeyRow(wrapped: master.wrap(key, subject, books: books))
            // A key is never written over: what it sealed could not be opened any more.
            try txn.put(KeyRow.key(subject), row.bytes, in: keys.subjects, .insert)
          }
        } catch { throw KeyError(store: error) }
      }
    }
  }

  /// Destroys the keys of `subjects`, each with the position at which that was asked for, and what is left of damaged ones. When it
  /// returns, no file of the store holds them; if it is interrupted, all of them are there as before or none.
  public func erase(_ subjects: [DataSubject: UInt64]) throws(KeyError) {
    try rewrite { (rows, master) throws(KeyError) in
      let erased = Dictionary(uniqueKeysWithValues: subjects.map { (KeyRow.key($0), $1) })
      rows.removeAll { (key, row) in
        erased[key] != nil
          || row.state == .damaged
            && subjects.keys.contains { row.opened(of: $0, master, books: books) != nil }
      }
      rows += erased.map { ($0, KeyRow(erasedSince: $1)) }
      return master
    }
  }

  /// Puts a new store in the place of the one that counts: `change` is given its rows and its master key, and says which is to wrap them.
  /// What an earlier change has left is tidied up first, so that nothing else is deleted.
  func rewrite(
    _ change: (inout [(key: [UInt8], row: KeyRow)], MasterKey) throws(KeyError) -> MasterKey
  ) throws(KeyError) {
    try tidy()
    try using { (keys, master) throws(KeyError) in
      var rows = try keys.rows().mended(owners(master))
      let master = try change(&rows, master)
      try directory.replace(with: rows, books: books, masterID: master.id)
    }
    // The old store is deleted; what is still mapped of it must not keep its bytes on the disk.
    close()
  }

  /// Who says whose the damaged rows are, beside everybody of the books one of `others`.
  func owners(_ master: MasterKey, or others: Set<DataSubject> = []) -> RowOwners {
    RowOwners(master, books: books) { [everybody] in others + everybody() }
  }

  /// Closes what is open of the store; whoever asks next opens it again.
  func close() { opened.withLock { $0 = nil } }

  /// Runs `body` while nothing is open here: no environment may be open twice in one process.
  func whileClosed<R: Sendable>(_ body: () throws(KeyError) -> R) throws(KeyError) -> R {
    let result = opened.withLock { opened in
      opened = nil
      return Result { () throws(KeyError) in try body() }
    }
    return try result.get()
  }

  /// Runs `body` with the store that counts now, opened again if another process has replaced it.
  private func using<R: Sendable>(
    _ body: (OpenKeys, MasterKey) throws(KeyError) -> R
  ) throws(KeyError) -> R {
    // Typed errors do not cross Mutex.withLock together with other state, so a Result does.
    let result = opened.withLock { opened in
      Result { () throws(KeyError) in
        if let known = opened, !directory.isCurrent(known.number) { opened = nil }
        if opened == nil { opened = try open() }
        guard let (_, keys, master) = opened else { preconditionFailure("it has just been opened") }
        return try body(keys, master)
      }
    }
    return try result.get()
  }

  /// Does something with the store that counts, once more if another process puts a new one in its place meanwhile.
  func ofNewest<R>(_ body: (_ number: Int) throws(KeyError) -> R) throws(KeyError) -> R {
    while true {
      guard let number = try directory.newest() else {
        throw KeyError(
          .absent, "These books have no keys in \(directory.path).",
          remedy: "Put keys/ back, or read without personal data: --without-keys.")
      }
      do throws(KeyError) { return try body(number) } catch {
        if try directory.newest() == number { throw error }
      }
    }
  }

  private func open() throws(KeyError) -> (number: Int, keys: OpenKeys, master: MasterKey) {
    try ofNewest { (number) throws(KeyError) in
      let path = directory.store(number)
      do throws(KeyError) {
        let keys = try OpenKeys(at: path, books: books, readOnly: isReadOnly)
        return (number, keys, try master(of: keys))
      } catch {
        if try directory.numbers().count == 1 { throw error }
        throw KeyError.notWhole(path, in: directory.path, error)
      }
    }
  }
}
