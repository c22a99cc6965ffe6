// Why: a value that was deleted from an LMDB file stays readable in it. So nothing is deleted there: a change that must leave
// nothing behind writes a new store beside the old one, gives it the next number, and deletes the old one. At every moment
// the highest number is the store, whole. What else may lie there (a copy put in the wrong place, another company's) is told from what a
// change has left: see KeyStore+Tidy.swift.

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
  /// Where the master key lies unless it was made elsewhere.
  var masterPath: String { "\(path)/master.key" }

  /// The number of the store that counts; `nil` when there is none.
  func newest() throws(KeyError) -> Int? { try numbers().last }

  func store(_ number: Int) -> String { "\(path)/\(number)" }

  /// The numbers of the stores, rising.
  func numbers() throws(KeyError) -> [Int] {
    try names().compactMap { name in Int(name).flatMap { String($0) == name ? $0 : nil } }
      .filter { $0 > 0 }.sorted()
  }

  /// Whether the store `number` is the one that counts, as far as it is known that it did before: whoever replaces it gives the new one
  /// the next number.
  func isCurrent(_ number: Int) -> Bool {
    Files.exists("\(store(number))/data.mdb") && !Files.exists(store(number &+ 1))
  }

  private func names() throws(KeyError) -> [String] {
    if !Files.exists(path) { return [] }
    return try reading { () throws(FileFailure) in try Files.names(in: path) }
  }

  /// Files whose writing was interrupted: master keys that nobody will ask for.
  private func partials() throws(KeyError) -> [String] {
    try names().filter { Files.finishedName(ofPartial: $0) != nil }
  }

  /// Puts a store with these rows in the place of the one that counts, beside which there must be no other. When it returns, the old one is gone from the disk; if it is
  /// interrupted, the store is wholly the old one or wholly the new one.
  func replace(
    with rows: [(key: [UInt8], row: KeyRow)], books: String, masterID: [UInt8]
  ) throws(KeyError) {
    do throws(StoreError) { try FileSystem.createDirectory(path) } catch {
      throw KeyError(store: error)
    }
    let old = try newest() ?? 0
    let (number, isBeyond) = old.addingReportingOverflow(1)
    if isBeyond { throw KeyError.unnumberable(store(old)) }
    try reading { () throws(FileFailure) in try Files.deleteDirectory(next) }
    try OpenKeys.write(rows, at: next, books: books, masterID: masterID)
    try reading { () throws(FileFailure) in try Files.move(next, to: store(number)) }
    try tidy()
  }

  /// Whether there is a store beside the one that counts: an older one, or an unfinished one.
  func hasOthers() throws(KeyError) -> Bool { try numbers().count > 1 || Files.exists(next) }

  /// Whether there is one store, and nothing unfinished.
  func isTidy() throws(KeyError) -> Bool {
    let hasNoPartials = try partials().isEmpty
    return try !hasOthers() && hasNoPartials
  }

  /// Deletes what an interrupted change has left: older stores, an unfinished one, half-written files. The newest must be known to be whole.
  func tidy() throws(KeyError) {
    let numbers = try numbers()
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
