// Why: the order in which a log is checked: first the records, on all cores, then what must follow from them.

internal import Dispatch
internal import Events
internal import LMDB
internal import Ledger
internal import Proofs
internal import Synchronization
internal import Wire

/// The steps of a verification.
struct Verifier {
  /// How many of the last records a quick check reads.
  private static let quickRecords: UInt64 = 1_024
  /// Positions that one core walks over at a time: 64 tiles.
  private static let span: UInt64 = 16_384

  var result: Verification
  let log: LMDBLog
  let row: HeadRow
  /// Tables with damaged pages, on which LMDB may crash.
  let unreadable: Set<String>
  let findings: Findings
  /// What is wrong if nobody has recorded anything meanwhile: of some tables only the newest state can be read.
  var ifStill: [Fault] = []
  let observer: any VerificationObserver
  let seed = UInt64.random(in: .min ... .max)

  init(
    _ log: LMDBLog, _ row: HeadRow, unreadable: Set<String>, _ findings: Findings,
    _ observer: any VerificationObserver
  ) {
    self.unreadable = unreadable
    self.log = log
    self.row = row
    self.findings = findings
    self.observer = observer
    result = Verification(head: row.head)
  }

  var size: Position { row.tree.size }
  var readsTiles: Bool { !unreadable.contains("tiles") }
  var indexes: [Index] { Index.allCases.filter { !unreadable.contains($0.rawValue) } }

  /// The head, the tiles' root, the last records.
  mutating func checkEnd() throws(LogError) {
    var isWhole = true
    if size > 0 {
      let first = size - min(size, Self.quickRecords) + 1
      var walk = BlockCheck(
        first...size, of: size, hashesLeaves: false, readsTiles: false, seed: seed, findings)
      try findings.reading(Text.events(first...size)) { () throws(LogError) in try walk.run(log) }
      result.records = walk.contents.records
      result.blocks = walk.contents.blocks
      isWhole = walk.contents.isWhole
      checkLast(walk.contents)
      checkBehind(walk.contents, [:])
    }
    do throws(LogError) { try checkRootOfTiles() } catch {
      // Where the last events cannot be read, which has been told, there is no root.
      if isWhole || !error.isDamage { throw error }
    }
    try tellIfStill()
    observer.progressed(1, of: 1)
  }

  private func checkRootOfTiles() throws(LogError) {
    let root = try findings.reading("the tiles of the tree") { () throws(LogError) in
      try log.rootOfTiles(at: size)
    }
    if root != row.root { findings.add(.log("The tiles give another root than the head says.")) }
  }

  /// Everything.
  mutating func checkAll(_ sizes: Set<Position>) throws(LogError) {
    // Which events cannot be found then has been told with the page.
    if unreadable.contains(LogTables.blocksName) { return }
    var walks: [BlockCheck] = []
    var first: Position = 1
    while first <= size {
      let last = min(size, first + Self.span - 1)
      walks.append(
        BlockCheck(
          first...last, of: size, hashesLeaves: true, readsTiles: readsTiles, seed: seed, findings))
      first = last + 1
    }
    let (contents, lost, sums) = try walk(walks)
    result.records = contents.records
    result.blocks = contents.blocks
    checkLast(contents)
    try checkTree(contents, sizes)
    try checkIndexes(contents, lost, sums)
    try checkCounts(contents)
    try checkRows(contents)
    checkBehind(contents, sums)
    try checkTables()
    if !lost.isEmpty { try nameWhatIsLost(lost) }
    try tellIfStill()
  }

  private func tellIfStill() throws(LogError) {
    if try log.head().size == size { for fault in ifStill { findings.add(fault) } }
  }

  /// Walks over all ranges and sums up all indexes, on all cores.
  private func walk(
    _ walks: [BlockCheck]
  ) throws(LogError) -> (
    RangeContents, [ClosedRange<Position>], [Index: IndexSum]
  ) {
    let (log, size, seed, findings, observer) = (log, size, seed, findings, observer)
    let state = Mutex(
      (
        done: UInt64(0), walks: [BlockCheck?](repeating: nil, count: walks.count),
        sums: [Index: IndexSum](),
        failure: LogError?.none
      ))
    let indexes = indexes
    DispatchQueue.concurrentPerform(iterations: indexes.count + walks.count) { number in
      do throws(LogError) {
        if number < indexes.count {
          let check = IndexCheck(indexes[number], log, size, seed, findings)
          let found = try findings.reading("the table \(indexes[number].rawValue)") {
            () throws(LogError) in
            try check.sum()
          }
          state.withLock { $0.sums[indexes[number]] = found }
          return
        }
        let place = number - indexes.count
        let first = UInt64(place) * Self.span + 1
        let range = first...min(size, first + Self.span - 1)
        var walk = walks[place]
        try findings.reading(Text.events(range)) { () throws(LogError) in try walk.run(log) }
        let (finished, count) = (walk, UInt64(range.count))
        let done = state.withLock { state in
          state.walks[place] = finished
          state.done += count
          return state.done
        }
        observer.progressed(done, of: size)
      } catch { state.withLock { $0.failure = error } }
    }
    let (finished, sums, failure) = state.withLock { ($0.walks, $0.sums, $0.failure) }
    if let failure { throw failure }
    var contents = RangeContents(seed: seed)
    var lost: [ClosedRange<Position>] = []
    for case let walk? in finished {
      for fault in contents.append(walk.contents) { findings.add(.log(fault)) }
      lost += walk.lost
    }
    return (contents, lost, sums)
  }

  /// The head must say what the last record says.
  private func checkLast(_ contents: RangeContents) {
    guard let at = contents.lastAt, contents.isWhole, at != row.at else { return }
    findings.add(
      .log("The head says that the last event was learned at \(row.at), the event says \(at)."))
  }

  private mutating func checkTree(
    _ contents: RangeContents, _ sizes: Set<Position>
  ) throws(LogError) {
    guard !contents.hasUnknownLeaves,
      contents.isWhole || contents.tail.count == Int(size % UInt64(TileLayout.width))
    else {
      return findings.add(
        .log(
          "The root cannot be worked out: no tile has the hashes of the events that cannot be read."
        ))
    }
    let check = TreeCheck(tiles: contents.tiles, tail: contents.tail, size: size)
    let tree = check.tree
    if tree.root != row.root {
      findings.add(
        .log(
          "The records give the root \(tree.root), the head says \(row.root).",
          affects: "At least one event is not what was recorded, or the head is not its own."))
    } else if tree.peaks != row.tree.peaks {
      findings.add(.log("The head has other subtrees than the records give."))
    }
    if readsTiles {
      ifStill += try findings.reading("the tiles of the tree") { () throws(LogError) in
        try check.checkTiles(log, findings)
      }
    }
    for size in sizes where size <= self.size {
      // Where the last events of a size cannot be read, which has been told, there is no root of it.
      do throws(LogError) { result.roots[size] = try check.root(at: size, in: log) } catch {
        guard error.isDamage else { throw error }
      }
    }
  }
}
