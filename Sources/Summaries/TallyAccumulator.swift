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
    let same = align(table.keys, part, bytes)
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
    let same = align(strip.keys, part, bytes)
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
    rows.removeAll(keepingCapacity: true)
    walk(
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
  private mutating func align(_ keys: KeyColumns, _ part: Range<Int>, _ bytes: RawSpan) -> Bool {
    let isWhole = part.count == keys.count
    if isWhole, let image, keys.match(image, bytes) { return true }
    rows.removeAll(keepingCapacity: true)
    let first = part.lowerBound
    walk(
      part.count, upper: { keys.upper(first &+ $0, bytes) },
      lower: { keys.lower(first &+ $0, bytes) })
    if isWhole, part.count == count {
      image = keys.image(bytes)
      return true
    }
    return false
  }

  /// Fills `rows` with the row of each of `number` sorted keys, inserting those that are new.
  @inline(__always)
  private mutating func walk(_ number: Int, upper: (Int) -> UInt64, lower: (Int) -> UInt32) {
    rows.reserveCapacity(number)
    var isMissing = false
    var row = 0
    for index in 0..<number {
      let (high, low) = (upper(index), lower(index))
      while row < uppers.count, uppers[row] < high || (uppers[row] == high && lowers[row] < low) {
        row &+= 1
      }
      if row < uppers.count, uppers[row] == high, lowers[row] == low {
        rows.append(Int32(truncatingIfNeeded: row))
      } else {
        rows.append(-1)
        isMissing = true
      }
    }
    if isMissing { insert(number, upper, lower) }
  }

  private mutating func insert(_ number: Int, _ upper: (Int) -> UInt64, _ lower: (Int) -> UInt32) {
    image = nil
    var newUppers: [UInt64] = []
    var newLowers: [UInt32] = []
    var newSums: [Int64] = []
    let capacity = uppers.count + number
    newUppers.reserveCapacity(capacity)
    newLowers.reserveCapacity(capacity)
    newSums.reserveCapacity(capacity * 4)
    var row = 0
    func copy() {
      newUppers.append(uppers[row])
      newLowers.append(lowers[row])
      for column in 0..<4 { newSums.append(sums[row * 4 + column]) }
      row += 1
    }
    for index in 0..<number {
      let (high, low) = (upper(index), lower(index))
      while row < uppers.count, uppers[row] < high || (uppers[row] == high && lowers[row] < low) {
        copy()
      }
      rows[index] = Int32(truncatingIfNeeded: newUppers.count)
      if row < uppers.count, uppers[row] == high, lowers[row] == low {
        copy()
      } else {
        newUppers.append(high)
        newLowers.append(low)
        for _ in 0..<4 { newSums.append(0) }
      }
    }
    while row < uppers.count { copy() }
    (uppers, lowers, sums) = (newUppers, newLowers, newSums)
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

/// Sums by key in no order: for the few lines of a range that are not worth aligning its keys.
struct TallyGatherer: Sendable {
  private(set) var keys = KeyIndex()
  private(set) var sums: [Int64] = []
  fileprivate(set) var overflow: Int64 = 0

  @inline(__always)
  mutating func add(_ upper: UInt64, _ lower: UInt32, _ side: Int, _ amount: Int64, _ value: Int64)
  {
    let number = keys.number(of: upper, lower)
    let at = number &* 4 &+ side
    if number &* 4 == sums.count { for _ in 0..<4 { sums.append(0) } }
    let amounts = sums[at] &+ amount
    overflow |= (sums[at] ^ amounts) & (amount ^ amounts)
    sums[at] = amounts
    let values = sums[at &+ 2] &+ value
    overflow |= (sums[at &+ 2] ^ values) & (value ^ values)
    sums[at &+ 2] = values
  }
}
