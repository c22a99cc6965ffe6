// Why: pages that a snapshot still sees cannot be used again, so one reader that somebody forgot makes the file grow with every commit:
// 5.3 MB became 263.7 MB within 4,000. Growth has an end here: beyond it nothing is written until the reader, which is named, is gone.

internal import CLMDB
internal import Synchronization

extension Environment {
  /// How far the file may grow before it is looked again who holds pages back.
  private static var stride: Int { 16 << 20 }

  /// Refuses to write when a snapshot of some process holds back more than ``heldBackLimit`` bytes, and more than all data takes.
  ///
  /// Called by the one writer; most calls only compare two numbers.
  func refuseForgottenReader() throws(StoreError) {
    let state = status
    let looked = lookAgainAt.load(ordering: .relaxed)
    if state.usedBytes < looked { return }
    // lmdb.h, mdb_reader_check: a process that died holds nothing back.
    try check(unsafe mdb_reader_check(raw, nil), "mdb_reader_check", path: path)
    let oldest = try readers().min { $0.transaction < $1.transaction }
    if let oldest, oldest.transaction < state.lastTransaction {
      let held = try heldBack(by: UInt64(oldest.transaction))
      if held.bytes > max(heldBackLimit, state.usedBytes - held.free) {
        throw StoreError(
          .heldBack, "write",
          "Process \(oldest.process) has been reading \(path) as it was "
            + "\(state.lastTransaction - oldest.transaction) commits ago; \(held.bytes >> 20) MiB cannot be used again because of it.",
          remedy: "Nothing was written. Let the process finish or end it, and try again.")
      }
    }
    // At first the size of the file itself is looked at, not its growth: whoever opens it may find a forgotten reader there.
    lookAgainAt.store(state.usedBytes + min(Self.stride, heldBackLimit), ordering: .relaxed)
  }

  /// Bytes of pages that are free but for a snapshot of `transaction`, and bytes of all free pages.
  private func heldBack(by transaction: UInt64) throws(StoreError) -> (bytes: Int, free: Int) {
    let file = try DataFile(path: "\(path)/data.mdb")
    let head = try file.stableHeads().newest
    let free = file.freePages(head.pageSize, try file.present(head.pageSize))
    var (held, all) = (0, 0)
    // What cannot be read holds nothing back: a check of the file tells what is wrong with it.
    _ = free.forEachList(head.freeRoot) { freedBy, pages in
      all += pages.count
      if freedBy >= transaction { held += pages.count }
    }
    return (held * head.pageSize, all * head.pageSize)
  }

  /// The snapshots that are being read now, by any process, with what they cost.
  public func holdingReaders() throws(StoreError) -> [HoldingReader] {
    try readers().map { (reader) throws(StoreError) in
      HoldingReader(
        reader: reader, heldBack: try heldBack(by: UInt64(reader.transaction)).bytes)
    }
  }
}

/// A snapshot that some process is reading, with what it costs.
public struct HoldingReader: Sendable, Hashable {
  /// Who reads what.
  public let reader: Reader
  /// Bytes of pages that cannot be used again because of it.
  public let heldBack: Int
}
