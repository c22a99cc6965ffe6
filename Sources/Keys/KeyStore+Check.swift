// Why: a key that is damaged or lost is noticed when somebody asks for the person, perhaps years later, when no copy is left. So all of
// them are looked at whenever books are verified.

internal import LMDB
public import Wire

/// What a check of a store of keys has found.
public struct KeyCheck: Sendable {
  /// Whose keys there are; each was unwrapped if the master key was there.
  public internal(set) var live: Set<DataSubject> = []
  /// Whose keys were destroyed, with the positions at which that was asked for.
  public internal(set) var erased: [DataSubject: UInt64] = [:]
  /// Whose keys lie in stores beside the one that counts: an interrupted change has left them, or somebody has put them there.
  public internal(set) var elsewhere: Set<DataSubject> = []
  /// Whose rows are damaged.
  public internal(set) var damaged: Set<DataSubject> = []
  /// Why the keys were not unwrapped; `nil` when they were.
  public internal(set) var unopened: KeyError?
  /// What is wrong; empty when all is well.
  public internal(set) var faults: [KeyError] = []
}

extension KeyStore {
  /// Checks every page and every row of the store, and that the master key unwraps each key. It writes nothing.
  /// - Parameter isQuick: only that the store can be opened, and is wrapped by the master key.
  /// - Throws: ``KeyError`` `.absent` when these books have no keys here, and others when the store cannot be read at all.
  public func check(isQuick: Bool = false) throws(KeyError) -> KeyCheck {
    try ofNewest { (number) throws(KeyError) in
      var found = try check(directory.store(number), isQuick)
      if isQuick { return found }
      for other in try directory.numbers().dropLast() {
        // What cannot be read there gives nobody's key away.
        found.elsewhere.formUnion((try? check(directory.store(other), false))?.live ?? [])
      }
      return found
    }
  }

  func check(_ path: String, _ isQuick: Bool) throws(KeyError) -> KeyCheck {
    var check = KeyCheck()
    if !isQuick {
      let pages = try storing { () throws(StoreError) in
        try Environment(path: path, tables: [], mode: .readOnly).checkPages()
      }
      check.faults = pages.map { .damagedPage($0.page, of: path, $0.message) }
      // LMDB may crash on such pages.
      if !pages.isEmpty { return check }
    }
    let keys = try OpenKeys(at: path, books: books, readOnly: true)
    var master: MasterKey?
    do throws(KeyError) { master = try self.master(of: keys) } catch {
      let isElsewhere = error.code == .masterKeyAbsent || error.code == .notPermitted
      if !isElsewhere { check.faults.append(error) }
      check.unopened = error
    }
    if !isQuick { try checkRows(of: keys, master, &check) }
    return check
  }

  private func checkRows(
    of keys: OpenKeys, _ master: MasterKey?, _ check: inout KeyCheck
  ) throws(KeyError) {
    var found = check
    do throws(StoreError) {
      try keys.environment.forEachRow(of: keys.subjects) { key, value in
        let key = key.bytes(0..<key.byteCount)
        guard let subject = KeyRow.subject(key), let row = KeyRow(value.bytes(0..<value.byteCount))
        else { return found.addDamaged(key) }
        switch row.state {
        case .erased: found.erased[subject] = row.since
        case .live:
          let isWhole = master.map { $0.unwrap(row.wrapped, subject, books: books) != nil } ?? true
          if isWhole { found.live.insert(subject) } else { found.addDamaged(key) }
        }
      } damaged: {
        found.addDamaged($0)
      }
    } catch { throw KeyError(store: error) }
    check = found
  }
}

extension KeyCheck {
  /// The row under `key` is damaged.
  fileprivate mutating func addDamaged(_ key: [UInt8]) {
    guard let subject = KeyRow.subject(key) else {
      return faults.append(.damagedRow("A row of nobody in the store of keys"))
    }
    damaged.insert(subject)
    faults.append(.damagedRow("The key of \(subject)"))
  }
}

extension KeyError {
  fileprivate static func damagedRow(_ what: String) -> KeyError {
    KeyError(.damaged, "\(what) is damaged.", remedy: KeyError.copy)
  }

  fileprivate static func damagedPage(
    _ page: UInt64, of path: String, _ message: String
  ) -> KeyError {
    KeyError(
      .damaged, "Page \(page) of \(path)/data.mdb is damaged. \(message)", remedy: KeyError.copy)
  }
}
