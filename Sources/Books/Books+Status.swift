// Why: one look tells an operator how far the books go, how large their files are, and who reads them.

public import EventLog
internal import Events
public import LMDB
internal import Wire

/// How books stand.
public struct BooksStatus: Sendable, Hashable {
  /// A part of the books on disk.
  public struct Store: Sendable, Hashable {
    /// The directory's name: `log`, `views`.
    public var name: String
    /// Its environment.
    public var environment: EnvironmentStatus
    /// The snapshots that are being read now, by any process.
    public var readers: [HoldingReader]
  }
  /// How far the log goes.
  public var head: LogHead
  /// The identity of the books.
  public var identity: String
  /// The files; only those on this machine.
  public var stores: [Store]
  /// How far the summaries go.
  public var views: [ViewStatus]
}

extension Books {
  /// How the books stand now.
  public func status() throws(BooksError) -> BooksStatus {
    let log = log
    let head = try reading { () throws(LogError) in try log.head() }
    var stores: [BooksStatus.Store] = []
    if let log = log as? LMDBLog {
      let readers = try reading { () throws(LogError) in try log.readers() }
      stores.append(BooksStatus.Store(name: "log", environment: log.status, readers: readers))
    }
    do throws(StoreError) {
      if let environment = views.store.environment {
        stores.append(
          BooksStatus.Store(
            name: "views", environment: environment.status,
            readers: try environment.holdingReaders()))
      }
    } catch { throw BooksError(LogError(store: error)) }
    return BooksStatus(
      head: head, identity: log.identity, stores: stores, views: try viewStatus())
  }
}
