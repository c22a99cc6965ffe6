// Why: a column is read in place, at any row, in a nanosecond; and it must be small, for there are many. So each value is
// kept as its distance from the column's least one, in as few whole bytes as the greatest distance needs, none if all are alike.
//
// Descriptor, 16 bytes, little-endian:
//    0  i64  base: the least value
//    8  u32  where the values begin, from the part's first byte
//   12  u8   width: bytes of a value, 0…8
//   13       three bytes, zero
// Value i is base + the unsigned little-endian number of `width` bytes at `begin + i × width`, modulo 2^64.
// A part ends in 8 zero bytes, so that 8 bytes can be loaded wherever a value begins.

internal import Wire

/// A column of a summary's bytes.
struct PackedColumn {
  /// Bytes of a descriptor.
  static let descriptor = 16
  /// Zero bytes at a summary's end.
  static let padding = 8

  let base: Int64
  let start: Int
  let width: Int
  let mask: UInt64

  /// The column of `count` values that the descriptor at `offset` describes.
  /// - Throws: ``SummaryError`` `.damaged` when it does not lie inside `bytes`.
  init(at offset: Int, count: Int, in bytes: RawSpan) throws(SummaryError) {
    guard offset >= 0, offset <= bytes.byteCount - PackedColumn.descriptor else {
      throw .damaged("a column's description lies outside")
    }
    base = bytes.load(offset, as: Int64.self)
    start = Int(bytes.load(offset + 8, as: UInt32.self))
    width = Int(bytes.load(offset + 12, as: UInt8.self))
    guard width <= 8, count >= 0,
      start + count * width + PackedColumn.padding <= bytes.byteCount
    else { throw .damaged("a column lies outside") }
    mask = width == 8 ? .max : 1 << UInt64(width * 8) - 1
  }

  /// Whether all values are zero.
  var isZero: Bool { width == 0 && base == 0 }

  /// Value `row`.
  @inline(__always)
  func value(_ row: Int, _ bytes: RawSpan) -> Int64 {
    let raw = bytes.load(start &+ row &* width, as: UInt64.self) & mask
    return base &+ Int64(bitPattern: raw)
  }
}

/// Writes the bytes of a part of a summary.
struct PackedWriter {
  /// What is written so far, and the padding.
  private(set) var bytes: [UInt8]

  /// A part with a header of `header` zero bytes.
  init(header: Int) {
    bytes = [UInt8](repeating: 0, count: header + PackedColumn.padding)
  }

  /// Where the next thing will be written.
  var end: Int { bytes.count - PackedColumn.padding }

  /// Room for `count` bytes, zero for now; answers where.
  mutating func reserve(_ count: Int) -> Int {
    let start = end
    bytes.append(contentsOf: repeatElement(0, count: count))
    return start
  }

  mutating func set<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int) {
    bytes.store(littleEndian: value, at: offset)
  }

  mutating func append(_ part: [UInt8]) {
    bytes.removeLast(PackedColumn.padding)
    bytes.append(contentsOf: part)
    bytes.append(contentsOf: repeatElement(0, count: PackedColumn.padding))
  }

  /// Writes the column of `count` values and its descriptor, which has been reserved at `descriptor`.
  @inline(__always)
  mutating func column(_ count: Int, descriptor: Int, _ value: (Int) -> Int64) {
    var least = Int64.max
    var greatest = Int64.min
    for row in 0..<count {
      let value = value(row)
      least = min(least, value)
      greatest = max(greatest, value)
    }
    if count == 0 { (least, greatest) = (0, 0) }
    let spread = UInt64(bitPattern: greatest &- least)
    let width = (64 - spread.leadingZeroBitCount + 7) / 8
    let start = reserve(count * width)
    set(least, at: descriptor)
    set(UInt32(start), at: descriptor + 8)
    set(UInt8(width), at: descriptor + 12)
    if width == 0 { return }
    // Eight bytes are stored at each value; those beyond its width are zero and are overwritten by the next.
    bytes.withMutableRaw { raw in
      var at = start
      for row in 0..<count {
        let distance = UInt64(bitPattern: value(row) &- least)
        raw.storeBytes(of: distance.littleEndian, toByteOffset: at, as: UInt64.self)
        at &+= width
      }
    }
  }
}
