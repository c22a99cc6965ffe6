// Why: a store of keys is an environment of its own: a head that says whose it is, and a row for each person. docs/FORMAT.md has the bytes.

internal import LMDB
internal import Wire

/// An environment of keys that is open.
struct OpenKeys: Sendable {
  static let tables = ["head", "subjects"]
  static let version: UInt32 = 1
  let path: String
  let environment: Environment
  let subjects: Table
  /// Which master key wraps its keys.
  let masterID: [UInt8]

  /// Opens the environment in the directory `path`, which belongs to `books`.
  init(at path: String, books: String, readOnly: Bool) throws(KeyError) {
    self.path = path
    let row: [UInt8]
    (environment, subjects, row) = try Self.open(path, readOnly: readOnly)
    guard row[8..<40].elementsEqual(books.utf8) else {
      throw KeyError(
        .otherBooks,
        "The keys in \(path) belong to the books \(Self.books(row)), these are \(books).",
        remedy: "Put the books' own keys/ in their place.")
    }
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

  /// The rows of every person, by their keys.
  func rows() throws(KeyError) -> [(key: [UInt8], row: KeyRow)] {
    let subjects = subjects
    return try environment.read { (txn) throws(KeyError) in
      var rows: [(key: [UInt8], row: KeyRow)] = []
      do throws(StoreError) {
        var cursor = try txn.cursor(over: subjects)
        while let entry = try cursor.next() {
          let key = entry.key.bytes(0..<entry.key.byteCount)
          rows.append((key, try Self.row(entry.value)))
        }
        // What a damaged page passes over must not be left out of a new store: those keys would be gone.
        guard rows.count == (try txn.statistics(of: subjects).entries) else {
          throw StoreError(
            .damaged, "read", "The store of keys has fewer rows than it says.",
            remedy: KeyError.copy)
        }
      } catch { throw KeyError(store: error) }
      return rows
    }
  }

  static func row(_ span: RawSpan) throws(StoreError) -> KeyRow {
    guard let row = KeyRow(span.bytes(0..<span.byteCount)) else {
      throw StoreError(
        .damaged, "get", "A row of the store of keys has no known form.",
        remedy: KeyError.copy)
    }
    return row
  }

  /// Writes a whole environment into the directory `path`, where there is none yet.
  static func write(
    _ rows: [(key: [UInt8], row: KeyRow)], at path: String, books: String, masterID: [UInt8]
  ) throws(KeyError) {
    var head: [UInt8] = []
    head.append(littleEndian: version)
    head.append(littleEndian: UInt32(0))
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
