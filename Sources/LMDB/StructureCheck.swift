// Why: LMDB trusts its pages: a changed number of a page, a changed offset or two pages that changed places make it crash, or
// answer wrongly without a word. This walk asks everything of a page that LMDB takes for granted, with plain reads, so that the
// damage is named instead.

/// A walk over all pages of one snapshot.
struct StructureCheck {
  private let file: DataFile
  private let head: DataFile.Head
  /// Pages that the file really has.
  private let present: UInt64
  private let free: FreePages
  /// What was found.
  private(set) var faults: [PageFault] = []
  /// Whether a page is taken: by a tree, or by the list of free pages.
  private var isTaken: [Bool]

  /// So many faults are told; more would not help.
  private static let mostFaults = 100

  /// A check of the snapshot that `head` says, of which `present` pages are in `file`.
  init(_ file: DataFile, _ head: DataFile.Head, present: UInt64) {
    self.file = file
    self.head = head
    self.present = present
    free = file.freePages(head.pageSize, present)
    isTaken = [Bool](repeating: false, count: Int(max(2, min(head.lastPage &+ 1, present))))
    isTaken[0] = true
    isTaken[1] = true
  }

  /// Checks everything.
  mutating func run() {
    for (name, record) in checkTables() {
      checkTree(name, record) { _, _ in }
    }
    checkFreePages()
    guard faults.isEmpty, let lost = isTaken.firstIndex(of: false) else { return }
    fault(UInt64(lost), nil, "It is neither in use nor free.")
  }

  /// Checks the table of tables only, and where the others begin; the tables that it names.
  mutating func checkTables() -> [(name: String, record: TreeRecord)] {
    var tables: [(String, TreeRecord)] = []
    guard let main = TreeRecord(head.main, at: 0), let free = TreeRecord(head.free, at: 0) else {
      return []
    }
    checkFlags(free, Self.numbersAsKeys, "the free pages")
    checkFlags(main, 0, "the tables")
    checkTree("", main) { node, page in
      let name = String(decoding: page.bytes[node.key], as: UTF8.self)
      if let record = node.isTable ? TreeRecord(page.bytes, at: node.value.lowerBound) : nil {
        tables.append((name, record))
      }
    }
    for (name, record) in tables { checkFlags(record, 0, "the table \"\(name)\"") }
    checkRoots(tables.map { $0.1.root } + [main.root])
    return tables
  }

  /// Checks that no table begins on a free page. One changed bit can make a root that of an earlier commit: whole, and old.
  private mutating func checkRoots(_ roots: [UInt64]) {
    var freed: [UInt64] = []
    _ = free.forEachList(head.freeRoot) { _, pages in
      for page in pages where roots.contains(page) { freed.append(page) }
    }
    for page in freed { fault(page, nil, "A table begins there, and it is free.") }
  }

  /// MDB_INTEGERKEY.
  private static let numbersAsKeys: UInt16 = 8

  /// LMDB compares keys as a table's flags say; with other flags it would pass over keys that are there.
  private mutating func checkFlags(_ record: TreeRecord, _ right: UInt16, _ what: String) {
    guard record.flags != right else { return }
    fault(record.root, nil, "The flags of \(what) are \(record.flags), and should be \(right).")
  }

  private mutating func checkFreePages() {
    guard let record = TreeRecord(head.free, at: 0) else { return }
    checkTree(nil, record) { _, _ in }
    guard faults.isEmpty else { return }
    var wrong: [(UInt64, String)] = []
    var taken = isTaken
    isTaken = []
    _ = free.forEachList(record.root) { transaction, pages in
      if transaction > head.transaction {
        wrong.append((record.root, "Transaction \(transaction), which is to come, freed pages."))
      }
      for page in pages {
        if page >= UInt64(taken.count) {
          // Pages at the end that were taken and given back are not in the file.
          if page > head.lastPage { wrong.append((page, "It is free, and not in the file.")) }
        } else if taken[Int(page)] {
          wrong.append((page, "It is free, and in use or free once more."))
        } else {
          taken[Int(page)] = true
        }
      }
    }
    isTaken = taken
    for (page, message) in wrong { fault(page, nil, message) }
  }

  private mutating func checkTree(
    _ name: String?, _ record: TreeRecord, visit: (Page.Node, Page) -> Void
  ) {
    var counted = record
    counted.branchPages = 0
    counted.leafPages = 0
    counted.overflowPages = 0
    counted.entries = 0
    let before = faults.count
    if record.root != Page.none, record.depth > Page.mostLevels {
      fault(record.root, name, "The table is said to have \(record.depth) levels.")
    } else if record.root != Page.none {
      var walk = Walk(table: name, depth: record.depth, counted: counted)
      descend(record.root, 1, nil, nil, &walk, visit)
      counted = walk.counted
    }
    guard faults.count == before, counted != record else { return }
    fault(
      record.root, name,
      "The table is said to have \(record.entries) entries on \(record.pages) pages; "
        + "\(counted.entries) on \(counted.pages) were found.")
  }

  /// What is the same on all pages of a tree.
  private struct Walk {
    let table: String?
    let depth: Int
    var counted: TreeRecord
  }

  private mutating func descend(
    _ number: UInt64, _ level: Int, _ lower: [UInt8]?, _ upper: [UInt8]?, _ walk: inout Walk,
    _ visit: (Page.Node, Page) -> Void
  ) {
    func fault(_ message: String, _ check: inout StructureCheck) {
      check.fault(number, walk.table, message, lower, upper)
    }
    guard take(number, 1), let bytes = file.page(number, head.pageSize) else {
      return fault("It is not in the file, or in use twice.", &self)
    }
    let page = Page(bytes: bytes)
    let kind = level == walk.depth ? Page.leaf : Page.branch
    guard page.number == number, page.flags == kind else {
      return fault("It is another page, or of another kind, than belongs there.", &self)
    }
    guard page.isWhole else { return fault("Its parts do not fit together.", &self) }
    guard page.hasRisingKeys(from: lower, before: upper, areNumbers: walk.table == nil) else {
      return fault("Its keys do not rise, or belong elsewhere.", &self)
    }
    if page.isBranch { walk.counted.branchPages += 1 } else { walk.counted.leafPages += 1 }
    for index in 0..<page.count {
      guard let node = page.node(index) else { continue }
      func next() -> [UInt8]? {
        let node = index + 1 < page.count ? page.node(index + 1) : nil
        return node.map { Array(bytes[$0.key]) } ?? upper
      }
      if page.isBranch {
        let low = index == 0 ? lower : Array(bytes[node.key])
        descend(node.child, level + 1, low, next(), &walk, visit)
      } else {
        walk.counted.entries += 1
        checkLarge(node, from: Array(bytes[node.key]), upTo: next(), &walk)
        visit(node, page)
      }
    }
  }

  /// Checks the pages of a value that has pages of its own, which is that of the one key from `lower` up to `upper`.
  private mutating func checkLarge(
    _ node: Page.Node, from lower: @autoclosure () -> [UInt8],
    upTo upper: @autoclosure () -> [UInt8]?, _ walk: inout Walk
  ) {
    guard node.isLarge else { return }
    let number = node.page.little(node.value.lowerBound, UInt64.self)
    let needed = UInt64((Page.header + node.size + head.pageSize - 1) / head.pageSize)
    guard number < present,
      let bytes = file.bytes(at: Int(number) * head.pageSize, count: Page.header)
    else {
      return fault(
        number, walk.table, "The value that begins there is not in the file.", lower(), upper())
    }
    let first = Page(bytes: bytes)
    guard first.number == number, first.flags == Page.overflow, first.overflowPages >= needed,
      take(number, first.overflowPages)
    else {
      return fault(
        number, walk.table,
        "It is not the beginning of a value of \(needed) pages, or in use twice.", lower(), upper())
    }
    walk.counted.overflowPages += first.overflowPages
  }

  /// Marks `count` pages from `number` as taken; false when one of them is already, or does not exist.
  private mutating func take(_ number: UInt64, _ count: UInt64) -> Bool {
    guard number >= 2, number < UInt64(isTaken.count), count <= UInt64(isTaken.count) - number
    else {
      return false
    }
    for page in Int(number)..<Int(number + count) {
      if isTaken[page] { return false }
      isTaken[page] = true
    }
    return true
  }

  private mutating func fault(
    _ page: UInt64, _ table: String?, _ message: String, _ lower: [UInt8]? = nil,
    _ upper: [UInt8]? = nil
  ) {
    guard faults.count < Self.mostFaults else { return }
    faults.append(
      PageFault(page: page, table: table, message: message, lower: lower, upper: upper))
  }
}
