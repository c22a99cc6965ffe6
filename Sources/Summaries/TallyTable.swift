// Why: what a range adds up to, key by key. Values are kept as what they differ from amounts, which in books of one
// currency is nothing and takes no space.
//
// A table is a part of a summary, little-endian:
//    0  u32  n, how many keys
//    4  u32  zero
//    8       key columns: account, subject, commodity
//   56       columns: debit amount, credit amount, debit value − debit amount, credit value − credit amount;
//            if the projection keeps net sums only: amount (debit − credit), value − amount
//            then the columns' values
// A gross table has every key that a line of the range touches. A net table leaves out keys whose two sums are zero.

internal import Wire

/// A table, read in place.
struct TallyTable {
  let keys: KeyColumns
  let isNet: Bool
  private let debit: PackedColumn
  private let credit: PackedColumn
  private let debitExtra: PackedColumn
  private let creditExtra: PackedColumn

  var count: Int { keys.count }

  init(_ bytes: RawSpan, isNet: Bool) throws(SummaryError) {
    guard bytes.byteCount >= 8 else { throw .damaged("a table is cut off") }
    let count = Int(bytes.load(0, as: UInt32.self))
    keys = try KeyColumns(at: 8, count: count, in: bytes)
    self.isNet = isNet
    debit = try PackedColumn(at: 56, count: count, in: bytes)
    credit = try PackedColumn(at: 72, count: count, in: bytes)
    if isNet {
      (debitExtra, creditExtra) = (credit, credit)
    } else {
      debitExtra = try PackedColumn(at: 88, count: count, in: bytes)
      creditExtra = try PackedColumn(at: 104, count: count, in: bytes)
    }
  }

  /// The sums of a row: debit amount, credit amount, debit value, credit value.
  @inline(__always)
  func sums(_ row: Int, _ bytes: RawSpan) -> (Int64, Int64, Int64, Int64) {
    let amount = debit.value(row, bytes)
    if isNet { return (amount, 0, amount &+ debitExtra.value(row, bytes), 0) }
    let out = credit.value(row, bytes)
    return (
      amount, out, amount &+ debitExtra.value(row, bytes), out &+ creditExtra.value(row, bytes)
    )
  }

  /// The bytes of sorted sums. Those of a net table stand in the debit columns.
  static func bytes(_ rows: TallyColumns, isNet: Bool) -> [UInt8] {
    var writer = PackedWriter(header: isNet ? 88 : 120)
    let count = rows.count
    let sums = rows.sums.span
    writer.set(UInt32(count), at: 0)
    KeyColumns.write(rows.uppers, rows.lowers, descriptor: 8, to: &writer)
    writer.column(count, descriptor: 56) { sums[$0 &* 4] }
    if isNet {
      writer.column(count, descriptor: 72) { sums[$0 &* 4 &+ 2] &- sums[$0 &* 4] }
    } else {
      writer.column(count, descriptor: 72) { sums[$0 &* 4 &+ 1] }
      writer.column(count, descriptor: 88) { sums[$0 &* 4 &+ 2] &- sums[$0 &* 4] }
      writer.column(count, descriptor: 104) { sums[$0 &* 4 &+ 3] &- sums[$0 &* 4 &+ 1] }
    }
    return writer.bytes
  }
}
