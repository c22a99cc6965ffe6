// Why: an operator asks how full the file is, and who still reads an old state of it.

public import LMDB

extension LMDBLog {
  /// How the log's environment stands now.
  public var status: EnvironmentStatus { environment.status }

  /// The snapshots that are being read now, by any process.
  public func readers() throws(LogError) -> [HoldingReader] {
    try store { () throws(StoreError) in try environment.holdingReaders() }
  }
}
