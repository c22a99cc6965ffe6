// Why: lines arrive in the order of the log; in a strip they lie in the order of days, and their keys are rows of sorted columns.

internal import Wire

/// Sorts lines and writes them as a strip.
struct TallyStripWriter {
  /// The keys' numbers in order, and the row of each number.
  let order: [UInt32]
  private let rank: [UInt32]
  private let keys: KeyIndex
  private var lines: [TallyLine]
  private var days: [(day: Int32, first: Int)] = []

  /// The lines in order of days, otherwise as they came.
  init(_ source: TallyLines) {
    keys = source.keys
    order = keys.sorted()
    var rank = [UInt32](repeating: 0, count: order.count)
    for (row, number) in order.enumerated() { rank[Int(number)] = UInt32(row) }
    self.rank = rank
    lines = Self.byDay(source.lines)
    findDays()
  }

  /// The days of the lines.
  var span: DaySpan {
    guard let first = lines.first, let last = lines.last else { return DaySpan() }
    return DaySpan(first.day, last.day)
  }

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
  /// A strip above the leaves may take this part of the lines at either end.
  static let edgeShare = 8

  private mutating func findDays() {
    days = []
    for (index, line) in lines.enumerated() where days.last?.day != line.day {
      days.append((line.day, index))
    }
  }

  /// Sums the lines of one day and one entry into one.
  /// - Throws: ``SummaryError`` `.overflow`.
  mutating func sumEntries() throws(SummaryError) {
    let rank = rank
    func entry(_ line: TallyLine) -> UInt32 { rank[line.key] << 1 | line.entry & 1 }
    lines.sort { $0.day < $1.day || ($0.day == $1.day && entry($0) < entry($1)) }
    var summed: [TallyLine] = []
    for line in lines {
      guard let last = summed.last, last.day == line.day, last.entry == line.entry else {
        summed.append(line)
        continue
      }
      let (amount, overflow) = last.amount.addingReportingOverflow(line.amount)
      let (value, overflow2) = last.value.addingReportingOverflow(line.value)
      if overflow || overflow2 { throw .overflow }
      summed[summed.count - 1].amount = amount
      summed[summed.count - 1].value = value
    }
    lines = summed
    for index in lines.indices { lines[index].offset = 0 }
    findDays()
  }

  /// Writes the strip; answers where. `shared` is where the same keys are described already.
  func write(to writer: inout PackedWriter, sharing shared: Int? = nil) -> Int {
    let start = writer.reserve(TallyStrip.header)
    writer.set(UInt32(order.count), at: start)
    writer.set(UInt32(lines.count), at: start + 4)
    writer.set(UInt32(days.count), at: start + 8)
    if let shared {
      writer.copy(KeyColumns.descriptors, from: shared, to: start + 16)
    } else {
      KeyColumns.write(
        order.count, descriptor: start + 16, to: &writer, { keys.uppers[Int(order[$0])] },
        { keys.lowers[Int(order[$0])] })
    }
    writer.column(days.count, descriptor: start + 64) { Int64(days[$0].day) }
    writer.column(days.count + 1, descriptor: start + 80) {
      Int64($0 < days.count ? days[$0].first : lines.count)
    }
    writer.column(lines.count, descriptor: start + 96) {
      Int64(rank[lines[$0].key] << 1 | lines[$0].entry & 1)
    }
    writer.column(lines.count, descriptor: start + 112) { Int64(lines[$0].offset) }
    writer.column(lines.count, descriptor: start + 128) { lines[$0].amount }
    writer.column(lines.count, descriptor: start + 144) { lines[$0].value &- lines[$0].amount }
    return start
  }

  /// The lines in order of days, those of one day as they came.
  private static func byDay(_ lines: [TallyLine]) -> [TallyLine] {
    var span = DaySpan()
    var isSorted = true
    for line in lines {
      if line.day < span.greatest { isSorted = false }
      span.add(line.day)
    }
    if isSorted { return lines }
    let width = Int(span.greatest) - Int(span.least) + 1
    guard width <= max(1024, lines.count * 4) else {
      // Far too many days to count: a stable sort.
      let order = lines.indices.sorted {
        lines[$0].day < lines[$1].day || (lines[$0].day == lines[$1].day && $0 < $1)
      }
      return order.map { lines[$0] }
    }
    var starts = [Int](repeating: 0, count: width + 1)
    for line in lines { starts[Int(line.day) - Int(span.least) + 1] += 1 }
    for day in 1...width { starts[day] += starts[day - 1] }
    var sorted = lines
    for line in lines {
      let day = Int(line.day) - Int(span.least)
      sorted[starts[day]] = line
      starts[day] += 1
    }
    return sorted
  }
}
