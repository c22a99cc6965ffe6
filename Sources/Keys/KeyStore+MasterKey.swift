// Why: the master key is a file of its own, so a change of it is a change of two things. Each step can be the last one before the power
// fails, and then either the old key opens everything or the new one does; what is left over is deleted by the next opening.

internal import Platform
internal import Synchronization

extension KeyStore {
  /// Wraps every key with a new master key. When it returns, the old one opens nothing of the store; if it is interrupted, the
  /// store is wrapped wholly by the old one or wholly by the new one, and ``tidy()`` finishes it.
  /// - Parameter path: the file to make the new one in; the old one's place when absent.
  public func changeMasterKey(to path: String? = nil) throws(KeyError) {
    let place = path ?? nextMasterPath
    if path == nil { Files.delete(place) }
    try rewrite { (rows, old) throws(KeyError) in
      let new = MasterKey()
      for index in rows.indices where rows[index].row.state == .live {
        guard let subject = KeyRow.subject(rows[index].key),
          let key = old.unwrap(rows[index].row.wrapped, subject, books: books)
        else { throw KeyError.unfitting("A key") }
        rows[index].row = KeyRow(wrapped: new.wrap(key, subject, books: books))
      }
      // Not before all keys could be read: a file that opens nothing would be taken for the master key.
      try new.write(to: place)
      return new
    }
    if let path {
      try deleteOlderMasterKey(unlike: MasterKey(file: path).id)
    } else {
      try takeNextMasterKey()
    }
  }

  /// Deletes what an interrupted change has left behind, and finishes a change of the master key.
  public func tidy() throws(KeyError) {
    try directory.tidy()
    guard Files.exists(nextMasterPath) || mayHaveOlderMasterKey,
      let number = try directory.newest()
    else { return }
    let masterID: [UInt8]
    if let known = opened.withLock({ $0?.keys.masterID }) {
      masterID = known
    } else {
      masterID = try OpenKeys(at: directory.store(number), books: books, readOnly: true).masterID
    }
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

  /// Whether no interrupted change has left anything behind.
  public func isTidy() throws(KeyError) -> Bool {
    try directory.isTidy() && !Files.exists(nextMasterPath) && !mayHaveOlderMasterKey
  }

  /// Whether a master key lies in the books' own directory although another place was named: one that was to be deleted, perhaps.
  private var mayHaveOlderMasterKey: Bool {
    let own = Self.masterPath(in: directory.path)
    return masterPath != own && Files.exists(own)
  }

  /// Deletes the master key in the books' own directory, durably, unless it is the one that counts.
  private func deleteOlderMasterKey(unlike masterID: [UInt8]) throws(KeyError) {
    let own = Self.masterPath(in: directory.path)
    guard Files.exists(own), try MasterKey(file: own).id != masterID else { return }
    try reading { () throws(FileFailure) in try Files.deleteDurably(own) }
  }

  /// Where a new master key waits until every key is wrapped with it.
  private var nextMasterPath: String { masterPath + ".next" }

  static func masterPath(in directory: String) -> String { "\(directory)/master.key" }

  private func takeNextMasterKey() throws(KeyError) {
    try reading { () throws(FileFailure) in try Files.move(nextMasterPath, to: masterPath) }
  }

  /// The master key that wraps `keys`: the one in its place, or the one that waits to take it.
  func master(of keys: OpenKeys) throws(KeyError) -> MasterKey {
    if Files.exists(nextMasterPath) {
      let next = try MasterKey(file: nextMasterPath)
      if next.id == keys.masterID { return next }
    }
    let master = try MasterKey(file: masterPath)
    if master.id == keys.masterID { return master }
    throw KeyError(
      .masterKeyWrong, "\(masterPath) is not the master key of these books' keys.",
      remedy: "Name the right file with --master-key or $DIARIO_MASTER_KEY.")
  }
}
