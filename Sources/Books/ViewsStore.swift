// Why: summaries lie in an environment of their own, which anybody may delete: the log does not need it.

internal import EventLog
internal import Events
internal import LMDB
internal import Summaries
internal import Wire

/// The environment `views/`: summaries by name space, level and index. Or none, where it cannot be opened: then the log is asked.
final class ViewsStore: SummarySource, Sendable {
  private let tables: Tables?
  /// `nil` when there is none.
  var environment: Environment? { tables?.environment }

  private struct Tables {
    let environment: Environment
    let summaries: Table
    let coverage: Table
  }

  /// Opens the environment, which is made when it is absent unless `readOnly`.
  init(at path: String, readOnly: Bool) throws(StoreError) {
    let environment = try Environment(
      path: path, tables: ["summaries", "coverage"], mode: readOnly ? .readOnly : .create)
    tables = Tables(
      environment: environment, summaries: try environment.table("summaries"),
      coverage: try environment.table("coverage"))
  }

  /// No summaries at all, and no place for any.
  init() { tables = nil }

  /// What the keys of a summary's parts begin with: name space, 0, level u8, index u64, the highest byte first.
  private static func key(_ namespace: String, _ range: SummaryRange) -> [UInt8] {
    var key = Array(namespace.utf8)
    key.append(0)
    key.append(UInt8(range.level))
    key.append(littleEndian: UInt64(range.index).bigEndian)
    return key
  }

  /// The key of a part: that, and the part as u8, or 255 and the part as u32, the highest byte first.
  private static func key(
    _ namespace: String, _ range: SummaryRange, _ part: Int
  ) -> [UInt8] {
    var key = key(namespace, range)
    key.append(UInt8(min(part, 255)))
    if part >= 255 { key.append(littleEndian: UInt32(part).bigEndian) }
    return key
  }

  func get<Answer>(
    _ namespace: String, _ range: SummaryRange, part: Int,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer? {
    guard let tables else { return nil }
    let key = Self.key(namespace, range, part)
    return try tables.environment.read { (txn) throws(SummaryError) in
      let bytes: RawSpan?
      do throws(StoreError) { bytes = try txn.get(key, in: tables.summaries) } catch {
        throw SummaryError(store: error)
      }
      guard let bytes else { return nil }
      return try body(bytes)
    }
  }

  /// Shows the bytes of every part of a summary, in order.
  func forEachPart(
    _ namespace: String, _ range: SummaryRange, _ body: ([UInt8]) -> Void
  ) throws(SummaryError) {
    guard let tables else { return }
    let first = Self.key(namespace, range)
    try tables.environment.read { (txn) throws(SummaryError) in
      do throws(StoreError) {
        var cursor = try txn.cursor(over: tables.summaries)
        var entry = try cursor.seek(atLeast: first)
        while let part = entry, part.key.byteCount > first.count,
          part.key.bytes(0..<first.count) == first
        {
          body(part.value.bytes(0..<part.value.byteCount))
          entry = try cursor.next()
        }
      } catch { throw SummaryError(store: error) }
    }
  }

  /// What the key of a part says; `nil` when it is none.
  private static func place(
    _ key: [UInt8]
  ) -> (namespace: String, range: SummaryRange, part: Int)? {
    guard let end = key.firstIndex(of: 0), key.count >= end + 11,
      key.count == end + (key[end + 10] == 255 ? 15 : 11),
      let index = Int(
        exactly: key[(end + 2)..<(end + 10)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    else { return nil }
    let namespace = String(decoding: key[..<end], as: UTF8.self)
    let part = key[end + 10] == 255 ? key[(end + 11)...] : key[(end + 10)...]
    return (
      namespace, SummaryRange(level: Int(key[end + 1]), index: index),
      part.reduce(0) { $0 << 8 | Int($1) }
    )
  }

  /// Shows where each stored part belongs, once its checksum was found right; `nil` for a row that is none. Of damaged rows too, and
  /// says so.
  func forEachPlace(
    _ body: (_ place: (namespace: String, range: SummaryRange, part: Int)?, _ isDamaged: Bool) ->
      Void
  ) throws(StoreError) {
    guard let tables else { return }
    try tables.environment.forEachRow(of: tables.summaries) { key, _ in
      body(Self.place(key.bytes(0..<key.byteCount)), false)
    } damaged: {
      body(Self.place($0), true)
    }
  }

  /// What a row of the table `coverage` says.
  enum CoverageRow: Hashable {
    case of(Coverage)
    /// The row is laid out as another version did, or as none did.
    case unknown
    case damaged
  }

  /// How far each name space is said to go.
  func coverages() throws(StoreError) -> [String: CoverageRow] {
    var found: [String: CoverageRow] = [:]
    guard let tables else { return found }
    try tables.environment.forEachRow(of: tables.coverage) { key, value in
      let namespace = String(decoding: key.bytes(0..<key.byteCount), as: UTF8.self)
      found[namespace] = Coverage(value).map { .of($0) } ?? .unknown
    } damaged: {
      found[String(decoding: $0, as: UTF8.self)] = .damaged
    }
    return found
  }

  /// The last position through which `namespace` has every complete range.
  func covered(_ namespace: String) throws(SummaryError) -> Position {
    guard let tables else { return 0 }
    return try tables.environment.read { (txn) throws(SummaryError) in
      let bytes: RawSpan?
      do throws(StoreError) { bytes = try txn.get(namespace, in: tables.coverage) } catch {
        throw SummaryError(store: error)
      }
      guard let bytes, let coverage = Coverage(bytes) else { return 0 }
      return coverage.position
    }
  }

  /// Writes summaries and how far each name space now goes, in one transaction.
  /// - Parameters:
  ///   - start: how far they went when the build began. Where that is no longer so, another process has deleted them or built on them
  ///     meanwhile, and knows how far they go.
  ///   - ranges: what must be there then. (Also at the beginning of the log another process may have deleted some.)
  func write(
    _ new: [PendingSummaries<ViewsStore>.Summary], covering: [String: Coverage],
    from start: Position, _ ranges: [SummaryRange]
  ) throws(SummaryError) {
    guard let tables else { return }
    let bytes = new.reduce(0) { $1.parts.reduce($0) { $0 + $1.count } }
    try tables.environment.write(reserving: bytes * 2 + 64 << 20) { (txn) throws(SummaryError) in
      do throws(StoreError) {
        for summary in new {
          for (part, bytes) in summary.parts.enumerated() where !bytes.isEmpty {
            let key = Self.key(summary.namespace, summary.range, part)
            try txn.put(key, bytes.raw, in: tables.summaries)
          }
        }
        for (namespace, covered) in covering {
          var known: Position = 0
          if let row = try txn.get(namespace, in: tables.coverage), let coverage = Coverage(row) {
            known = coverage.position
          }
          guard known == start, try Self.has(ranges, of: namespace, txn, tables) else { continue }
          try txn.put(namespace, covered.bytes, in: tables.coverage)
        }
      } catch { throw SummaryError(store: error) }
    }
  }

  /// Whether the first part of each summary is there, which none lacks.
  private static func has(
    _ ranges: [SummaryRange], of namespace: String, _ txn: borrowing WriteTransaction,
    _ tables: Tables
  ) throws(StoreError) -> Bool {
    for range in ranges where try txn.get(key(namespace, range, 0), in: tables.summaries) == nil {
      return false
    }
    return true
  }

  /// Deletes every summary of `namespace`.
  func delete(_ namespace: String) throws(SummaryError) {
    guard let tables else { return }
    try tables.environment.write { (txn) throws(SummaryError) in
      do throws(StoreError) {
        let first = Array(namespace.utf8) + [0]
        let last = Array(namespace.utf8) + [1]
        _ = try txn.delete(from: first, upTo: last, in: tables.summaries)
        _ = try txn.delete(namespace, in: tables.coverage)
      } catch { throw SummaryError(store: error) }
    }
  }

  /// Deletes every summary.
  func deleteAll() throws(SummaryError) {
    guard let tables else { return }
    try tables.environment.write { (txn) throws(SummaryError) in
      do throws(StoreError) {
        for table in [tables.summaries, tables.coverage] { try txn.empty(table) }
      } catch {
        throw SummaryError(store: error)
      }
    }
  }
}
