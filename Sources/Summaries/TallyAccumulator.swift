// Why: an answer is the sum of a few tables with nearly the same keys. Keys are kept sorted and sums beside them, so that adding
// a table is walking two sorted columns, and, where the keys are the same bytes, adding one column to another.

internal import Wire

/// Sums by key, while they are being added up.
struct TallyAccumulator: Sendable {
  private(set) var uppers: [UInt64] = []
  private(set) var lowers: [UInt32] = []
  /// Debit amount, credit amount, debit value, credit value of each key.
  private(set) var sums: [Int64] = []
  /// The keys as the last table with exactly these keys had them.
  private var image: KeyImage?
  /// The row of each key of the table being added; unused where they are the same.
  private var rows: [Int32] = []
  /// Negative as soon as a sum has overflowed.
  private var overflow: Int64 = 0

  var count: Int { uppers.count }

  /// Takes the sum of `table`'s rows of `keys` into account, or takes it away.
  mutating func add(
    _ table: TallyTable, _ keys: KeyRange, subtract: Bool = false, _ bytes: RawSpan
  ) throws(SummaryError) {
    let part = table.keys.rows(of: keys, bytes)
    if part.isEmpty { return }
    let same = try align(table.keys, part, bytes)
    if subtract {
      addRows(table, part, same, bytes) { a, b, overflow in
        let difference = a &- b
        overflow |= (a ^ b) & (a ^ difference)
        return difference
      }
    } else {
      addRows(table, part, same, bytes) { a, b, overflow in
        let sum = a &+ b
        overflow |= (a ^ sum) & (b ^ sum)
        return sum
      }
    }
    try check()
  }

  @inline(__always)
  private mutating func addRows(
    _ table: TallyTable, _ part: Range<Int>, _ same: Bool, _ bytes: RawSpan,
    _ combine: (Int64, Int64, inout Int64) -> Int64
  ) {
    var flags = overflow
    // Taken out of `self` while they are written, so that neither is looked at again for each row.
    var taken: [Int64] = []
    swap(&taken, &self.sums)
    var sums = taken.mutableSpan
    let map = self.rows
    let rows = map.span
    for row in part {
      let (a, b, c, d) = table.sums(row, bytes)
      let at = (same ? row : Int(rows[row &- part.lowerBound])) &* 4
      sums[at] = combine(sums[at], a, &flags)
      sums[at &+ 1] = combine(sums[at &+ 1], b, &flags)
      sums[at &+ 2] = combine(sums[at &+ 2], c, &flags)
      sums[at &+ 3] = combine(sums[at &+ 3], d, &flags)
    }
    swap(&taken, &self.sums)
    overflow = flags
  }

  /// Takes `lines` of `strip` into account, as far as their keys are among `keys` and `counts` says yes.
  mutating func add(
    _ strip: TallyStrip, _ lines: Range<Int>, _ keys: KeyRange, subtract: Bool = false,
    _ bytes: RawSpan, before offset: Int = .max
  ) throws(SummaryError) {
    let part = strip.keys.rows(of: keys, bytes)
    if part.isEmpty || lines.isEmpty { return }
    let same = try align(strip.keys, part, bytes)
    var flags = overflow
    var taken: [Int64] = []
    swap(&taken, &self.sums)
    var sums = taken.mutableSpan
    let map = self.rows
    let rows = map.span
    for line in lines {
      let entry = strip.entry(line, bytes)
      let key = entry >> 1
      guard part.contains(key) else {
        if key < 0 || key >= strip.keys.count { throw .damaged("a line has no key") }
        continue
      }
      if offset != .max, strip.offset(line, bytes) >= offset { continue }
      var amount = strip.amount(line, bytes)
      var value = amount &+ strip.extra(line, bytes)
      if subtract {
        flags |= (amount & (0 &- amount)) | (value & (0 &- value))
        amount = 0 &- amount
        value = 0 &- value
      }
      let at = (same ? key : Int(rows[key &- part.lowerBound])) &* 4 &+ entry & 1
      let amounts = sums[at] &+ amount
      flags |= (sums[at] ^ amounts) & (amount ^ amounts)
      sums[at] = amounts
      let values = sums[at &+ 2] &+ value
      flags |= (sums[at &+ 2] ^ values) & (value ^ values)
      sums[at &+ 2] = values
    }
    swap(&taken, &self.sums)
    overflow = flags
    try check()
  }

  /// Takes sums gathered in another order into account.
  mutating func add(_ gathered: TallyGatherer) throws(SummaryError) {
    let order = gathered.keys.sorted()
    try walk(
      order.count, upper: { gathered.keys.uppers[Int(order[$0])] },
      lower: { gathered.keys.lowers[Int(order[$0])] })
    var flags = overflow | gathered.overflow
    for (index, number) in order.enumerated() {
      let at = Int(rows[index]) * 4
      for column in 0..<4 {
        let part = gathered.sums[Int(number) * 4 + column]
        let sum = sums[at + column] &+ part
        flags |= (sums[at + column] ^ sum) & (part ^ sum)
        sums[at + column] = sum
      }
    }
    overflow = flags
    try check()
  }

  private func check() throws(SummaryError) {
    if overflow < 0 { throw .overflow }
  }

  /// Makes room for the keys of `part`; true when row n of the columns is row n here, otherwise `rows` says which.
  /// - Throws: ``SummaryError`` `.damaged` when the keys are not in order.
  private mutating func align(
    _ keys: KeyColumns, _ part: Range<Int>, _ bytes: RawSpan
  ) throws(SummaryError) -> Bool {
    let isWhole = part.count == keys.count
    if isWhole, let image, keys.match(image, bytes) { return true }
    let first = part.lowerBound
    if count == 0, isWhole {
      try adopt(keys, bytes)
      return true
    }
    if keys.hasSubjects {
      try walk(
        part.count, upper: { keys.upper(first &+ $0, bytes) },
        lower: { keys.lower(first &+ $0, bytes) })
    } else {
      try walk(
        part.count, upper: { keys.account(first &+ $0, bytes) },
        lower: { keys.lower(first &+ $0, bytes) })
    }
    if isWhole, part.count == count {
      image = keys.image(bytes)
      return true
    }
    return false
  }

  /// Takes over the keys of the first table, which is the greatest as a rule.
  private mutating func adopt(_ keys: KeyColumns, _ bytes: RawSpan) throws(SummaryError) {
    uppers.reserveCapacity(keys.count + keys.count / 8)
    lowers.reserveCapacity(keys.count + keys.count / 8)
    sums.reserveCapacity((keys.count + keys.count / 8) * 4)
    sums.append(contentsOf: repeatElement(0, count: keys.count * 4))
    var (lastHigh, lastLow) = (UInt64(0), UInt32(0))
    for row in 0..<keys.count {
      let (high, low) = (keys.upper(row, bytes), keys.lower(row, bytes))
      if row > 0, lastHigh > high || (lastHigh == high && lastLow >= low) {
        throw .damaged("its keys are out of order")
      }
      (lastHigh, lastLow) = (high, low)
      uppers.append(high)
      lowers.append(low)
    }
    image = keys.image(bytes)
  }

  /// Fills `rows` with the row of each of `number` sorted keys, inserting those that are new.
  @inline(__always)
  private mutating func walk(
    _ number: Int, upper: (Int) -> UInt64, lower: (Int) -> UInt32
  ) throws(SummaryError) {
    var rows: [Int32] = []
    swap(&rows, &self.rows)
    if rows.count < number {
      rows.append(contentsOf: repeatElement(0, count: number - rows.count))
    }
    guard let missing = find(number, upper, lower, &rows) else {
      throw .damaged("its keys are out of order")
    }
    if missing > 0 { insert(missing, number, upper, lower, &rows) }
    swap(&rows, &self.rows)
  }

  /// Fills `rows` as far as keys are there already; answers how many are not, or `nil` when the keys do not rise.
  @inline(__always)
  private func find(
    _ number: Int, _ upper: (Int) -> UInt64, _ lower: (Int) -> UInt32, _ rows: inout [Int32]
  ) -> Int? {
    let uppers = uppers.span
    let lowers = lowers.span
    var rows = rows.mutableSpan
    var missing = 0
    var row = 0
    for index in 0..<number {
      let (high, low) = (upper(index), lower(index))
      // As a rule the keys go along side by side.
      if row < uppers.count, uppers[row] == high, lowers[row] == low {
        rows[index] = Int32(truncatingIfNeeded: row)
        row &+= 1
        continue
      }
      if index > 0 {
        let (last, lastLow) = (upper(index - 1), lower(index - 1))
        if last > high || (last == high && lastLow >= low) { return nil }
      }
      while row < uppers.count, uppers[row] < high || (uppers[row] == high && lowers[row] < low) {
        row &+= 1
      }
      rows[index] = Int32(truncatingIfNeeded: row)
      if row < uppers.count, uppers[row] == high, lowers[row] == low {
        row &+= 1
      } else {
        missing &+= 1
      }
    }
    return missing
  }

  /// The rows of sorted keys that are all there.
  func rows(of keys: KeyIndex, _ order: [UInt32]) throws(SummaryError) -> [Int32] {
    var rows = [Int32](repeating: 0, count: order.count)
    let missing = find(
      order.count, { keys.uppers[Int(order[$0])] }, { keys.lowers[Int(order[$0])] }, &rows)
    guard missing == 0 else { throw .damaged("a line's key is not in its range's table") }
    return rows
  }

  /// Makes room for the `missing` keys that are new, from the end, so that each row moves at most once.
  @inline(__always)
  private mutating func insert(
    _ missing: Int, _ number: Int, _ upper: (Int) -> UInt64, _ lower: (Int) -> UInt32,
    _ rows: inout [Int32]
  ) {
    image = nil
    var old = count - 1
    var new = old + missing
    grow(by: missing)
    var (allUppers, allLowers, allSums) = take()
    var uppers = allUppers.mutableSpan
    var lowers = allLowers.mutableSpan
    var sums = allSums.mutableSpan
    var rows = rows.mutableSpan
    var index = number - 1
    while new > old {
      let (high, low) = (upper(index), lower(index))
      while old >= 0, uppers[old] > high || (uppers[old] == high && lowers[old] >= low) {
        uppers[new] = uppers[old]
        lowers[new] = lowers[old]
        for column in 0..<4 { sums[new &* 4 &+ column] = sums[old &* 4 &+ column] }
        if uppers[old] == high, lowers[old] == low { break }
        old &-= 1
        new &-= 1
      }
      if old >= 0, uppers[old] == high, lowers[old] == low {
        old &-= 1
      } else {
        uppers[new] = high
        lowers[new] = low
        for column in 0..<4 { sums[new &* 4 &+ column] = 0 }
      }
      rows[index] = Int32(truncatingIfNeeded: new)
      new &-= 1
      index &-= 1
    }
    (self.uppers, self.lowers, self.sums) = (allUppers, allLowers, allSums)
  }

  /// The columns, out of `self` while they are written, so that nobody else holds them.
  private mutating func take() -> ([UInt64], [UInt32], [Int64]) {
    defer { (uppers, lowers, sums) = ([], [], []) }
    return (uppers, lowers, sums)
  }

  private mutating func grow(by missing: Int) {
    // Exactly what a first, great table needs; later ones bring few new keys.
    let capacity = count + missing
    if uppers.capacity < capacity {
      uppers.reserveCapacity(capacity + capacity / 8)
      lowers.reserveCapacity(capacity + capacity / 8)
      sums.reserveCapacity((capacity + capacity / 8) * 4)
    }
    uppers.append(contentsOf: repeatElement(0, count: missing))
    lowers.append(contentsOf: repeatElement(0, count: missing))
    sums.append(contentsOf: repeatElement(0, count: missing * 4))
  }

  /// Balances on one side: amount and value net in the debit columns, nothing in the credit columns.
  mutating func net() throws(SummaryError) {
    for row in 0..<count {
      for column in stride(from: row * 4, to: row * 4 + 4, by: 2) {
        let (net, overflow) = sums[column].subtractingReportingOverflow(sums[column + 1])
        if overflow { throw .overflow }
        sums[column] = net
        sums[column + 1] = 0
      }
    }
  }
}
