// Why: a row that is damaged is one person's. It keeps nobody else from being recorded, read or erased, and nothing is destroyed with it but
// what somebody asked for: a new store keeps what is left of it. The seal of a wrapped key says whose it is better than any checksum, so
// that a key of which only the row's head, its checksum or its name was changed is found all the same.

internal import Wire

extension KeyRow {
  /// The key of `subject`, if this is what wraps it.
  func opened(of subject: DataSubject, _ master: MasterKey, books: String) -> SubjectKey? {
    wrappedKey.flatMap { master.unwrap($0, subject, books: books) }
  }

  /// What the row, which stands under the key of `subject`, says of it.
  func state(of subject: DataSubject, _ master: MasterKey, books: String) -> KeyState {
    if state == .erased { return .erased(since: since) }
    return opened(of: subject, master, books: books).map { .known($0) } ?? .damaged
  }
}

extension [(key: [UInt8], row: KeyRow)] {
  /// What all the rows together say of `subject`.
  func state(of subject: DataSubject, _ master: MasterKey, books: String) -> KeyState {
    let key = KeyRow.key(subject)
    if let own = first(where: { $0.key == key }) {
      return own.row.state(of: subject, master, books: books)
    }
    let moved = lazy.filter { $0.row.state == .damaged }
      .compactMap { $0.row.opened(of: subject, master, books: books) }.first
    return moved.map { .known($0) } ?? .unknown
  }

  /// The rows, whole again where a key is whole, each under the code of the one whose it is.
  func mended(_ owners: RowOwners) -> Self {
    var (owners, mended) = (owners, self)
    var keys = Set(map(\.key))
    for (index, (key, row)) in enumerated() where row.state == .damaged {
      guard let wrapped = row.wrappedKey, let owner = owners.owner(key, row) else { continue }
      let own = KeyRow.key(owner)
      // A row that the owner has already is not written over.
      guard own == key || keys.insert(own).inserted else { continue }
      mended[index] = (own, KeyRow(wrapped: wrapped))
    }
    return mended
  }
}
