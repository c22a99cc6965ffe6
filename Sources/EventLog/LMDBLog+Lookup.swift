// Why: single look-ups, each in a read transaction of its own.

public import Events
internal import LMDB
public import Ledger
public import Proofs
public import Wire

extension LMDBLog {
  public func name(_ kind: NameKind, _ code: Code) throws(LogError) -> KnownName? {
    let tables = tables
    return try environment.read { (txn) throws(LogError) in
      try NameRows.find(kind, code, txn, tables)
    }
  }

  public func name(_ id: NameID) throws(LogError) -> KnownName? {
    let tables = tables
    return try environment.read { (txn) throws(LogError) in try NameRows.find(id, txn, tables) }
  }

  public func count(of kind: NameKind) throws(LogError) -> UInt32 {
    let tables = tables
    return try environment.read { (txn) throws(LogError) in
      try NameRows.count(of: kind, txn, tables)
    }
  }

  public func use(of key: String) throws(LogError) -> UsedKey? {
    if key.isEmpty { return nil }
    let tables = tables
    return try environment.read { (txn) throws(LogError) in try KeyRows.find(key, txn, tables) }
  }

  /// From the stored tiles, and the leaves behind the last full one.
  public func root(at size: Position) throws(LogError) -> MerkleHash {
    let head = try head()
    if size == head.size { return head.root }
    guard size < head.size else {
      throw LogError(
        .conflict(actual: head.size), "The log has \(head.size) events, so no root at \(size).",
        remedy: "Ask for the root at 0 to \(head.size).")
    }
    let tables = tables
    return try environment.read { (txn) throws(LogError) in
      try TreeRoots.root(size, txn, tables)
    }
  }
}

extension LMDBLog {
  /// From the stored tiles, and at the right edge of level 0 from the records.
  public func tile(
    _ level: Int, _ index: UInt64, width: Int
  ) throws(LogError) -> [MerkleHash] {
    let tables = tables
    return try environment.read { (txn) throws(LogError) in
      var hashes = try TileLayout.hashes(level, index, txn, tables)
      if level == 0, hashes.isEmpty, width > 0 {
        let first = index * UInt64(TileLayout.width) + 1
        try BlockScan.scan(first...first + UInt64(width) - 1, txn, tables) {
          (record) throws(LogError) in
          hashes.append(.leaf(record.bytes))
          return true
        }
      }
      guard hashes.count >= width else { throw LogError.damaged("Tile \(level)/\(index)") }
      return Array(hashes.prefix(width))
    }
  }
}

extension EventLog {
  /// The record at `position`; `nil` when there is none such.
  public func record(at position: Position) throws(LogError) -> Recorded? {
    if position == 0 { return nil }
    var found: Recorded?
    try scan(position...position) { (record) throws(LogError) in
      found = try record.whole(or: LogError.self)
      return false
    }
    return found
  }

  /// Shows the records at rising `positions`, in order.
  public func forEachRecord<Failure: LogFailure>(
    at positions: [Position], _ body: (Recorded) throws(Failure) -> Void
  ) throws(Failure) {
    for run in positions.runs() {
      guard let first = run.first, let last = run.last else { continue }
      var rest = run
      try scan(first...last) { (record) throws(Failure) in
        guard record.position == rest.first else { return true }
        rest.removeFirst()
        try body(try record.whole(or: Failure.self))
        return true
      }
    }
  }

  /// Shows copies of the records of `range` that are wanted, a page of `size` positions at a time. Nothing of the log is held while `body`
  /// looks at a page.
  package func forEachPage<Failure: LogFailure>(
    of range: Range<Position>, size: Position,
    where isWanted: (borrowing RecordView) -> Bool = { _ in true },
    _ body: (_ last: Position, _ events: [Recorded]) throws(Failure) -> Void
  ) throws(Failure) {
    var next = range.lowerBound
    while next < range.upperBound {
      let last = min(range.upperBound - 1, next + size - 1)
      var events: [Recorded] = []
      try scan(next...last) { (record) throws(Failure) in
        if isWanted(record) { events.append(try record.whole(or: Failure.self)) }
        return true
      }
      try body(last, events)
      next = last + 1
    }
  }

  /// The name numbered `id`, which the log must have.
  package func known(_ id: NameID) throws(LogError) -> KnownName {
    if let name = try name(id) { return name }
    throw LogError.damaged("The name of the \(id.kind?.label ?? "name") number \(id.sequence)")
  }

  /// How many names of `kind` the first `position` records bring.
  package func count(of kind: NameKind, knownAt position: Position) throws(LogError) -> UInt32 {
    var low: UInt32 = 0
    var high = try count(of: kind)
    while low < high {
      let middle = (low + high + 1) / 2
      if try known(NameID(kind, middle)).since <= position {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return low
  }

  /// The last position that was learned at or before `moment`; 0 when there is none.
  public func position(at moment: Instant) throws(LogError) -> Position {
    var low: Position = 0
    var high = try head().size
    while low < high {
      let middle = (low + high + 1) / 2
      var at = Instant(microseconds: .max)
      try scan(middle...middle) { (record) throws(LogError) in
        at = record.at
        return false
      }
      if at <= moment { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

extension RecordView {
  /// A copy of everything the record says, which is never left out in silence.
  fileprivate func whole<Failure: LogFailure>(or _: Failure.Type) throws(Failure) -> Recorded {
    guard let record = copy() else {
      throw Failure(log: .damaged("The record at position \(position)"))
    }
    return record
  }
}
