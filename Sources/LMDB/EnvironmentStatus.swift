// Why: `status` tells an operator how full the map is and whether a forgotten reader keeps the file growing.

internal import CLMDB

/// How an environment stands.
public struct EnvironmentStatus: Sendable, Hashable {
  /// Bytes of the memory map: what the data file may grow to before the map must grow.
  public let mapSize: Int
  /// Bytes of the file in use, free pages inside it included.
  public let usedBytes: Int
  /// Bytes of one page.
  public let pageSize: Int
  /// The number of the last committed transaction.
  public let lastTransaction: Int
  /// Read transactions that have a slot now, over all processes.
  public let readers: Int
  /// Slots there are.
  public let maximumReaders: Int
}

/// A snapshot that some process is reading.
public struct Reader: Sendable, Hashable {
  /// The process.
  public let process: Int
  /// The transaction that it sees; the further behind the last one, the more pages it holds back.
  public let transaction: Int
}

extension Environment {
  /// How the environment stands now.
  public var status: EnvironmentStatus {
    // mdb_env_info reads the heads through the map, which must not move meanwhile.
    gate.enter()
    defer { gate.leave() }
    return statusInside
  }

  /// The same, for whoever keeps the map where it is: inside a transaction, or while none can begin.
  var statusInside: EnvironmentStatus {
    var information = unsafe MDB_envinfo()
    var statistics = MDB_stat()
    // lmdb.h, mdb_env_info and mdb_env_stat: fail only on a null handle.
    unsafe mdb_env_info(raw, &information)
    unsafe mdb_env_stat(raw, &statistics)
    let page = Int(statistics.ms_psize)
    return unsafe EnvironmentStatus(
      mapSize: information.me_mapsize, usedBytes: (information.me_last_pgno + 1) * page,
      pageSize: page, lastTransaction: information.me_last_txnid,
      readers: Int(information.me_numreaders), maximumReaders: Int(information.me_maxreaders))
  }

  /// The snapshots that are being read now, by any process.
  public func readers() throws(StoreError) -> [Reader] {
    let lines = Lines()
    let context = unsafe Unmanaged.passUnretained(lines).toOpaque()
    // lmdb.h, mdb_reader_list: calls back with C strings, during the call only, passing the context through.
    let result = withExtendedLifetime(lines) {
      unsafe mdb_reader_list(
        raw,
        { text, context in
          guard let text = unsafe text, let context = unsafe context else { return 0 }
          unsafe Unmanaged<Lines>.fromOpaque(context).takeUnretainedValue().text +=
            String(cString: text)
          return 0
        }, context)
    }
    if result < 0 { throw StoreError(result, "mdb_reader_list", path: path) }
    // Each line: process, thread (hexadecimal), transaction, or "-" for a slot that reads nothing now.
    return lines.text.split(separator: "\n").compactMap { line in
      let columns = line.split(separator: " ")
      guard columns.count == 3, let process = Int(columns[0]), let transaction = Int(columns[2])
      else { return nil }
      return Reader(process: process, transaction: transaction)
    }
  }

  private final class Lines {
    var text = ""
  }
}
