// Why: a data file that LMDB refuses, or that makes it crash, still holds values. They are looked for page by page, with plain reads;
// what was found is believed because its checksum says which table and key it belongs to. The file is never written to.

internal import Glibc

/// A value that was found whole in a damaged data file.
public struct FoundValue: Sendable, Hashable {
  /// The table and the key to which its checksum binds it.
  public let table: String
  public let key: [UInt8]
  /// Where it begins in the file, and its bytes without the checksum.
  public let offset: Int
  public let count: Int
  /// Whether the newest head leads to it; otherwise it may be of an older state, or of one that was never committed.
  public let isLive: Bool

  /// A value of `count` bytes at `offset`.
  public init(table: String, key: [UInt8], offset: Int, count: Int, isLive: Bool) {
    self.table = table
    self.key = key
    self.offset = offset
    self.count = count
    self.isLive = isLive
  }
}

/// What plain reads find in a data file.
public final class FileRemains {
  /// The tables that values are sought of.
  public let tables: [String]
  /// Bytes of one page.
  public let pageSize: Int
  /// How many whole pages there are.
  public let pageCount: UInt64
  /// Whether both heads are as LMDB writes them, so that the newest is known.
  public let hasBothHeads: Bool
  /// Bytes that the file had when the newest head was written, or has if that is more; `nil` when no head is left.
  public let committedBytes: UInt64?
  /// How many pages were committed, if the file has fewer and the newest head leads to one that is gone; `nil` otherwise.
  public var committedPages: UInt64? { leadsBeyondEnd ? newestEnd : nil }
  private let file: DataFile
  /// How many pages there are by the newest head, if they are more than the file has.
  private var newestEnd: UInt64?
  /// Whether the newest head leads to a page behind the end of the file.
  private var leadsBeyondEnd = false
  /// Leaf pages to which the newest head leads, with the table that they belong to.
  private var live: [UInt64: String] = [:]
  /// Pages on which nothing is left to be found.
  private var explained: [Bool]
  /// First pages of large values that were found whole.
  private var begun: Set<UInt64> = []
  /// Bytes that may still be read in vain; see ``mayTry(_:)``.
  private var patience: UInt64
  /// So often all of the file may be read in vain. Leaves that were written over hold some hundred times as many bytes' places as they have.
  private static let attempts: UInt64 = 64

  /// Looks at the file `data.mdb` at `path`, which may be damaged in any way.
  public init(path: String, tables: [String]) throws(StoreError) {
    file = try DataFile(path: path)
    self.tables = tables
    var heads: [DataFile.Head] = []
    if let first = try? file.head(at: 0) { heads.append(first) }
    let system = Int(sysconf(Int32(_SC_PAGESIZE)))
    let sizes = heads.map(\.pageSize) + [system, 4_096, 8_192, 16_384, 32_768, 65_536]
    for size in heads.isEmpty ? sizes : [sizes[0]] {
      if let head = try? file.head(at: size), head.pageSize == size {
        heads.append(head)
        break
      }
    }
    hasBothHeads = heads.count == 2 && (try? file.heads()) != nil
    pageSize = heads.first?.pageSize ?? system
    pageCount = try file.present(pageSize)
    explained = Array(repeating: false, count: Int(pageCount))
    patience = pageCount * UInt64(pageSize) * Self.attempts + 1 << 30
    let newest = heads.max { $0.transaction < $1.transaction }
    let (pageCount, pageSize) = (pageCount, UInt64(pageSize))
    committedBytes = newest.map {
      let (bytes, overflow) = max(pageCount, $0.lastPage &+ 1)
        .multipliedReportingOverflow(by: pageSize)
      return overflow ? .max : bytes
    }
    guard let newest else { return }
    if newest.lastPage >= pageCount { newestEnd = newest.lastPage + 1 }
    findLive(newest.mainRoot)
  }

  /// Whether `count` bytes may be read because of a length that somebody wrote there. In a forged file every page, or every other byte,
  /// may claim to be the beginning of all the rest: what all such attempts read together is bounded by the size of the file.
  public func mayTry(_ count: Int) -> Bool {
    let bytes = UInt64(max(0, count))
    guard bytes <= patience else { return false }
    patience -= bytes
    return true
  }

  /// Bytes of all whole pages.
  public var byteCount: UInt64 { pageCount * UInt64(pageSize) }

  /// The `count` bytes from `offset`; `nil` when they are not all there.
  public func bytes(at offset: Int, count: Int) -> [UInt8]? {
    file.bytes(at: offset, count: count)
  }

  /// Whether `stored`, a value with its checksum, is that of `key` in `table`.
  public static func isWhole(
    _ stored: RawSpan, under key: some TableKey, in table: String
  ) -> Bool {
    let count = stored.byteCount - Checksum.trailer
    guard count >= 0 else { return false }
    let seed = key.withBytes { key in
      Checksum.xxh3(key, seed: table.withBytes { Checksum.xxh3($0) })
    }
    // The eight bytes behind the value are there; any bytes are a number.
    let trailer = unsafe stored.unsafeLoadUnaligned(fromByteOffset: count, as: UInt64.self)
    return Checksum.xxh3(stored.extracting(first: count), seed: seed)
      == UInt64(littleEndian: trailer)
  }

  // MARK: What the newest head leads to

  private func findLive(_ root: UInt64) {
    var roots: [(UInt64, String)] = []
    walk(root) { _, page in
      for index in 0..<page.count {
        guard let node = page.node(index), node.isTable,
          let record = TreeRecord(page.bytes, at: node.value.lowerBound)
        else { continue }
        roots.append((record.root, String(decoding: page.bytes[node.key], as: UTF8.self)))
      }
    }
    for (root, table) in roots where tables.contains(table) {
      walk(root) { number, _ in live[number] = table }
    }
  }

  /// Shows the leaf pages below `root`, as far as they can be reached. A damaged pointer may lead back: a page is visited once, and no
  /// deeper than a tree can be.
  private func walk(_ root: UInt64, _ visit: (UInt64, Page) -> Void) {
    var visited: Set<UInt64> = []
    var next = [(number: root, level: 1)]
    while let (number, level) = next.popLast() {
      noteEnd(number)
      guard number < pageCount, visited.insert(number).inserted, let page = page(number) else {
        continue
      }
      guard page.isBranch else {
        visit(number, page)
        continue
      }
      guard level < Page.mostLevels else { continue }
      for index in (0..<page.count).reversed() {
        if let node = page.node(index) { next.append((node.child, level + 1)) }
      }
    }
  }

  /// Notes that the newest head leads to page `number`.
  private func noteEnd(_ number: UInt64) {
    if let newestEnd, pageCount..<newestEnd ~= number { leadsBeyondEnd = true }
  }

  private func page(_ number: UInt64) -> Page? {
    guard let bytes = file.page(number, pageSize) else { return nil }
    let page = Page(bytes: bytes)
    return page.number == number && page.hasNodes ? page : nil
  }

  // MARK: Values

  /// Shows every value whose checksum fits, those to which the newest head leads first.
  /// - Parameter progress: is told how many of how many pages are done.
  public func forEachValue<E: Error>(
    progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in },
    _ body: (FoundValue, [UInt8]) throws(E) -> Void
  ) throws(E) {
    for number in live.keys.sorted() { try values(on: number, body) }
    for number in 2..<max(2, pageCount) where live[number] == nil {
      if number % 4_096 == 0 { progress(number, pageCount) }
      if !explained[Int(number)] { try values(on: number, body) }
    }
  }

  private func values<E: Error>(
    on number: UInt64, _ body: (FoundValue, [UInt8]) throws(E) -> Void
  ) throws(E) {
    guard let page = page(number) else { return }
    if page.isBranch {
      explained[Int(number)] = page.flags == Page.branch
      return
    }
    guard page.flags == Page.leaf else { return }
    let table = live[number]
    var isWhole = true
    for index in 0..<page.count {
      guard let node = page.node(index) else {
        isWhole = false
        continue
      }
      if node.isTable { continue }
      guard let stored = stored(node, on: number) else {
        isWhole = isWhole && node.isLarge
        continue
      }
      if table == nil, node.isLarge, begun.contains(stored.page) { continue }
      let key = Array(page.bytes[node.key])
      guard
        let found = (table.map { [$0] } ?? tables).first(where: { table in
          stored.bytes.withBytes { Self.isWhole($0, under: key, in: table) }
        })
      else {
        isWhole = isWhole && node.isLarge
        continue
      }
      if node.isLarge { claim(stored.page, node.size) }
      try body(
        FoundValue(
          table: found, key: key, offset: stored.offset, count: node.size - Checksum.trailer,
          isLive: table != nil), stored.bytes)
    }
    if isWhole { explained[Int(number)] = true }
  }

  /// The bytes that a node stands for, with their checksum; `nil` when they are not in the file.
  private func stored(
    _ node: Page.Node, on number: UInt64
  ) -> (bytes: [UInt8], offset: Int, page: UInt64)? {
    if !node.isLarge {
      let offset = Int(number) * pageSize + node.value.lowerBound
      return (Array(node.page[node.value]), offset, number)
    }
    let first = node.page.little(node.value.lowerBound, UInt64.self)
    if live[number] != nil { noteEnd(first &+ UInt64((Page.header + node.size - 1) / pageSize)) }
    guard first < pageCount, mayTry(node.size) else { return nil }
    let offset = Int(first) * pageSize + Page.header
    return file.bytes(at: offset, count: node.size).map { ($0, offset, first) }
  }

  /// Notes that the value of `size` bytes, checksum included, that begins on page `first` was found.
  public func claim(_ first: UInt64, _ size: Int) {
    let pages = (Page.header + size + pageSize - 1) / pageSize
    for page in Int(first)..<min(Int(first) + pages, explained.count) { explained[page] = true }
    begun.insert(first)
  }

  // MARK: The rest

  /// Shows the number of each page on which there may be something that belongs to no whole value so far.
  public func forEachRest<E: Error>(_ body: (UInt64) throws(E) -> Void) throws(E) {
    for number in 2..<max(2, pageCount) where !explained[Int(number)] { try body(number) }
  }

  /// Where the bytes behind a page's header stand in the file.
  public func content(of page: UInt64) -> Int { Int(page) * pageSize + Page.header }
}
