// Why: lines arrive in the order of the log; in a strip they lie in the order of days, and their keys are rows of sorted columns.

internal import Wire

/// Sorts lines and writes them as a strip.
struct TallyStripWriter {
  /// The keys' numbers in the order of the keys.
  let order: [UInt32]
  private let keys: KeyIndex
  /// In order of days; their entries are rows × 2, plus 1 for a credit.
  private var lines: [TallyLine]
  private var days: [(day: Int32, first: Int)] = []
  /// The keys of the range's table, if the entries are rows of these.
  private var shared: (uppers: [UInt64], lowers: [UInt32])?

  /// The lines in order of days, those of one day as they came or, if they are to be summed, by entry, each once.
  /// - Throws: ``SummaryError`` `.overflow`.
  init(_ source: TallyLines, summed: Bool) throws(SummaryError) {
    keys = source.keys
    order = keys.sorted()
    var rank = [UInt32](repeating: 0, count: order.count)
    for (row, number) in order.enumerated() { rank[Int(number)] = UInt32(row) }
    lines = source.lines
    for index in lines.indices {
      lines[index].entry = rank[lines[index].key] << 1 | lines[index].entry & 1
    }
    if summed { sortByEntry() }
    sortByDay()
    if summed { try sumEntries() }
    for (index, line) in lines.enumerated() where days.last?.day != line.day {
      days.append((line.day, index))
    }
  }

  /// The days of the lines.
  var span: DaySpan {
    guard let first = lines.first, let last = lines.last else { return DaySpan() }
    return DaySpan(first.day, last.day)
  }

  /// A strip above the leaves may take this part of the lines at either end.
  static let edgeShare = 8

  /// The first day that is not among the first eighth of the lines, and the last that is not among the last eighth.
  var edges: (firstEnd: Int32, lastStart: Int32) {
    var firstEnd = Int32.max
    var lastStart = Int32.min
    let limit = lines.count / TallyStripWriter.edgeShare
    for (index, day) in days.enumerated() {
      let end = index + 1 < days.count ? days[index + 1].first : lines.count
      if end > limit, firstEnd == .max { firstEnd = day.day }
      if lines.count - day.first > limit { lastStart = day.day }
    }
    return (firstEnd, lastStart)
  }

  private mutating func sortByEntry() {
    var order = [UInt32](0..<UInt32(lines.count))
    let bits = UInt64(keys.count * 2)
    let unsorted = lines
    let all = unsorted.span
    Radix.sort(&order, bits: bits == 0 ? 0 : .max >> UInt64(bits.leadingZeroBitCount)) {
      UInt64(all[$0].entry)
    }
    lines = order.map { unsorted[Int($0)] }
  }

  private mutating func sortByDay() {
    var span = DaySpan()
    var isSorted = true
    for line in lines {
      if line.day < span.greatest { isSorted = false }
      span.add(line.day)
    }
    if isSorted { return }
    let least = Int64(span.least)
    let bits = UInt64(Int64(span.greatest) - least)
    var order = [UInt32](0..<UInt32(lines.count))
    let unsorted = lines
    let all = unsorted.span
    Radix.sort(&order, bits: .max >> UInt64(bits.leadingZeroBitCount)) {
      UInt64(Int64(all[$0].day) - least)
    }
    lines = order.map { unsorted[Int($0)] }
  }

  private mutating func sumEntries() throws(SummaryError) {
    var summed: [TallyLine] = []
    var overflow: Int64 = 0
    for line in lines {
      let end = summed.count - 1
      guard end >= 0, summed[end].day == line.day, summed[end].entry == line.entry else {
        summed.append(line)
        continue
      }
      let amount = summed[end].amount &+ line.amount
      overflow |= (summed[end].amount ^ amount) & (line.amount ^ amount)
      summed[end].amount = amount
      let value = summed[end].value &+ line.value
      overflow |= (summed[end].value ^ value) & (line.value ^ value)
      summed[end].value = value
    }
    if overflow < 0 { throw .overflow }
    lines = summed
  }

  /// Lets the lines have the keys of the range's table, which holds `sum`, if at least half of them are needed.
  mutating func share(keysOf sum: TallyAccumulator) throws(SummaryError) {
    guard order.count * 2 >= sum.count else { return }
    let rows = try sum.rows(of: keys, order)
    for index in lines.indices {
      lines[index].entry = UInt32(rows[lines[index].key]) << 1 | lines[index].entry & 1
    }
    shared = (sum.uppers, sum.lowers)
  }

  /// The strip's bytes.
  var bytes: [UInt8] {
    var writer = PackedWriter(header: TallyStrip.header)
    let (uppers, lowers) =
      shared ?? (order.map { keys.uppers[Int($0)] }, order.map { keys.lowers[Int($0)] })
    writer.set(UInt32(uppers.count), at: 0)
    writer.set(UInt32(lines.count), at: 4)
    writer.set(UInt32(days.count), at: 8)
    KeyColumns.write(uppers, lowers, descriptor: 16, to: &writer)
    writer.column(days.count, descriptor: 64) { Int64(days[$0].day) }
    writer.column(days.count + 1, descriptor: 80) {
      Int64($0 < days.count ? days[$0].first : lines.count)
    }
    let all = lines.span
    writer.column(all.count, descriptor: 96) { Int64(all[$0].entry) }
    writer.column(all.count, descriptor: 112) { Int64(all[$0].offset) }
    writer.column(all.count, descriptor: 128) { all[$0].amount }
    writer.column(all.count, descriptor: 144) { all[$0].value &- all[$0].amount }
    return writer.bytes
  }
}
