// Why: telling a file that was cut off from one whose last pages were simply never written needs LMDB's list of
// free pages. It is read here with plain reads, checked at every step, because LMDB itself would crash on
// exactly the file that this is meant to find.

/// The free-page table of a data file: transaction number → pages that it freed.
struct FreePages {
  let pageSize: Int
  /// Pages that the file really has.
  let present: UInt64
  /// Reads `count` pages from `page`; `nil` when they are not all there.
  let read: (_ page: UInt64, _ count: Int) -> [UInt8]?

  private static let header = 16  // MDB_page, up to mp_ptrs
  private static let nodeHeader = 8  // MDB_node, up to mn_data
  private static let none = UInt64.max  // P_INVALID: the root of an empty table

  init(pageSize: Int, present: UInt64, read: @escaping (UInt64, Int) -> [UInt8]?) {
    self.pageSize = pageSize
    self.present = present
    self.read = read
  }

  /// How many pages of `range` are free; 0 when the table cannot be read.
  func count(in range: Range<UInt64>, root: UInt64) -> UInt64 {
    if root == Self.none { return 0 }
    var found: UInt64 = 0
    // No page belongs to the tree twice, so a walk that visits more than all of them runs in a circle.
    var budget = present
    let isWhole = walk(root, &budget) { list in
      for page in list where range.contains(page) { found += 1 }
    }
    return isWhole ? found : 0
  }

  /// Calls `visit` with each list of free pages; `false` when a page is missing or makes no sense.
  private func walk(_ page: UInt64, _ budget: inout UInt64, visit: ([UInt64]) -> Void) -> Bool {
    guard budget > 0, page < present, let bytes = read(page, 1) else { return false }
    budget -= 1
    let flags = bytes.little(10, UInt16.self)
    let lower = Int(bytes.little(12, UInt16.self))
    guard lower >= Self.header, lower <= pageSize, flags & 3 != 0 else { return false }
    for slot in stride(from: Self.header, to: lower - 1, by: 2) {
      let node = Int(bytes.little(slot, UInt16.self))
      guard node + Self.nodeHeader <= pageSize else { return false }
      let low = UInt64(bytes.little(node, UInt16.self))
      let size = low | UInt64(bytes.little(node + 2, UInt16.self)) << 16
      let nodeFlags = bytes.little(node + 4, UInt16.self)
      if flags & 1 != 0 {  // P_BRANCH: the child's number is spread over the node's header
        let child = size | UInt64(nodeFlags) << 32
        guard walk(child, &budget, visit: visit) else { return false }
      } else {
        let data = node + Self.nodeHeader + Int(bytes.little(node + 6, UInt16.self))
        guard let list = list(bytes, at: data, size: Int(size), isLarge: nodeFlags & 1 != 0)
        else { return false }
        visit(list)
      }
    }
    return true
  }

  /// A list of page numbers (MDB_IDL): a count, then as many numbers; in the node, or on pages of its own.
  private func list(_ leaf: [UInt8], at data: Int, size: Int, isLarge: Bool) -> [UInt64]? {
    guard data + 8 <= pageSize else { return nil }
    if !isLarge { return data + size <= pageSize ? numbers(leaf, at: data, size: size) : nil }
    let page = leaf.little(data, UInt64.self)  // F_BIGDATA
    guard page < present else { return nil }
    let count = (Self.header + size + pageSize - 1) / pageSize
    guard UInt64(count) <= present - page, let bytes = read(page, count) else { return nil }
    return numbers(bytes, at: Self.header, size: size)
  }

  private func numbers(_ bytes: [UInt8], at start: Int, size: Int) -> [UInt64]? {
    let count = bytes.little(start, UInt64.self)
    guard size >= 8, count <= UInt64(size / 8 - 1) else { return nil }
    return (0..<Int(count)).map { bytes.little(start + 8 + 8 * $0, UInt64.self) }
  }
}
