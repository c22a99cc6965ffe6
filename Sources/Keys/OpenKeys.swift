// Why: a store of keys is an environment of its own: a head that says whose it is, and a row for each person. docs/FORMAT.md has the bytes.

internal import LMDB
internal import Synchronization
internal import Wire

/// An environment of keys that is open.
struct OpenKeys: Sendable {
  static let tables = ["head", "subjects"]
  /// Without rows that were damaged, stores are of version 1.
  static let version: UInt32 = 2
  let environment: Environment
  let subjects: Table
  /// Which master key wraps its keys.
  let masterID: [UInt8]
  /// Whether it keeps what was left of damaged rows, perhaps under other people's codes.
  private let keepsDamaged: Bool
  private let kept = KeptRows()

  /// Opens the environment in the directory `path`, which belongs to `books`.
  init(at path: String, books: String, readOnly: Bool) throws(KeyError) {
    let row: [UInt8]
    (environment, subjects, row) = try Self.open(path, readOnly: readOnly)
    guard row[8..<40].elementsEqual(books.utf8) else {
      throw KeyError(
        .otherBooks,
        "The keys in \(path) belong to the books \(Self.books(row)), these are \(books).",
        remedy: "Put the books' own keys/ in their place.")
    }
    keepsDamaged = row[4..<8].contains { $0 != 0 }
    masterID = Array(row[40..<48])
  }

  /// The identity of the books that the store in the directory `path` belongs to.
  static func books(at path: String) throws(KeyError) -> String {
    books(try open(path, readOnly: true).head)
  }

  private static func books(_ head: [UInt8]) -> String {
    String(decoding: head[8..<40], as: UTF8.self)
  }

  private static func open(
    _ path: String, readOnly: Bool
  ) throws(KeyError) -> (environment: Environment, subjects: Table, head: [UInt8]) {
    let (environment, head, subjects): (Environment, Table, Table)
    do throws(StoreError) {
      environment = try Environment(
        path: path, tables: tables, mode: readOnly ? .readOnly : .readWrite)
      (head, subjects) = (try environment.table("head"), try environment.table("subjects"))
    } catch { throw KeyError(store: error) }
    let row = try environment.read { (txn) throws(KeyError) in
      try storing { () throws(StoreError) -> [UInt8]? in
        guard let row = try txn.get("head", in: head) else { return nil }
        return row.bytes(0..<row.byteCount)
      }
    }
    guard let row, row.count == 48 else {
      throw KeyError(
        .damaged, "The store of keys in \(path) has no head.",
        remedy: KeyError.copy)
    }
    let version = row[0..<4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard version <= Self.version else {
      throw KeyError(
        .newerFormat, "The keys in \(path) are of format \(version).",
        remedy: "Use a newer program.")
    }
    return (environment, subjects, row)
  }

  /// The row of `subject`; `nil` when there is none.
  func row(of subject: DataSubject) throws(KeyError) -> KeyRow? {
    let subjects = subjects
    return try environment.read { (txn) throws(KeyError) in
      try storing { () throws(StoreError) -> KeyRow? in
        guard let row = try txn.get(KeyRow.key(subject), in: subjects) else { return nil }
        return Self.row(row.bytes(0..<row.byteCount))
      }
    }
  }

  /// The rows that were damaged when the store was written, as it keeps them.
  func remains() throws(KeyError) -> [(key: [UInt8], row: KeyRow)] {
    if !keepsDamaged { return [] }
    if let known = kept.rows.withLock({ $0 }) { return known }
    let found = try rows().filter { $0.row.state == .damaged }
    kept.rows.withLock { $0 = found }
    return found
  }

  /// The rows of every person, by their keys; what is left of those that are damaged too. Whoever does not hold the books' lock may see some of
  /// those that are added meanwhile.
  func rows() throws(KeyError) -> [(key: [UInt8], row: KeyRow)] {
    let subjects = subjects
    var rows: [(key: [UInt8], row: KeyRow)] = []
    var isDamaged = false
    do throws(StoreError) {
      let before = try count()
      try environment.forEachRow(of: subjects) {
        rows.append(($0.bytes(0..<$0.byteCount), Self.row($1.bytes(0..<$1.byteCount))))
      } damaged: { _ in
        isDamaged = true
      }
      if isDamaged {
        // Of a row that is damaged the page must say where it ends.
        if let page = try environment.checkPages().first {
          throw StoreError(.damaged, "read", page.message, remedy: KeyError.copy)
        }
        try environment.forEachRow(of: subjects) { _, _ in
        } remains: {
          rows.append(($0, KeyRow(damaged: $1)))
        }
      }
      let after = try count()
      // What a damaged page passes over must not be left out of a new store: those keys would be gone. (No row is ever taken out of a store.)
      guard before <= rows.count, rows.count <= after else {
        throw StoreError(
          .damaged, "read", "The store of keys has fewer rows than it says.",
          remedy: KeyError.copy)
      }
    } catch { throw KeyError(store: error) }
    return rows
  }

  private func count() throws(StoreError) -> Int {
    let subjects = subjects
    return try environment.read { (txn) throws(StoreError) in
      Int(try txn.statistics(of: subjects).entries)
    }
  }

  private static func row(_ bytes: [UInt8]) -> KeyRow { KeyRow(bytes) ?? KeyRow(damaged: bytes) }

  /// Writes a whole environment into the directory `path`, where there is none yet.
  static func write(
    _ rows: [(key: [UInt8], row: KeyRow)], at path: String, books: String, masterID: [UInt8]
  ) throws(KeyError) {
    let damaged = rows.count { $0.row.state == .damaged }
    var head: [UInt8] = []
    head.append(littleEndian: damaged == 0 ? 1 : version)
    head.append(littleEndian: UInt32(damaged))
    head += Array(books.utf8) + masterID
    do throws(StoreError) {
      let environment = try Environment(path: path, tables: tables, mode: .create)
      let (headTable, subjects) = (
        try environment.table("head"), try environment.table("subjects")
      )
      try environment.write(reserving: rows.count * 1_024 + 1 << 20) { (txn) throws(StoreError) in
        try txn.put("head", head, in: headTable)
        for (key, row) in rows { try txn.put(key, row.bytes, in: subjects) }
      }
    } catch { throw KeyError(store: error) }
  }
}

/// The damaged rows that a store keeps, when they were asked for once. (What is added to it is whole.)
private final class KeptRows: Sendable {
  let rows = Mutex<[(key: [UInt8], row: KeyRow)]?>(nil)
}
