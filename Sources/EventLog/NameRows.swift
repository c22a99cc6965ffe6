// Why: names and idempotency keys are looked up by what people write; the rows are derived from the records and can be
// checked against them.

internal import Events
internal import LMDB
internal import Ledger
internal import Wire

/// Rows of the tables `names`, `ids` and `counts`.
enum NameRows {
  /// Kind u8, then the code's UTF-8.
  private static func key(_ kind: NameKind, _ code: Code) -> [UInt8] {
    [kind.rawValue] + Array(code.text.utf8)
  }

  static func write(
    _ name: Introduced, _ position: Position, _ txn: inout WriteTransaction, _ tables: LogTables
  ) throws(LogError) {
    guard let kind = name.id.kind else { return }
    var row: [UInt8] = []
    row.append(littleEndian: name.id.raw)
    row.append(littleEndian: position)
    var back: [UInt8] = []
    back.append(littleEndian: position)
    back += Array(name.code.text.utf8)
    do throws(StoreError) {
      try txn.put(key(kind, name.code), row.raw, in: tables.names, .insert)
      try txn.put(name.id.raw, back.raw, in: tables.ids, .insert)
    } catch {
      if error.code == .keyExists {
        throw LogError(
          .invalidFrame, "The name \(name.code) exists already.",
          remedy: "This is a fault of the program that laid the record out; nothing was recorded.")
      }
      throw LogError(store: error)
    }
  }

  static func find(
    _ kind: NameKind, _ code: Code, _ txn: borrowing some Transaction & ~Copyable,
    _ tables: LogTables
  ) throws(LogError) -> KnownName? {
    let row: RawSpan?
    do throws(StoreError) { row = try txn.get(key(kind, code), in: tables.names) } catch {
      throw LogError(store: error)
    }
    guard let row else { return nil }
    guard row.byteCount == 12 else { throw LogError.damaged("The name \(code)") }
    return KnownName(
      id: NameID(raw: row.load(0, as: UInt32.self)), code: code,
      since: row.load(4, as: UInt64.self))
  }

  static func find(
    _ id: NameID, _ txn: borrowing some Transaction & ~Copyable, _ tables: LogTables
  ) throws(LogError) -> KnownName? {
    let row: RawSpan?
    do throws(StoreError) { row = try txn.get(id.raw, in: tables.ids) } catch {
      throw LogError(store: error)
    }
    guard let row else { return nil }
    guard row.byteCount > 8 else { throw LogError.damaged("The name numbered \(id.raw)") }
    let text = String(decoding: row.bytes(8..<row.byteCount), as: UTF8.self)
    do throws(WireError) {
      return KnownName(id: id, code: try Code(text), since: row.load(0, as: UInt64.self))
    } catch { throw LogError.damaged("The name numbered \(id.raw)") }
  }

  static func count(
    of kind: NameKind, _ txn: borrowing some Transaction & ~Copyable, _ tables: LogTables
  ) throws(LogError) -> UInt32 {
    let row: RawSpan?
    do throws(StoreError) { row = try txn.get([kind.rawValue], in: tables.counts) } catch {
      throw LogError(store: error)
    }
    guard let row else { return 0 }
    guard row.byteCount == 4, row.load(0, as: UInt32.self) <= NameID.maximumSequence else {
      throw LogError.damaged("The count of \(kind.label)s")
    }
    return row.load(0, as: UInt32.self)
  }
}

/// Rows of the table `keys`.
enum KeyRows {
  /// Writes a key's row; false when the key has been used.
  static func write(
    _ key: String, _ used: UsedKey, _ txn: inout WriteTransaction, _ tables: LogTables
  ) throws(LogError) -> Bool {
    var row: [UInt8] = []
    row.append(littleEndian: used.position)
    row.append(littleEndian: used.digest.words.0)
    row.append(littleEndian: used.digest.words.1)
    do throws(StoreError) {
      try txn.put(key, row.raw, in: tables.keys, .insert)
      return true
    } catch {
      if error.code == .keyExists { return false }
      throw LogError(store: error)
    }
  }

  static func find(
    _ key: String, _ txn: borrowing some Transaction & ~Copyable, _ tables: LogTables
  ) throws(LogError) -> UsedKey? {
    let row: RawSpan?
    do throws(StoreError) { row = try txn.get(key, in: tables.keys) } catch {
      throw LogError(store: error)
    }
    guard let row else { return nil }
    guard row.byteCount == 24 else { throw LogError.damaged("The key \"\(key)\"") }
    return UsedKey(
      position: row.load(0, as: UInt64.self),
      digest: ContentDigest(row.load(8, as: UInt64.self), row.load(16, as: UInt64.self)))
  }
}
