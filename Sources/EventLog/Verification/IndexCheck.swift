// Why: names, numbers, counts and keys repeat what the records say, so that it can be found. They must say all of it and nothing else:
// a key that no event carries would answer a proposal that was never recorded.

internal import Events
internal import LMDB
internal import Ledger
internal import Wire

/// What a row of an index says, as bytes: the same for a record and for a row that is right.
enum IndexRow {
  /// Number, position, code.
  static func name(_ name: Introduced, _ position: Position) -> [UInt8] {
    bytes(name.id.raw, position, name.code.text.utf8)
  }

  /// Position, digest, key.
  static func key(_ key: String, _ position: Position, _ digest: ContentDigest) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: position)
    bytes.append(littleEndian: digest.words.0)
    bytes.append(littleEndian: digest.words.1)
    return bytes + Array(key.utf8)
  }

  static func bytes(
    _ id: UInt32, _ position: Position, _ code: some Sequence<UInt8>
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: id)
    bytes.append(littleEndian: position)
    return bytes + code
  }
}

/// One of the tables that repeat what records say.
enum Index: String, CaseIterable, Sendable {
  case names, ids, keys

  func table(_ tables: LogTables) -> Table {
    switch self {
    case .names: tables.names
    case .ids: tables.ids
    case .keys: tables.keys
    }
  }

  /// What a row says, and the position that it is about; `nil` when it is not laid out as one.
  func content(_ key: RawSpan, _ value: RawSpan) -> (bytes: [UInt8], position: Position)? {
    let (key, count) = (key.bytes(0..<key.byteCount), value.byteCount)
    switch self {
    case .names:
      guard key.count > 1, count == 12 else { return nil }
      let (id, position) = (value.load(0, as: UInt32.self), value.load(4, as: UInt64.self))
      guard UInt8(id >> 26) == key[0] else { return nil }
      return (IndexRow.bytes(id, position, key[1...]), position)
    case .ids:
      guard key.count == 4, count > 8 else { return nil }
      let position = value.load(0, as: UInt64.self)
      let id = key.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return (IndexRow.bytes(id, position, value.bytes(8..<count)), position)
    case .keys:
      guard count == 24 else { return nil }
      return (value.bytes(0..<24) + key, value.load(0, as: UInt64.self))
    }
  }

  /// What the row under `key` is about: "customer C-17".
  func title(_ key: [UInt8]) -> String {
    switch self {
    case .names:
      guard let first = key.first, let kind = NameKind(rawValue: first) else {
        return "an unknown name"
      }
      return "\(kind.label) \(String(decoding: key.dropFirst(), as: UTF8.self))"
    case .ids:
      let id = NameID(raw: key.reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
      return "\(id.kind?.label ?? "name") number \(id.sequence)"
    case .keys: return "the key \"\(String(decoding: key, as: UTF8.self))\""
    }
  }

  /// What cannot be done when a row is wrong.
  var use: String {
    switch self {
    case .names: "It is not found by its code; all events are whole."
    case .ids: "Events and reports cannot show its code; all events are whole."
    case .keys: "A retry with this key may be refused, or recorded twice; all events are whole."
    }
  }
}

/// What the rows of a table add up to.
struct IndexSum {
  var sum: SetSum
  /// How many rows fail their checksum.
  var damaged: Int
  /// How many rows are about events behind the last one that counts.
  var behind: Int
}

/// Compares a table with the records, both ways.
struct IndexCheck {
  let index: Index
  let log: LMDBLog
  let size: Position
  let seed: UInt64
  let findings: Findings

  init(_ index: Index, _ log: LMDBLog, _ size: Position, _ seed: UInt64, _ findings: Findings) {
    self.index = index
    self.log = log
    self.size = size
    self.seed = seed
    self.findings = findings
  }

  /// Adds up what the rows say of the first `size` records.
  func sum() throws(LogError) -> IndexSum {
    var sum = SetSum()
    var (damaged, wrong): ([[UInt8]], [[UInt8]]) = ([], [])
    var behind = 0
    try forEachRow { key, value in
      guard let row = index.content(key, value) else {
        wrong.append(key.bytes(0..<key.byteCount))
        return
      }
      if row.position <= size { sum.add(row.bytes, seed) } else { behind += 1 }
    } damaged: {
      damaged.append($0)
    }
    for key in damaged + wrong {
      findings.add(
        .log(
          "The row of \(index.title(key)) in the table \(index.rawValue) is damaged.",
          affects: index.use))
    }
    return IndexSum(sum: sum, damaged: damaged.count + wrong.count, behind: behind)
  }

  private func forEachRow(
    _ body: (RawSpan, RawSpan) -> Void, damaged: ([UInt8]) -> Void
  ) throws(LogError) {
    let table = index.table(log.tables)
    try store { () throws(StoreError) in
      try log.environment.forEachRow(of: table, body, damaged: damaged)
    }
  }

  /// Names each row that says something else than the records of `intact`, and each one that no record brings.
  func compare(_ intact: [ClosedRange<Position>]) throws(LogError) {
    var rows: Set<UInt128> = []
    var unread: Set<[UInt8]> = []
    try forEachRow { key, value in
      if let row = index.content(key, value) { rows.insert(SetSum.hash(row.bytes, seed)) }
    } damaged: {
      unread.insert($0)
    }
    // A row that is wrong is told once: where a record misses it, not where the table has another one.
    var expected: Set<UInt128> = []
    for range in intact {
      try log.scan(range) { (record) throws(LogError) in
        // Behind the range lies what cannot be read.
        let goesOn = record.position < range.upperBound
        guard record.introducedCount > 0 || record.hasKey, let copy = record.copy() else {
          return goesOn
        }
        for (key, bytes) in wanted(copy) {
          let hash = SetSum.hash(bytes, seed)
          expected.insert(hash)
          guard !rows.contains(hash), unread.insert(key).inserted else { continue }
          findings.add(
            .log(
              "The table \(index.rawValue) does not have \(index.title(key)) of event \(copy.position), or says otherwise.",
              affects: index.use))
        }
        return goesOn
      }
    }
    try forEachRow { key, value in
      guard let row = index.content(key, value), row.position <= size,
        intact.cover(row.position) || row.position == 0,
        !expected.contains(SetSum.hash(row.bytes, seed))
      else { return }
      let key = key.bytes(0..<key.byteCount)
      guard !unread.contains(key) else { return }
      findings.add(
        .log(
          "The table \(index.rawValue) has \(index.title(key)), which event \(row.position) does not bring.",
          affects: index == .keys ? "A proposal with this key would be taken for a retry." : ""))
    } damaged: { _ in
    }
  }

  /// The rows that a record needs: key and content.
  private func wanted(_ record: Recorded) -> [(key: [UInt8], content: [UInt8])] {
    switch index {
    case .names:
      record.introduced.map { name in
        (
          [UInt8(name.id.raw >> 26)] + Array(name.code.text.utf8),
          IndexRow.name(name, record.position)
        )
      }
    case .ids:
      record.introduced.map { name in
        (
          (0..<4).map { UInt8(truncatingIfNeeded: name.id.raw >> (24 - 8 * $0)) },
          IndexRow.name(name, record.position)
        )
      }
    case .keys:
      record.key.isEmpty
        ? []
        : [(Array(record.key.utf8), IndexRow.key(record.key, record.position, record.digest))]
    }
  }
}
