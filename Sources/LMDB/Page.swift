// Why: what is wrong with a data file must be found without asking LMDB, which trusts its pages and crashes on wrong ones. So a page
// is also understood here, as plain bytes: MDB_page and MDB_node of LMDB 0.9 on a 64-bit little-endian machine.

/// A page of a data file, as plain bytes.
struct Page {
  /// MDB_page, up to mp_ptrs.
  static let header = 16
  /// MDB_node, up to mn_data.
  static let nodeHeader = 8
  /// P_INVALID: the root of an empty table.
  static let none = UInt64.max
  /// LMDB's own limit (CURSOR_STACK): no tree of its has more levels.
  static let mostLevels = 32

  /// The kinds of pages: P_BRANCH, P_LEAF, P_OVERFLOW, P_META.
  static let branch: UInt16 = 1
  static let leaf: UInt16 = 2
  static let overflow: UInt16 = 4
  static let meta: UInt16 = 8

  let bytes: [UInt8]

  /// The number that the page says it has.
  var number: UInt64 { bytes.little(0, UInt64.self) }
  /// What kind of page it is.
  var flags: UInt16 { bytes.little(10, UInt16.self) }
  /// Where the free space between the nodes' offsets and the nodes begins and ends.
  var lower: Int { Int(bytes.little(12, UInt16.self)) }
  var upper: Int { Int(bytes.little(14, UInt16.self)) }
  /// Of the first page of a large value: how many pages it takes.
  var overflowPages: UInt64 { UInt64(bytes.little(12, UInt32.self)) }
  /// How many nodes it has.
  var count: Int { (lower - Self.header) / 2 }
  var isBranch: Bool { flags & Self.branch != 0 }

  /// Whether the offsets of its nodes can be read at all.
  var hasNodes: Bool {
    flags & (Self.branch | Self.leaf) != 0 && lower >= Self.header && lower <= bytes.count
  }

  /// A key with its value or with the page below it.
  struct Node {
    let page: [UInt8]
    let start: Int

    private var low: UInt64 { UInt64(page.little(start, UInt16.self)) }
    private var high: UInt64 { UInt64(page.little(start + 2, UInt16.self)) }
    /// F_BIGDATA 1: the value has pages of its own; F_SUBDATA 2: it is a table.
    var flags: UInt16 { page.little(start + 4, UInt16.self) }
    /// Of a branch: the page below, whose number is spread over the node's header.
    var child: UInt64 { low | high << 16 | UInt64(flags) << 32 }
    /// Of a leaf: bytes of the value.
    var size: Int { Int(low | high << 16) }
    var isLarge: Bool { flags & 1 != 0 }
    var isTable: Bool { flags & 2 != 0 }
    /// Where the key stands in the page.
    var key: Range<Int> {
      let begin = start + Page.nodeHeader
      return begin..<begin + Int(page.little(start + 6, UInt16.self))
    }
    /// Where the value stands, or the number of its first page.
    var value: Range<Int> { key.upperBound..<key.upperBound + (isLarge ? 8 : size) }
    /// Where the node ends, on a branch or on a leaf.
    func end(onBranch isBranch: Bool) -> Int { isBranch ? key.upperBound : value.upperBound }
  }

  /// The node `index`; `nil` when it does not lie inside the page.
  func node(_ index: Int) -> Node? {
    let start = Int(bytes.little(Self.header + 2 * index, UInt16.self))
    guard start >= lower, start + Self.nodeHeader <= bytes.count else { return nil }
    let node = Node(page: bytes, start: start)
    return node.end(onBranch: isBranch) <= bytes.count ? node : nil
  }
}

extension Page {
  /// Whether its nodes fill it exactly from `upper` to its end, each inside, behind the list of their offsets.
  var isWhole: Bool {
    guard hasNodes, lower % 2 == 0, lower <= upper, upper <= bytes.count, count > 0 else {
      return false
    }
    var sum = 0
    for index in 0..<count {
      guard let node = node(index), node.start >= upper, node.start % 2 == 0,
        isBranch || node.flags & ~3 == 0
      else { return false }
      let size = node.end(onBranch: isBranch) - node.start
      sum += size + size % 2
    }
    return sum == bytes.count - upper
  }
}

extension [UInt8] {
  /// The little-endian number at `offset`.
  func little<N: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _: N.Type) -> N {
    // The load checks that the bytes are there; any bytes are a number.
    unsafe N(littleEndian: span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: N.self))
  }
}
