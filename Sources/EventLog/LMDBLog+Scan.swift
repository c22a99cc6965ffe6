// Why: replay reads blocks in place. Each read transaction covers a page of blocks and no more, so that no reader
// lives long enough to hold back the writer's free pages.

public import Events
internal import LMDB
internal import Proofs
internal import Wire

extension LMDBLog {
  /// Blocks read in one transaction: 4 MiB.
  private static var page: Int { 256 }

  public func scan<Failure: LogFailure>(
    _ range: ClosedRange<Position>,
    _ body: (borrowing RecordView) throws(Failure) -> Bool
  ) throws(Failure) {
    var next = max(range.lowerBound, 1)
    let tables = tables
    while next <= range.upperBound {
      let reached = try environment.read { (txn) throws(Failure) in
        try BlockScan.scan(next...range.upperBound, txn, tables, blocks: Self.page, body)
      }
      guard let reached else { return }
      next = reached
    }
  }
}

/// Walks over blocks within one transaction.
enum BlockScan {
  /// Shows the records of `range`, of at most `blocks` blocks; the position at which to go on, `nil` when there is
  /// nothing more to show.
  @discardableResult
  static func scan<Failure: LogFailure>(
    _ range: ClosedRange<Position>, _ txn: borrowing some Transaction & ~Copyable,
    _ tables: LogTables, blocks: Int = .max,
    _ body: (borrowing RecordView) throws(Failure) -> Bool
  ) throws(Failure) -> Position? {
    var cursor: Cursor
    do throws(StoreError) { cursor = try txn.cursor(over: tables.blocks) } catch {
      throw Failure(store: error)
    }
    var next = range.lowerBound
    var left = blocks
    var isFirst = true
    while left > 0 {
      let entry: Entry?
      do throws(StoreError) {
        entry = isFirst ? try cursor.seek(atMost: next) : try cursor.next()
      } catch { throw Failure(store: error) }
      guard let entry else {
        do throws(LogError) { try confirmEnd(at: next, txn, tables) } catch {
          throw Failure(log: error)
        }
        return nil
      }
      left -= 1
      guard var position = BlockKey.first(entry.key) else { throw Failure(log: BlockKey.damaged) }
      // Blocks follow one another without gaps: where there is one, LMDB has passed over a block whose key was changed.
      guard isFirst ? position <= next : position == next else {
        throw Failure(log: .damaged("The record at position \(next)"))
      }
      isFirst = false
      if position > range.upperBound { return nil }
      var isDone = false
      position = try RecordBlock.walk(
        entry.value, from: position,
        damaged: { Failure(log: .damaged("The record at position \($0)")) }
      ) { (record) throws(Failure) in
        isDone = record.position > range.upperBound
        if !isDone, record.position >= next { isDone = try !body(record) }
        return !isDone
      }
      if isDone { return nil }
      next = max(next, position)
    }
    return next
  }

  /// Makes sure that the log ends before `position`: its head says how far it goes.
  private static func confirmEnd(
    at position: Position, _ txn: borrowing some Transaction & ~Copyable, _ tables: LogTables
  ) throws(LogError) {
    guard let head = try HeadRow.read(txn, tables), position > head.tree.size else {
      throw LogError.damaged("The record at position \(position)")
    }
  }
}
