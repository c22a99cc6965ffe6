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
  /// The keys of damaged rows that do not say whose they are.
  var nameless: Set<[UInt8]> = []
  /// Why the keys were not unwrapped; `nil` when they were.
  public internal(set) var unopened: KeyError?
  /// What is wrong with the store as a whole.
  public internal(set) var storeFaults: [KeyError] = []
  /// What is wrong with the keys in single rows.
  private var rowFaults: [KeyError] = []
  /// By what keys are lost; empty when there is nothing.
  public var faults: [KeyError] { storeFaults + rowFaults }
  /// What is wrong with rows around which nothing is lost: the key is whole, or was destroyed.
  public private(set) var slightFaults: [KeyError] = []
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

  /// Checks the store at `path`, in which one of `others` may have a key.
  func check(
    _ path: String, _ isQuick: Bool, _ others: Set<DataSubject> = []
  ) throws(KeyError) -> KeyCheck {
    var check = KeyCheck()
    if !isQuick {
      let pages = try storing { () throws(StoreError) in
        try Environment(path: path, tables: [], mode: .readOnly).checkPages()
      }
      check.storeFaults = pages.map { .damagedPage($0.page, of: path, $0.message) }
      // LMDB may crash on such pages.
      if !pages.isEmpty { return check }
    }
    let keys = try OpenKeys(at: path, books: books, readOnly: true)
    var master: MasterKey?
    do throws(KeyError) { master = try self.master(of: keys) } catch {
      if case .store = error.code { throw error }
      let isElsewhere = error.code == .masterKeyAbsent || error.code == .notPermitted
      if !isElsewhere { check.storeFaults.append(error) }
      check.unopened = error
    }
    if !isQuick { try checkRows(of: keys, master.map { owners($0, or: others) }, &check) }
    return check
  }

  private func checkRows(
    of keys: OpenKeys, _ owners: RowOwners?, _ check: inout KeyCheck
  ) throws(KeyError) {
    var (found, owners) = (check, owners)
    do throws(StoreError) {
      try keys.environment.forEachRow(of: keys.subjects) { key, value in
        let bytes = value.bytes(0..<value.byteCount)
        found.add(
          key.bytes(0..<key.byteCount), KeyRow(bytes) ?? KeyRow(damaged: bytes), &owners)
      } remains: { key, value in
        found.add(key, KeyRow(damaged: value), &owners)
      }
    } catch { throw KeyError(store: error) }
    check = found
  }
}

extension KeyCheck {
  /// Takes note of the row under `key`.
  fileprivate mutating func add(_ key: [UInt8], _ row: KeyRow, _ owners: inout RowOwners?) {
    if row.state == .damaged, let owner = owners?.owner(key, row) {
      live.insert(owner)
      return slightFaults.append(.damagedHead(of: owner))
    }
    guard let subject = KeyRow.subject(key) else {
      nameless.insert(key)
      return rowFaults.append(.damagedRow)
    }
    if let since = row.erasure {
      erased[subject] = since
      return slightFaults.append(.damagedErasure(of: subject))
    }
    switch row.state {
    case .erased: erased[subject] = row.since
    case .live where owners?.opens(row, subject) ?? true: live.insert(subject)
    case .live, .damaged:
      damaged.insert(subject)
      rowFaults.append(.damagedKey(of: subject))
    }
  }
}

extension KeyError {
  fileprivate static func damagedPage(
    _ page: UInt64, of path: String, _ message: String
  ) -> KeyError {
    KeyError(
      .damaged, "Page \(page) of \(path)/data.mdb is damaged. \(message)", remedy: KeyError.copy)
  }
}
