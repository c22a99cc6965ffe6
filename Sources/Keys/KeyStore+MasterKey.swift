// Why: the master key is a file of its own, so a change of it is a change of two things. Each step can be the last one before the power
// fails, and then either the old key opens everything or the new one does; what is left over is deleted by the next opening. A
// master key elsewhere may be that of other books too, and is never replaced or deleted.

internal import Platform

extension KeyStore {
  /// Wraps every key with a new master key. When it returns, the old one opens nothing of the store; if it is interrupted, the
  /// store is wrapped wholly by the old one or wholly by the new one, and ``tidy()`` finishes it.
  /// - Parameter path: the file to make the new one in; the old one's place when absent. A master key that is there already is taken: an
  ///   interrupted change has left it, or other books have it.
  /// - Returns: the file of the old one when it is left where it is, since it lies outside the directory of the stores.
  /// - Throws: ``KeyError`` `.masterKeyShared` when the old one lies elsewhere and no other place is named for the new one, `.wrongPlace` when `path`
  ///   is none for it.
  public func changeMasterKey(to path: String? = nil) throws(KeyError) -> String? {
    try tidy()
    if let path { try refuseAmongStores(path) }
    let given = try path.flatMap { (path) throws(KeyError) in try givenMasterKey(path) }
    // A change into another place was interrupted when all but its last word was done.
    if let given, !Files.exists(masterPath), given.id == (try masterID()) { return nil }
    let old = try MasterKey(file: masterPath)
    let left = isMasterOwn ? nil : Files.resolved(masterPath) ?? masterPath
    if path == nil, let left { throw KeyError.perhapsShared(left) }
    let place = path ?? nextMasterPath
    let isThere = Files.exists(place)
    let new = isThere ? try MasterKey(file: place) : MasterKey()
    if new.id == old.id { throw KeyError.sameMasterKey(place) }
    do throws(KeyError) {
      try rewrite { (rows, old) throws(KeyError) in
        for index in rows.indices where rows[index].row.state != .erased {
          guard let subject = KeyRow.subject(rows[index].key) else { throw KeyError.damagedRow }
          guard let key = rows[index].row.opened(of: subject, old, books: books) else {
            throw KeyError.damagedKey(of: subject)
          }
          rows[index].row = KeyRow(wrapped: new.wrap(key, subject, books: books))
        }
        // Not before all keys could be read: a file that opens nothing would be taken for the master key.
        if !isThere { try new.write(to: place) }
        return new
      }
    } catch {
      if !isThere { withdraw(new, from: place) }
      throw error
    }
    if path == nil {
      try takeNextMasterKey()
    } else {
      try deleteOlderMasterKey(unlike: new.id)
    }
    return left
  }

  /// The master key that is at `path` already; `nil` when there is nothing.
  func givenMasterKey(_ path: String) throws(KeyError) -> MasterKey? {
    guard Files.exists(path) else { return nil }
    do throws(KeyError) { return try MasterKey(file: path) } catch {
      throw error.code == .damaged ? KeyError.taken(path) : error
    }
  }

  /// Deletes the file of a new master key, unless the store is known to be wrapped with it or cannot be asked.
  private func withdraw(_ new: MasterKey, from place: String) {
    guard let counting = try? masterID(), counting != new.id,
      let made = try? MasterKey(file: place), made.id == new.id
    else { return }
    Files.delete(place)
  }

  /// Finishes a change of the master key.
  func tidyMasterKeys() throws(KeyError) {
    if hasOneMasterKey { return }
    guard let masterID = try masterID() else { return }
    if Files.exists(nextMasterPath) {
      if try MasterKey(file: nextMasterPath).id == masterID {
        try takeNextMasterKey()
      } else {
        Files.delete(nextMasterPath)
      }
    }
    if mayHaveOlderMasterKey, try MasterKey(file: masterPath).id == masterID {
      try deleteOlderMasterKey(unlike: masterID)
    }
  }

  /// Whether no other master key lies in the books' own directory.
  var hasOneMasterKey: Bool { !Files.exists(nextMasterPath) && !mayHaveOlderMasterKey }

  /// Which master key wraps the store that counts now; `nil` when there is none.
  private func masterID() throws(KeyError) -> [UInt8]? {
    try whileClosed { () throws(KeyError) in
      guard let number = try directory.newest() else { return nil }
      return try OpenKeys(at: directory.store(number), books: books, readOnly: true).masterID
    }
  }

  /// Whether a master key lies in the books' own directory although another place was named: one that was to be deleted, perhaps.
  private var mayHaveOlderMasterKey: Bool {
    Files.exists(ownMasterPath) && Files.resolved(masterPath) != Files.resolved(ownMasterPath)
  }

  /// Deletes the master key in the books' own directory, durably, unless it is the one that counts.
  private func deleteOlderMasterKey(unlike masterID: [UInt8]) throws(KeyError) {
    guard Files.exists(ownMasterPath), try MasterKey(file: ownMasterPath).id != masterID else {
      return
    }
    try reading { () throws(FileFailure) in try Files.deleteDurably(ownMasterPath) }
  }

  /// Where the master key lies unless it was made elsewhere.
  var ownMasterPath: String { directory.masterPath }

  /// Whether the master key is the file in the books' own directory, whatever name leads there, and not what a link there names.
  var isMasterOwn: Bool {
    guard let whole = Files.resolved(directory.path) else { return false }
    return Files.location(masterPath) == KeyDirectory(path: whole).masterPath
  }

  /// Where a new master key waits until every key is wrapped with it.
  private var nextMasterPath: String { ownMasterPath + ".next" }

  /// Refuses a place for a master key that lies in the directory of the stores.
  func refuseAmongStores(_ path: String) throws(KeyError) {
    if Files.isPath(path, inside: directory.path) { throw KeyError.amongStores(path) }
  }

  private func takeNextMasterKey() throws(KeyError) {
    try reading { () throws(FileFailure) in try Files.move(nextMasterPath, to: ownMasterPath) }
  }

  /// The master key that wraps `keys`: the one in its place, or the one that waits to take it.
  func master(of keys: OpenKeys) throws(KeyError) -> MasterKey {
    if Files.exists(nextMasterPath) {
      do throws(KeyError) {
        let next = try MasterKey(file: nextMasterPath)
        if next.id == keys.masterID { return next }
      } catch {
        // It has just taken its place.
        if Files.exists(nextMasterPath) { throw error }
      }
    }
    let master = try MasterKey(file: masterPath)
    if master.id == keys.masterID { return master }
    throw KeyError(
      .masterKeyWrong, "\(masterPath) is not the master key of these books' keys.",
      remedy: "Name the right file with --master-key or $DIARIO_MASTER_KEY.")
  }
}
