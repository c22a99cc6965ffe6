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

  init(pageSize: Int, present: UInt64, read: @escaping (UInt64, Int) -> [UInt8]?) {
    self.pageSize = pageSize
    self.present = present
    self.read = read
  }

  /// How many pages of `range` are free; 0 when the table cannot be read.
  func count(in range: Range<UInt64>, root: UInt64) -> UInt64 {
    var found: UInt64 = 0
    let isWhole = forEachList(root) { _, list in
      for page in list where range.contains(page) { found += 1 }
    }
    return isWhole ? found : 0
  }

  /// Calls `visit` with each transaction and the pages that it freed; `false` when a page is missing or makes no sense.
  func forEachList(_ root: UInt64, visit: (_ transaction: UInt64, [UInt64]) -> Void) -> Bool {
    if root == Page.none { return true }
    // No page belongs to the tree twice, so a walk that visits more than all of them runs in a circle.
    var budget = present
    return walk(root, 1, &budget, visit: visit)
  }

  /// The greatest transaction that the table has pages of; `nil` when it is empty or cannot be read.
  func newestTransaction(_ root: UInt64) -> UInt64? {
    var next = root
    for _ in 0..<Page.mostLevels {
      guard next < present, let page = page(next), page.count > 0,
        let last = page.node(page.count - 1)
      else { return nil }
      if !page.isBranch { return transaction(last) }
      next = last.child
    }
    return nil
  }

  private func page(_ number: UInt64) -> Page? {
    guard let bytes = read(number, 1) else { return nil }
    let page = Page(bytes: bytes)
    return page.hasNodes ? page : nil
  }

  private func transaction(_ node: Page.Node) -> UInt64? {
    node.key.count == 8 ? node.page.little(node.key.lowerBound, UInt64.self) : nil
  }

  private func walk(
    _ number: UInt64, _ level: Int, _ budget: inout UInt64, visit: (UInt64, [UInt64]) -> Void
  ) -> Bool {
    guard budget > 0, level <= Page.mostLevels, number < present, let page = page(number) else {
      return false
    }
    budget -= 1
    for index in 0..<page.count {
      guard let node = page.node(index) else { return false }
      if page.isBranch {
        guard walk(node.child, level + 1, &budget, visit: visit) else { return false }
      } else {
        guard let transaction = transaction(node), let list = list(node) else { return false }
        visit(transaction, list)
      }
    }
    return true
  }

  /// A list of page numbers (MDB_IDL): a count, then as many numbers; in the node, or on pages of its own.
  func list(_ node: Page.Node) -> [UInt64]? {
    guard node.value.count >= 8 else { return nil }
    if !node.isLarge { return numbers(node.page, at: node.value.lowerBound, size: node.size) }
    let page = node.page.little(node.value.lowerBound, UInt64.self)
    guard page < present else { return nil }
    let count = (Page.header + node.size + pageSize - 1) / pageSize
    guard UInt64(count) <= present - page, let bytes = read(page, count) else { return nil }
    return numbers(bytes, at: Page.header, size: node.size)
  }

  private func numbers(_ bytes: [UInt8], at start: Int, size: Int) -> [UInt64]? {
    let count = bytes.little(start, UInt64.self)
    guard size >= 8, count <= UInt64(size / 8 - 1) else { return nil }
    return (0..<Int(count)).map { bytes.little(start + 8 + 8 * $0, UInt64.self) }
  }
}
