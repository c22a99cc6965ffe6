// Why: what an interrupted change has left must go, or an erased key lives on in it; and what only looks like it must stay, or a wrong
// copy in keys/ would cost every name. So nothing is deleted before the store that is to remain has been read, and knows all that the
// others know.

internal import Platform
internal import Wire

extension KeyStore {
  /// Deletes what an interrupted change has left behind, and finishes a change of the master key.
  /// - Throws: ``KeyError`` when the store with the highest number is not whole, is not of these books or knows less than another one;
  ///   then nothing is deleted.
  public func tidy() throws(KeyError) {
    if try !directory.isTidy() {
      if try directory.hasOthers() { try requireWhole() }
      try directory.tidy()
    }
    try tidyMasterKeys()
  }

  /// Whether no interrupted change has left anything behind.
  public func isTidy() throws(KeyError) -> Bool {
    try directory.isTidy() && hasOneMasterKey
  }

  /// Why several stores lie here that no command tidies up: one of them is no remainder of a change. `nil` when there is one store, or the
  /// others can go. It writes nothing.
  public func disorder() throws(KeyError) -> KeyError? {
    while true {
      let numbers = try directory.numbers()
      if numbers.count < 2 { return nil }
      do throws(KeyError) {
        try requireWhole()
        return nil
      } catch {
        // Another process may have replaced a store meanwhile.
        if try directory.numbers() == numbers { return error }
      }
    }
  }

  /// Reads the whole store that counts, and makes sure that it follows the others.
  private func requireWhole() throws(KeyError) {
    let numbers = try directory.numbers()
    guard let newest = numbers.last else { return }
    try whileClosed { () throws(KeyError) in
      let found = try whole(directory.store(newest))
      for number in numbers.dropLast() { try require(found, newest, toReplace: number) }
    }
  }

  private func whole(_ path: String) throws(KeyError) -> KeyCheck {
    let found: KeyCheck
    do throws(KeyError) { found = try check(path, false) } catch {
      throw KeyError.notWhole(path, in: directory.path, error)
    }
    // A row that is damaged in both is no reason to keep the other.
    if let fault = found.storeFaults.first ?? found.unopened {
      throw KeyError.notWhole(path, in: directory.path, fault)
    }
    return found
  }

  /// Makes sure that `found`, which is in the store `newest`, knows everybody whom the store `number` knows.
  private func require(
    _ found: KeyCheck, _ newest: Int, toReplace number: Int
  ) throws(KeyError) {
    let (path, newer) = (directory.store(number), directory.store(newest))
    // Its deletion was interrupted.
    guard Files.exists("\(path)/data.mdb") else { return }
    let older: KeyCheck
    let known = found.live.union(found.erased.keys)
    do throws(KeyError) { older = try check(path, false, known) } catch {
      // It is being deleted.
      guard Files.exists("\(path)/data.mdb") else { return }
      throw KeyError.notReplaced(path, by: newer, error.message)
    }
    // Nobody knows whose keys it holds. (That an older master key wraps them is as it should be.)
    if let fault = older.storeFaults.first(where: { $0.code == .damaged }) {
      throw KeyError.notReplaced(path, by: newer, fault.message)
    }
    let lacking = older.live.union(older.erased.keys).subtracting(known)
      .union(older.damaged.subtracting(known).subtracting(found.damaged))
    if !older.nameless.isSubset(of: found.nameless) {
      throw KeyError.notReplaced(path, by: newer, "a row of nobody is lacking in it.")
    }
    let revived = Set(older.erased.keys).subtracting(found.erased.keys)
    if let person = lacking.first {
      throw KeyError.notReplaced(path, by: newer, "it has no whole key of \(person).")
    }
    if let person = revived.first {
      throw KeyError.notReplaced(path, by: newer, "it has a key for \(person), who is erased.")
    }
  }
}
