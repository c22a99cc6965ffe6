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

  /// The rows, whole again where only the head or the checksum was changed.
  func mended(_ master: MasterKey, books: String) -> Self {
    map { (key, row) in
      guard row.state == .damaged, let wrapped = row.wrappedKey,
        let subject = KeyRow.subject(key), row.opened(of: subject, master, books: books) != nil
      else { return (key, row) }
      return (key, KeyRow(wrapped: wrapped))
    }
  }
}
