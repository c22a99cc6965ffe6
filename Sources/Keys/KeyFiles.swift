// Why: a value that was deleted from an LMDB file stays readable in it. So nothing is deleted there: a change that must leave
// nothing behind writes a new store beside the old one, gives it the next number, and deletes the old one. At every moment
// the highest number is the store, whole.

internal import LMDB
internal import Platform
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
    let head: Table
    do throws(StoreError) {
      environment = try Environment(
        path: path, tables: Self.tables, mode: readOnly ? .readOnly : .readWrite)
      subjects = try environment.table("subjects")
      head = try environment.table("head")
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
    guard row[8..<40].elementsEqual(books.utf8) else {
      throw KeyError(
        .otherBooks,
        "The keys in \(path) belong to the books \(String(decoding: row[8..<40], as: UTF8.self)), these are \(books).",
        remedy: "Put the books' own keys/ in their place.")
    }
    masterID = Array(row[40..<48])
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

/// The directory `keys/`: numbered stores, of which the highest counts.
struct KeyDirectory: Sendable {
  let path: String
  private var next: String { "\(path)/next" }

  /// The number of the store that counts; `nil` when there is none.
  func newest() throws(KeyError) -> Int? { try numbers().max() }

  func store(_ number: Int) -> String { "\(path)/\(number)" }

  private func numbers() throws(KeyError) -> [Int] {
    try names().compactMap { Int($0) }.filter { $0 > 0 }
  }

  private func names() throws(KeyError) -> [String] {
    if !Files.exists(path) { return [] }
    return try reading { () throws(FileFailure) in try Files.names(in: path) }
  }

  /// Files whose writing was interrupted: master keys that nobody will ask for.
  private func partials() throws(KeyError) -> [String] { try names().filter(Files.isPartial) }

  /// Puts a store with these rows in the place of all others. When it returns, the old ones are gone from the disk; if it is
  /// interrupted, the store is wholly the old one or wholly the new one.
  func replace(
    with rows: [(key: [UInt8], row: KeyRow)], books: String, masterID: [UInt8]
  ) throws(KeyError) {
    do throws(StoreError) { try FileSystem.createDirectory(path) } catch {
      throw KeyError(store: error)
    }
    try reading { () throws(FileFailure) in try Files.deleteDirectory(next) }
    try OpenKeys.write(rows, at: next, books: books, masterID: masterID)
    let number = (try newest() ?? 0) + 1
    try reading { () throws(FileFailure) in try Files.move(next, to: store(number)) }
    try tidy()
  }

  /// Whether there is one store, and nothing unfinished.
  func isTidy() throws(KeyError) -> Bool {
    let (stores, partials) = (try numbers(), try partials())
    return stores.count < 2 && partials.isEmpty && !Files.exists(next)
  }

  /// Deletes what an interrupted change has left: older stores, an unfinished one, half-written files.
  func tidy() throws(KeyError) {
    let numbers = try numbers().sorted()
    try reading { () throws(FileFailure) in
      for number in numbers.dropLast() { try Files.deleteDirectory(store(number)) }
      try Files.deleteDirectory(next)
    }
    for name in try partials() { Files.delete("\(path)/\(name)") }
  }
}

/// Runs `body`, turning the store's error into one of keys.
func storing<R>(_ body: () throws(StoreError) -> R) throws(KeyError) -> R {
  do throws(StoreError) { return try body() } catch { throw KeyError(store: error) }
}
