// A directory for each test, gone when the test is; and small helpers.

import Foundation
import LMDB

/// A fresh directory, deleted with the value.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "lmdb-\(UUID())"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The data file of the environment in the directory.
  var dataFile: URL { URL(fileURLWithPath: path + "/data.mdb") }

  /// The environment in it, with the tables "log" and "names".
  func open(_ mode: OpenMode = .create, mapSize: Int = 1 << 24) throws(StoreError) -> Environment {
    try Environment(path: path, mapSize: mapSize, tables: ["log", "names"], mode: mode)
  }
}

extension Environment {
  /// The number of keys in the table called `name`.
  func count(_ name: String) throws(StoreError) -> Int {
    let table = try table(name)
    return try read { (txn) throws(StoreError) in try txn.statistics(of: table).entries }
  }

  /// Writes `value` under each of `keys` of the table "log".
  func fill(_ keys: [UInt64], with value: [UInt8] = [7]) throws(StoreError) {
    let log = try table("log")
    try write { (txn) throws(StoreError) in
      for key in keys { try txn.put(key, value, in: log) }
    }
  }

  /// A copy of the value under `key`.
  func copy(_ key: UInt64, _ table: Table) throws(StoreError) -> [UInt8]? {
    try read { (txn) throws(StoreError) in bytes(try txn.get(key, in: table)) }
  }

  /// The keys of the table "log", in order.
  func keys() throws(StoreError) -> [UInt64] {
    let log = try table("log")
    return try read { (txn) throws(StoreError) in
      var keys: [UInt64] = []
      var cursor = try txn.cursor(over: log)
      while let entry = try cursor.next() { keys.append(entry.key.keyPart()) }
      return keys
    }
  }
}

/// A copy of the bytes.
func bytes(_ span: RawSpan?) -> [UInt8]? {
  guard let span else { return nil }
  return unsafe span.withUnsafeBytes { unsafe [UInt8]($0) }
}

/// The number that is the key of `entry`.
func number(_ entry: Entry?) -> UInt64? {
  guard let entry else { return nil }
  return entry.key.keyPart()
}

/// An error that a body may throw, and that can carry the store's.
struct Refused: StoreFailure, Equatable {
  init() {}
  init(store: StoreError) {}
}

/// The error with this code; two errors are equal when their codes are.
func error(_ code: StoreError.Code) -> StoreError { StoreError(code, "", "", remedy: "") }

extension Data {
  /// The u16 at `offset`, the lowest byte first.
  func u16(at offset: Int) -> Int { Int(self[offset]) | Int(self[offset + 1]) << 8 }
}
