// Why: the search goes from what is surest to what is not: values that a page's own node names; blocks whose node is lost, which say
// themselves where they belong; and single records of broken blocks, each of which the tree must know.

internal import Events
internal import LMDB
internal import Ledger
internal import Proofs
internal import Wire

extension LogRemains {
  /// Looks for everything that is left of the log whose data file is at `path`. The file is only read.
  /// - Parameters:
  ///   - path: the data file's.
  ///   - progress: is told how many of how many pages are done.
  /// - Throws: ``LogError`` when the file cannot be read at all.
  public static func search(
    _ path: String, progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws(LogError) -> LogRemains {
    let file = try store { () throws(StoreError) in
      try FileRemains(path: path, tables: LogTables.names)
    }
    let remains = LogRemains(file)
    var found = Found()
    file.forEachValue(progress: progress) { remains.take($0, $1, &found) }
    remains.settleHead(found.heads, isLive: found.hasLiveHead)
    file.forEachRest { remains.takeBlock(on: $0, &found) }
    remains.choose(found.runs, lastTold: found.lastTold)
    remains.findTiles()
    remains.readRecords()
    remains.findSingleRecords()
    remains.proveTail()
    remains.keepOneHistory()
    return remains
  }

  /// What the first look finds.
  private struct Found {
    var runs: [Run] = []
    var heads: [HeadRow] = []
    var hasLiveHead = false
    /// The last position of which a row of a name or of a key speaks.
    var lastTold: Position = 0
  }

  private func take(_ value: FoundValue, _ bytes: [UInt8], _ found: inout Found) {
    let content = Array(bytes.prefix(value.count))
    switch value.table {
    case LogTables.blocksName:
      if value.key.count == 8,
        let run = run(content, value.key.raw.keyPart(), value.offset, value.isLive)
      {
        found.runs.append(run)
      }
    case "head":
      guard let row = try? HeadRow(content.raw), row.isWhole, row.tree.size <= most else {
        return
      }
      if value.isLive {
        found.heads = [row]
        found.hasLiveHead = true
      } else if !found.hasLiveHead || !file.hasBothHeads {
        found.heads.append(row)
      }
    case "tiles":
      guard value.key.count == 9, value.count % MerkleHash.byteCount == 0 else { return }
      let place = TilePlace(level: Int(value.key[0]), index: value.key.raw.keyPart(1))
      if let known = tiles[place], known.isLive || known.count >= value.count { return }
      tiles[place] = value
    case "ids":
      guard value.key.count == 4, content.count > 8 else { return }
      takeName(
        NameID(raw: value.key.raw.keyPart()), content[8...],
        since: content.raw.load(0, as: UInt64.self), value.isLive, &found)
    case "names":
      guard value.key.count > 1, content.count == 12 else { return }
      takeName(
        NameID(raw: content.raw.load(0, as: UInt32.self)), value.key[1...],
        since: content.raw.load(4, as: UInt64.self), value.isLive, &found)
    case "keys":
      guard content.count == 24 else { return }
      let position: Position = content.raw.load(0, as: UInt64.self)
      guard position <= most, value.isLive || keys[position] == nil else { return }
      keys[position] = String(decoding: value.key, as: UTF8.self)
      found.lastTold = max(found.lastTold, position)
    default: break
    }
  }

  private func takeName(
    _ id: NameID, _ code: ArraySlice<UInt8>, since: Position, _ isLive: Bool, _ found: inout Found
  ) {
    // The newest head's own come first; what only an older state has, or one that was never committed, adds to them.
    guard since <= most, isLive || names[id] == nil,
      let code = try? Code(String(decoding: code, as: UTF8.self))
    else { return }
    names[id] = KnownName(id: id, code: code, since: since)
    found.lastTold = max(found.lastTold, since)
  }

  /// The records that fill `bytes` exactly, from position `first` on.
  private func run(
    _ bytes: [UInt8], _ first: Position, _ offset: Int, _ isLive: Bool
  ) -> Run? {
    guard first >= 1, first <= most else { return nil }
    var (place, position) = (0, first)
    while place < bytes.count {
      guard let record = RecordView(in: bytes.raw, at: place), record.position == position else {
        return nil
      }
      place += record.length
      position += 1
    }
    guard position > first else { return nil }
    return Run(
      positions: first...position - 1, offset: offset, count: bytes.count, isLive: isLive)
  }

  private func settleHead(_ heads: [HeadRow], isLive: Bool) {
    let newest = heads.max { $0.tree.size < $1.tree.size }
    identity = newest.map { Identity.text($0.identity) }
    head = newest?.head
    isHeadCertain = isLive && file.hasBothHeads
    peaks = newest?.tree.peaks ?? []
  }

  /// A block that begins on page `number`, though no node says so any more: its checksum does.
  private func takeBlock(on number: UInt64, _ found: inout Found) {
    let offset = file.content(of: number)
    guard let header = file.bytes(at: offset, count: RecordLayout.header) else { return }
    let length = Int(header.raw.load(RecordLayout.length, as: UInt32.self))
    guard length >= RecordLayout.header, length <= RecordLayout.maximumLength,
      header[RecordLayout.layout] == RecordLayout.version
    else { return }
    let room = max(length, LMDBLog.maximumBlock) + 8
    guard file.mayTry(room), let bytes = longest(at: offset, atMost: room) else { return }
    let first: Position = bytes.raw.load(RecordLayout.position, as: UInt64.self)
    guard first <= most else { return }
    var ends: [Int] = []
    var end = 0
    while let record = RecordView(in: bytes.raw, at: end),
      record.position == first + UInt64(ends.count)
    {
      end += record.length
      ends.append(end)
    }
    for end in ends.reversed() where end + 8 <= bytes.count {
      let stored = bytes.raw.extracting(0..<end + 8)
      guard FileRemains.isWhole(stored, under: first, in: LogTables.blocksName) else { continue }
      guard let run = run(Array(bytes.prefix(end)), first, offset, false) else { return }
      file.claim(number, end + 8)
      return found.runs.append(run)
    }
  }

  /// The bytes from `offset`, as many as there are up to `most`.
  func longest(at offset: Int, atMost most: Int) -> [UInt8]? {
    let end = Int(file.pageCount) * file.pageSize
    return offset < end ? file.bytes(at: offset, count: min(most, end - offset)) : nil
  }

  /// Keeps each position once: what the newest head leads to first, then the longest.
  /// - Parameter lastTold: without the head, the rows of names and keys tell of events that were there.
  private func choose(_ found: [Run], lastTold: Position) {
    let limit = isHeadCertain ? head?.size ?? 0 : Position.max
    runs = Self.disjoint(found.filter(\.isLive), limit)
    let others = Self.disjoint(found.filter { !$0.isLive }, limit)
    // Without the head, what goes beyond it may never have been committed; but it may as well have been.
    let ends = [runs, isHeadCertain ? [] : others].compactMap(\.last?.positions.upperBound)
    size = max(head?.size ?? 0, ends.max() ?? 0, isHeadCertain ? 0 : lastTold)
    fill(others)
  }

  /// `runs` in order, without overlaps, up to `limit`.
  private static func disjoint(_ runs: [Run], _ limit: Position) -> [Run] {
    var answer: [Run] = []
    var end: Position = 0
    let sorted = runs.sorted {
      ($0.positions.lowerBound, $1.count) < ($1.positions.lowerBound, $0.count)
    }
    for var run in sorted where run.positions.upperBound > end {
      let first = max(run.positions.lowerBound, end + 1)
      guard first <= limit else { break }
      run.positions = first...min(run.positions.upperBound, limit)
      end = run.positions.upperBound
      answer.append(run)
    }
    return answer
  }

  /// Takes of `others`, which are in order and do not overlap, what is missing.
  func fill(_ others: [Run]) {
    var gaps = missing[...]
    var added: [Run] = []
    for run in others {
      while let gap = gaps.first, gap.upperBound < run.positions.lowerBound { gaps.removeFirst() }
      for gap in gaps {
        guard gap.lowerBound <= run.positions.upperBound else { break }
        var part = run
        part.positions = gap.clamped(to: run.positions)
        added.append(part)
      }
    }
    if added.isEmpty { return }
    runs = (runs + added).sorted { $0.positions.lowerBound < $1.positions.lowerBound }
  }
}
