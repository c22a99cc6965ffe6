// Why: keys lie in three sorted columns; the same keys always have the same bytes, so that two summaries with the same keys can
// be added without looking at any of them.
//
// Key columns: three descriptors (PackedColumn): account, subject, commodity, in the order of TallyKey.

internal import Wire

/// The sorted keys of a part of a tally's summary.
struct KeyColumns {
  let count: Int
  private let account: PackedColumn
  private let subject: PackedColumn
  private let commodity: PackedColumn

  init(at offset: Int, count: Int, in bytes: RawSpan) throws(SummaryError) {
    self.count = count
    account = try PackedColumn(at: offset, count: count, in: bytes)
    subject = try PackedColumn(at: offset + 16, count: count, in: bytes)
    commodity = try PackedColumn(at: offset + 32, count: count, in: bytes)
    // Keys differ, so they take space: a count that the bytes cannot hold ends here, not in a loop of billions.
    guard count <= 1 || account.width + subject.width + commodity.width > 0 else {
      throw .damaged("there are more keys than bytes")
    }
  }

  /// Whether any key has a subject.
  var hasSubjects: Bool { !subject.isZero }

  /// Account of a row, as ``upper(_:_:)`` has it; the same where no key has a subject.
  @inline(__always)
  func account(_ row: Int, _ bytes: RawSpan) -> UInt64 {
    UInt64(truncatingIfNeeded: account.value(row, bytes)) << 32
  }

  /// Account and subject of a row.
  @inline(__always)
  func upper(_ row: Int, _ bytes: RawSpan) -> UInt64 {
    UInt64(truncatingIfNeeded: account.value(row, bytes)) << 32
      | UInt64(UInt32(truncatingIfNeeded: subject.value(row, bytes)))
  }

  /// Commodity of a row.
  @inline(__always)
  func lower(_ row: Int, _ bytes: RawSpan) -> UInt32 {
    UInt32(truncatingIfNeeded: commodity.value(row, bytes))
  }

  /// The rows of `keys`, by binary search.
  func rows(of keys: KeyRange, _ bytes: RawSpan) -> Range<Int> {
    if keys.isAll { return 0..<count }
    let low = rows(before: keys.first, orEqual: false, bytes)
    return low..<max(low, rows(before: keys.last, orEqual: true, bytes))
  }

  private func rows(before key: TallyKey, orEqual: Bool, _ bytes: RawSpan) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let found = TallyKey(upper: upper(middle, bytes), lower: lower(middle, bytes))
      if orEqual ? found <= key : found < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A copy of what distinguishes these keys from others.
  func image(_ bytes: RawSpan) -> KeyImage {
    var image = KeyImage()
    image.copy(account, count, bytes)
    image.copy(subject, count, bytes)
    image.copy(commodity, count, bytes)
    return image
  }

  /// Whether these are the keys of `image`.
  func match(_ image: KeyImage, _ bytes: RawSpan) -> Bool {
    guard image.columns.count == 3, image.columns[0].count == count else { return false }
    return image.columns[0].equals(account, bytes) && image.columns[1].equals(subject, bytes)
      && image.columns[2].equals(commodity, bytes)
  }

  /// Writes three columns of keys, whose descriptors have been reserved at `descriptor`.
  static func write(
    _ uppers: [UInt64], _ lowers: [UInt32], descriptor: Int, to writer: inout PackedWriter
  ) {
    let uppers = uppers.span
    let lowers = lowers.span
    let count = uppers.count
    writer.column(count, descriptor: descriptor) { Int64(uppers[$0] >> 32) }
    writer.column(count, descriptor: descriptor + 16) { Int64(uppers[$0] & 0xffff_ffff) }
    writer.column(count, descriptor: descriptor + 32) { Int64(lowers[$0]) }
  }
}

/// A copy of key columns' bytes, to compare others with.
struct KeyImage: Sendable {
  struct Column: Sendable {
    var count: Int
    var base: Int64
    var width: Int
    var words: [UInt64]

    func equals(_ column: PackedColumn, _ bytes: RawSpan) -> Bool {
      guard base == column.base, width == column.width else { return false }
      let words = words.span
      let length = count &* width
      var at = 0
      for index in words.indices {
        // The last word may reach into what follows the column: only its own bytes count.
        let left = length &- at
        let mask: UInt64 = left >= 8 ? .max : 1 << UInt64(left * 8) &- 1
        if bytes.load(column.start &+ at, as: UInt64.self) & mask != words[index] { return false }
        at &+= 8
      }
      return true
    }
  }
  var columns: [Column] = []

  fileprivate mutating func copy(_ column: PackedColumn, _ count: Int, _ bytes: RawSpan) {
    let length = count * column.width
    let words = stride(from: 0, to: length, by: 8).map { at in
      let mask: UInt64 = length - at >= 8 ? .max : 1 << UInt64((length - at) * 8) - 1
      return bytes.load(column.start + at, as: UInt64.self) & mask
    }
    columns.append(Column(count: count, base: column.base, width: column.width, words: words))
  }
}
