// Why: a summary may be whole and still not say what the log says; it may be of other events; it may be missing. Each is told apart from damage
// to the log, and a rebuild mends it.

internal import Books
internal import EventLog
internal import Events
internal import Foundation
internal import LMDB
internal import Ledger
internal import Projections
internal import Proofs
internal import Summaries
internal import Support
internal import Synchronization
internal import Testing
internal import Wire

@Suite struct `Verifying books` {
  private static let tree = SummaryTree(leafSize: 16, fanout: 4)

  /// Ferretería Aranda's quarter, with summaries of several levels.
  private static let template = Result {
    let directory = try TemporaryDirectory()
    try TemporaryBooks.with(chart: "generic", openedAt: "2025-12-31T08:00:00Z") { books in
      try books.record(try Aranda.proposals(), RecordOptions(isImport: true))
      try FileManager.default.copyItem(atPath: books.path, toPath: directory.path + "/books")
    }
    return directory
  }

  /// A copy of them.
  private struct Copy {
    let directory: TemporaryDirectory
    var path: String { directory.path + "/books" }

    init() throws {
      directory = try TemporaryDirectory()
      try FileManager.default.copyItem(
        atPath: template.get().path + "/books", toPath: directory.path + "/books")
    }

    func verify(_ depth: VerificationDepth = .full, against: [HeldHistory] = []) throws
      -> BooksVerification
    {
      try Books.verify(at: path, depth, tree: tree, against: against)
    }

    /// Changes a table of the summaries, checksums included.
    func change(
      _ name: String, _ body: (inout WriteTransaction, Table) throws(StoreError) -> Void
    ) throws {
      let environment = try Environment(path: path + "/views", tables: [name])
      let table = try environment.table(name)
      try environment.write { (txn) throws(StoreError) in try body(&txn, table) }
    }
  }

  /// The key of part 0 of a leaf of the balances.
  private static let key = Array("accounts/1".utf8) + [0, 0] + [0, 0, 0, 0, 0, 0, 0, 6] + [0]

  @Test(arguments: [VerificationDepth.quick, .full, .deep])
  func `finds good books sound`(_ depth: VerificationDepth) throws {
    let answer = try Copy().verify(depth)
    #expect(answer.faults.map(\.description) == [])
    #expect(answer.log?.head.size == 179)
    if depth == .quick { return }
    #expect(answer.log?.records == 179)
    #expect(answer.summaries > 300)
    if depth == .full { return }
    // Eleven leaves and two ranges above, for each projection.
    #expect(answer.recomputed == UInt64(13 * AllProjections.list.count))
    #expect(answer.decided == 179)
    #expect(answer.differences.isEmpty)
  }

  @Test func `finds a summary that is whole but says something else, when it is worked out again`()
    throws
  {
    let books = try Copy()
    try books.change("summaries") { (txn, table) throws(StoreError) in
      try txn.put(Self.key, try Self.copy(Self.otherKey, table, txn), in: table)
    }
    #expect(try books.verify().faults.map(\.description) == [])
    let faults = try books.verify(.deep).faults
    #expect(faults.allSatisfy { $0.part == .views })
    #expect(
      faults.first?.what
        == "The summary accounts/1 of positions 97 to 112 does not say what the log says.",
      "\(faults)")
    #expect(faults.first?.remedy == "Run `diario rebuild accounts`.")
    do {
      let opened = try Books(at: books.path, tree: Self.tree, readOnly: true, now: { Instant() })
      try opened.rebuild(["accounts"])
    }
    #expect(try books.verify(.deep).faults.map(\.description) == [])
  }

  private static func copy(
    _ key: [UInt8], _ table: Table, _ txn: borrowing WriteTransaction
  ) throws(StoreError) -> [UInt8] {
    guard let row = try txn.get(key, in: table) else { return [] }
    return row.bytes(0..<row.byteCount)
  }

  private static let otherKey = Array("accounts/1".utf8) + [0, 0] + [0, 0, 0, 0, 0, 0, 0, 7] + [0]

  @Test
  func
    `finds a summary that is missing, one that is damaged, and one of events that are not there`()
    throws
  {
    let missing = try Copy()
    try missing.change("summaries") { (txn, table) throws(StoreError) in
      try txn.delete(Self.key, in: table)
    }
    #expect(
      try missing.verify().faults.map(\.what)
        == ["The summary accounts/1 of positions 97 to 112 is missing."])
    let ahead = try Copy()
    try ahead.change("coverage") { (txn, table) throws(StoreError) in
      try txn.put("accounts/1", [0, 1] + [UInt8](repeating: 0, count: 38), in: table)
    }
    for depth in [VerificationDepth.quick, .full] {
      let faults = try ahead.verify(depth).faults.map(\.what)
      #expect(
        faults == [
          "The row of accounts/1 in the table coverage is of another history, up to position 256."
        ])
    }
    let damaged = try Copy()
    let file = URL(filePath: damaged.path + "/views/data.mdb")
    let sound = try Data(contentsOf: file)
    // Pages that are free again keep what stood on them: the last header that is in use.
    var faults: [Fault] = []
    var end = sound.endIndex
    while faults.isEmpty {
      end = try #require(sound[..<end].lastRange(of: Data("TLY2".utf8))?.lowerBound)
      var bytes = sound
      bytes[end + 9] ^= 1
      try bytes.write(to: file)
      faults = try damaged.verify().faults
    }
    #expect(faults.count == 1 && faults[0].part == .views, "\(faults)")
    #expect(faults.first?.what.contains("is damaged") == true, "\(faults)")
  }

  @Test func `names a damaged summary by its projection, and whoever asks is answered without it`()
    throws
  {
    let damaged = try Copy()
    let file = URL(filePath: damaged.path + "/views/data.mdb")
    let sound = try Data(contentsOf: file)
    // The value follows its key; what stands on pages that are free again does not count.
    let key = Data(Self.key)
    var start = sound.startIndex
    var faults: [Fault] = []
    while faults.isEmpty {
      let range = try #require(sound.range(of: key, in: start..<sound.endIndex))
      var bytes = sound
      bytes[range.upperBound + 9] ^= 1
      try bytes.write(to: file)
      faults = try damaged.verify().faults
      start = range.upperBound
    }
    #expect(
      faults.map(\.what) == ["The summary accounts/1 of positions 97 to 112 is damaged."])
    let told = Mutex<[BooksError]>([])
    let books = try Books(
      at: damaged.path, tree: Self.tree, readOnly: true,
      passedOver: { error in told.withLock { $0.append(error) } }, now: { Instant() })
    // Of the first 112 events these are the last sixteen.
    let answer = try books.look(knownAt: .position(112)).tally(AccountBalances.self)
    let error = told.withLock { $0.count == 1 ? $0[0] : nil }
    #expect(error?.code == .damaged)
    #expect(error?.message == "A summary of accounts/1 is damaged.")
    #expect(error?.remedy == "Nothing is lost: run `diario rebuild accounts`.")
    try books.rebuild(["accounts"])
    #expect(try books.look(knownAt: .position(112)).tally(AccountBalances.self) == answer)
    #expect(told.withLock { $0.count } == 1)
  }

  @Test(arguments: [VerificationDepth.full, .deep])
  func `blames no summary for a damaged log, and says what could not be compared`(
    depth: VerificationDepth
  ) throws {
    let books = try Copy()
    let roots = try {
      let log = try LMDBLog(at: books.path + "/log", readOnly: true)
      return try [60, 179].map { try log.root(at: $0) }
    }()
    let file = URL(filePath: books.path + "/log/data.mdb")
    var bytes = try Data(contentsOf: file)
    var start = bytes.startIndex
    while let range = bytes.range(of: Data("Tornillo".utf8), in: start..<bytes.endIndex) {
      bytes[range.lowerBound] ^= 1
      start = range.upperBound
    }
    try bytes.write(to: file)
    let held = zip([Position(60), 179], roots).map {
      HeldHistory(
        name: "c-\($0)", checkpoint: Checkpoint(origin: "aranda", size: $0, root: $1))
    }
    let answer = try books.verify(depth, against: held)
    let told = answer.faults.map(\.description)
    #expect(answer.faults.allSatisfy { [.log, .history].contains($0.part) }, "\(told)")
    // The block, the root that cannot be worked out, and what it brought; nothing twice.
    #expect(answer.faults.count { $0.part == .log } == 3, "\(told)")
    #expect(!told.contains { $0.contains("Nothing behind it was checked") }, "\(told)")
    for name in ["c-60", "c-179"] {
      #expect(told.contains { $0.contains("cannot be compared with \(name).") }, "\(told)")
    }
    #expect(answer.continued.isEmpty)
  }

  @Test func `finds a history that is not the one that others hold, and where it begins to differ`()
    throws
  {
    let books = try Copy()
    let log = try LMDBLog(at: Self.template.get().path + "/books/log", readOnly: true)
    func held(_ size: Position, _ root: MerkleHash, _ tiles: HeldHistory.Tiles? = nil)
      -> HeldHistory
    {
      HeldHistory(
        name: "\(size)", checkpoint: Checkpoint(origin: "aranda", size: size, root: root),
        tiles: tiles)
    }
    let roots = try (0...179).map { try log.root(at: Position($0)) }
    let good = try books.verify(against: [
      held(179, roots[179]), held(60, roots[60]), held(0, .empty),
    ])
    #expect(good.faults.map(\.description) == [])
    #expect(good.sharedHistory == 179)
    let two = try books.verify(against: [
      held(60, roots[60]), held(100, roots[99]), held(179, roots[1]),
    ])
    #expect(two.sharedHistory == 60)
    #expect(two.faults.map(\.part) == [.history, .history])
    #expect(
      two.faults[0].affects.hasPrefix("One of the events 61 to 100 was changed"), "\(two.faults)")
    // A checkpoint of a later incarnation fits, which says nothing of the one before it.
    for (first, text) in [(60, "One of the events 61 to 100 was"), (99, "Event 100 was")] {
      let forked = try books.verify(against: [
        held(Position(first), roots[first]), held(100, roots[99]), held(179, roots[179]),
      ])
      #expect(forked.faults.count == 1 && forked.faults[0].affects.hasPrefix(text))
      #expect(forked.sharedHistory == 179)
    }
    let long = try books.verify(against: [held(200, roots[3])])
    let removed = "Events 180 to 200 were removed, or these are older books."
    #expect(
      long.faults.map(\.affects) == [
        "\(removed) Whether events 1 to 179 are the same, only the tree's tiles tell."
      ])
    // What fits of another origin, a later incarnation, says nothing of this one.
    for (origin, first) in [("aranda", 101), ("aranda/2", 1)] {
      var other = held(100, roots[100])
      other.checkpoint.origin = origin
      let fitting = try books.verify(against: [held(200, roots[3]), other])
      #expect(
        fitting.faults.map(\.affects) == [
          "\(removed) Whether events \(first) to 179 are the same, only the tree's tiles tell."
        ])
      #expect(fitting.sharedHistory == 100)
    }
    // Whoever has the tree knows the event.
    let leaves = try log.tile(0, 0, width: 179)
    for (wrong, affects) in [
      (nil, removed),
      (
        178,
        "Event 179 is the first that differs; it was changed, removed, inserted or moved. \(removed)"
      ),
    ] {
      var changed = leaves + leaves.prefix(21)
      if let wrong { changed[wrong] = .empty }
      let hashes = changed
      var tree = MerkleTree()
      for hash in hashes { tree.append(hash) { _, _ in } }
      let told = try books.verify(against: [held(200, tree.root) { _, _ in hashes }])
      #expect(told.faults.map(\.affects) == [affects])
    }
    for wrong in [0, 77, 178] {
      var changed = leaves
      changed[wrong] = .empty
      let hashes = changed
      var tree = MerkleTree()
      for hash in hashes { tree.append(hash) { _, _ in } }
      // With another root than that of the checkpoint they are damaged, and say nothing.
      for (root, isTheirs) in [(tree.root, true), (roots[1], false)] {
        let told = try books.verify(against: [
          held(179, root) { level, _ in level == 0 ? hashes : nil }
        ])
        let isNamed =
          told.faults.map(\.affects).first?.hasPrefix("Event \(wrong + 1) is the first") == true
        #expect(isNamed == isTheirs, "\(told.faults)")
      }
    }
  }

  @Test func `summaries that lie beside another history are found, and never believed`() throws {
    // The same opening, but another quarter behind it: the older copy of the log was put back, and recording went on.
    let (books, other) = (try Copy(), try TemporaryDirectory())
    try TemporaryBooks.with(chart: "generic", openedAt: "2025-12-31T08:00:00Z") { log in
      try log.record(Array(try Aranda.proposals().prefix(40)), RecordOptions(isImport: true))
      try FileManager.default.copyItem(atPath: log.path, toPath: other.path + "/books")
    }
    for part in ["log", "keys"] {
      try FileManager.default.removeItem(atPath: "\(books.path)/\(part)")
      try FileManager.default.copyItem(
        atPath: "\(other.path)/books/\(part)", toPath: "\(books.path)/\(part)")
    }
    let faults = try books.verify().faults
    #expect(!faults.isEmpty && faults.allSatisfy { $0.part == .views }, "\(faults)")
    #expect(faults.contains { $0.what.contains("is of another history") }, "\(faults)")
    let row = faults.first { $0.what.contains("is of another history") }
    #expect(row?.affects.hasPrefix("No report asks these summaries") == true, "\(faults)")
    for readOnly in [true, false] {
      let opened = try Books(
        at: books.path, tree: Self.tree, readOnly: readOnly, now: { Instant() })
      let theirs = try Books(
        at: other.path + "/books", tree: Self.tree, readOnly: true, now: { Instant() })
      #expect(
        try opened.look().tally(AccountBalances.self) == theirs.look().tally(AccountBalances.self))
    }
    #expect(try books.verify(.deep).faults.map(\.description) == [])
  }

  @Test func `says that there are no books, and nothing of damage`() throws {
    let directory = try TemporaryDirectory()
    let thrown = #expect(throws: BooksError.self) { try Books.verify(at: directory.path) }
    #expect(thrown?.code == .absent)
  }

  @Test func `needs no summaries`() throws {
    let books = try Copy()
    try FileManager.default.removeItem(atPath: books.path + "/views")
    let answer = try books.verify()
    #expect(answer.faults.isEmpty)
    #expect(answer.summaries == 0)
    #expect(!FileManager.default.fileExists(atPath: books.path + "/views"), "nothing is written")
  }
}
