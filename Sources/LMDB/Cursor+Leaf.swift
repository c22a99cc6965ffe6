// Why: LMDB takes on trust how many entries a page says it has. One that is no longer counted is passed over without a trace: it has no
// neighbour that would tell. But the entries of a page fill it without a gap, so those that are counted tell whether one is missing.

internal import CLMDB
internal import Glibc

extension Cursor {
  /// LMDB makes pages as large as the system's, so in the map each begins where one of the system's does.
  private static let systemPageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// What the table says of itself.
  func statistics() throws(StoreError) -> MDB_stat {
    unsafe try table.statistics(in: mdb_cursor_txn(raw))
  }

  /// Where the page begins on which `key` stands, which a read transaction has lent.
  ///
  /// In a write transaction a page may be a copy outside of the map; it is the program's own.
  func page(of key: RawSpan) -> UInt {
    unsafe key.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
      & ~UInt(Self.systemPageSize - 1)
  }

  /// Whether the entries that the page at `address`, a leaf in the map, counts fill it from its free space to its end, each inside.
  func countsAllEntries(_ address: UInt) throws(StoreError) -> Bool {
    let size = Int(try statistics().ms_psize)
    guard size == Self.systemPageSize, let start = unsafe UnsafeRawPointer(bitPattern: address)
    else { return true }
    // A whole page of the map: mapped, since the key lies in it, and unchanged while the transaction is.
    let page = unsafe RawSpan(_unsafeStart: start, byteCount: size)
    func number(_ offset: Int) -> Int {
      // Bounds are checked; any two bytes are a number.
      Int(
        UInt16(
          littleEndian: unsafe page.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    }
    let (lower, upper) = (number(12), number(14))
    guard lower % 2 == 0, lower >= Page.header, lower <= upper, upper <= size else { return false }
    var sum = 0
    for place in stride(from: Page.header, to: lower, by: 2) {
      let entry = number(place)
      guard entry >= upper, entry + Page.nodeHeader <= size else { return false }
      // MDB_node: the value's size in two halves, flags (1: it has pages of its own), the key's size.
      let value = number(entry + 4) & 1 == 0 ? number(entry) | number(entry + 2) << 16 : 8
      let length = Page.nodeHeader + number(entry + 6) + value
      guard entry + length <= size else { return false }
      sum += length + length % 2
    }
    return sum == size - upper
  }
}
