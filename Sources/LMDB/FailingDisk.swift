// Why: a commit that the disk fails may have taken place, and can be tried again with the same keys. A disk that fails a second time is not
// to be written to: each try may leave another page half written. What is there can still be read, and copied elsewhere.

internal import Synchronization

extension Environment {
  /// So many failures of the disk are borne.
  private static let borne = 1

  /// Takes note that a commit failed with `error`.
  func noteFailure(_ error: StoreError) {
    if error.code == .ioError { failedCommits.add(1, ordering: .relaxed) }
  }

  /// Writes nothing more to a disk that has failed twice.
  func refuseFailingDisk() throws(StoreError) {
    guard failedCommits.load(ordering: .relaxed) > Self.borne else { return }
    throw StoreError(
      .failing, "write", "The disk has failed twice at \(path); it is only read now.",
      remedy: "Nothing was written. Make a copy, check the disk, and open the books again.")
  }
}
