// Why: the key of a row can be damaged too, so that the code in it is another's or none. Whose it is then, the seal of the wrapped key says, when
// it is asked about everybody whom the log knows.

internal import Wire

/// Finds out whose the keys in damaged rows are.
struct RowOwners {
  let master: MasterKey
  let books: String
  /// Everybody whose a row may be. Asked for once, when a row does not open under its own code.
  private let everybody: () -> [DataSubject]
  private lazy var people = everybody()

  init(_ master: MasterKey, books: String, _ everybody: @escaping () -> [DataSubject]) {
    self.master = master
    self.books = books
    self.everybody = everybody
  }

  /// Whose key the damaged `row` under `key` holds; `nil` when nobody's is whole in it.
  mutating func owner(_ key: [UInt8], _ row: KeyRow) -> DataSubject? {
    guard row.wrappedKey != nil else { return nil }
    if let subject = KeyRow.subject(key), opens(row, subject) { return subject }
    return people.first { opens(row, $0) }
  }

  /// Whether `row` holds the key of `subject`.
  func opens(_ row: KeyRow, _ subject: DataSubject) -> Bool {
    row.opened(of: subject, master, books: books) != nil
  }
}
