// Why: a summary says nothing that the log does not say as well. Whichever of them is damaged, every answer is what it was, events are
// recorded, and only what is built on it stops.

internal import Books
internal import EventLog
internal import Events
internal import Foundation
internal import LMDB
internal import Ledger
internal import Projections
internal import Summaries
internal import Support
internal import Synchronization
internal import Testing
internal import Wire

@Suite struct `Damaged summaries` {
  private static let tree = SummaryTree(leafSize: 16, fanout: 4)

  /// Ferretería Aranda's quarter: 179 events, of which eleven leaves and two ranges above are summarised.
  private let directory: TemporaryDirectory
  private var path: String { directory.path + "/books" }
  private var file: URL { URL(filePath: path + "/views/data.mdb") }

  init() throws {
    directory = try TemporaryDirectory()
    try TemporaryBooks.with(chart: "generic", openedAt: "2025-12-31T08:00:00Z") { books in
      try books.record(try Aranda.proposals(), RecordOptions(isImport: true))
      try FileManager.default.copyItem(atPath: books.path, toPath: path)
    }
  }

  /// What was told of damage.
  private final class Told: Sendable {
    private let messages = Mutex<[String]>([])
    func add(_ error: BooksError) {
      #expect(error.code == .damaged)
      #expect(error.remedy.contains("run `diario rebuild"), "\(error.remedy)")
      messages.withLock { $0.append(error.message) }
    }
    var all: [String] { messages.withLock { $0 } }
  }

  private func open(_ told: Told = Told(), readOnly: Bool = false) throws -> Books {
    try Books(
      at: path, tree: Self.tree, readOnly: readOnly, passedOver: told.add, now: TestClock().now)
  }

  /// A row of a leaf page: where its key and its value are in the file. (MDB_page has its flags at 10, and from 16 on the places of its
  /// nodes, up to what stands at 12; MDB_node has the length of the value at 0, its flags at 4, the length of the key at 6, the key at 8 and
  /// then the value, or the number of the pages on which it is.)
  private func rows(_ file: Data) -> [(key: [UInt8], value: Range<Int>)] {
    var rows: [(key: [UInt8], value: Range<Int>)] = []
    func number(_ place: Int) -> Int { Int(file[place]) | Int(file[place + 1]) << 8 }
    for page in stride(from: 8_192, to: file.count, by: 4_096) where file[page + 10] == 2 {
      for place in stride(from: page + 16, to: page + number(page + 12), by: 2) {
        let node = page + number(place)
        let key = node + 8..<node + 8 + number(node + 6)
        let count = number(node) | number(node + 2) << 16
        guard key.upperBound < page + 4_096, number(node + 4) < 2, count > 0 else { continue }
        let isOnPages = number(node + 4) == 1
        let start = isOnPages ? number(key.upperBound) * 4_096 + 16 : key.upperBound
        guard start + count <= file.count else { continue }
        rows.append((Array(file[key]), start..<start + count))
      }
    }
    return rows
  }

  private func flip(_ place: Int) throws {
    let handle = try FileHandle(forUpdating: file)
    try handle.seek(toOffset: UInt64(place))
    let byte = try #require(try handle.read(upToCount: 1)?.first)
    try handle.seek(toOffset: UInt64(place))
    try handle.write(contentsOf: [byte ^ 1])
  }

  private func tally<P: TallyProjection>(_ type: P.Type, _ look: BooksLook) throws -> String {
    var text = ""
    for day in [nil, "2026-01-20", "2026-03-03"] as [Day?] {
      text += "\(P.name) \(try look.tally(P.self, .all, asOf: day))\n"
    }
    let changes = try look.changes(
      P.self, .all, from: Point(asOf: "2026-02-01", knownAt: 90), to: look.point)
    return text + "\(changes)\n"
  }

  private func timeline<P: TimelineProjection>(_ type: P.Type, _ look: BooksLook) throws -> String {
    var names = [NameID.books]
    for kind in [NameKind.account, .customer, .product] { names += try look.names(of: kind) }
    let all = try look.positions(P.self, ofEach: names.sorted(), .all)
    return "\(P.name) \(all) \(try look.positions(P.self, ofEach: names.sorted(), .last(2)))\n"
  }

  /// What is asked of each projection at several points in time, and what would be recorded.
  private func answers(_ told: Told) throws -> [String] {
    var answers: [String] = []
    let books = try open(told)
    for known in [KnownAt.now, .position(176), .position(113), .position(50)] {
      let look = try books.look(knownAt: known)
      for projection in AllProjections.list {
        if let type = projection as? any TallyProjection.Type {
          answers.append(try tally(type, look))
        } else if let type = projection as? any TimelineProjection.Type {
          answers.append(try timeline(type, look))
        }
      }
    }
    let again = try Aranda.proposals().suffix(60).map {
      var proposal = $0
      (proposal.at, proposal.key) = (nil, "")
      return proposal
    }
    for answer in try books.record(again, RecordOptions(isTrial: true)) {
      switch answer {
      case .recorded(let receipt), .wouldBe(let receipt): answers.append("\(receipt.moves)")
      case .refused(let refusal): answers.append("\(refusal)")
      }
    }
    return answers
  }

  @Test func `change no answer, whichever part of them it is, and are told of`() throws {
    let sound = Told()
    let expected = try answers(sound)
    #expect(sound.all == [] && expected.count > 4 * 10 + 59)
    let rows = rows(try Data(contentsOf: file)).filter { $0.key.contains(0) }
    #expect(rows.count > 300)
    var (tried, told) = (0, 0)
    for row in stride(from: 0, to: rows.count, by: 21) {
      let value = rows[row].value
      let place = value.lowerBound + value.count / 2
      try flip(place)
      let messages = Told()
      let namespace = String(decoding: rows[row].key.prefix { $0 != 0 }, as: UTF8.self)
      #expect(try answers(messages) == expected, "\(namespace), row \(row)")
      // What is on pages that are free again is not read, nor is every part by these questions.
      #expect([[], ["A summary of \(namespace) is damaged."]].contains(messages.all))
      tried += 1
      told += messages.all.count
      try flip(place)
    }
    #expect(told * 4 > tried, "\(told) of \(tried)")
    #expect(try answers(sound) == expected && sound.all == [])
  }

  @Test func `change no answer where pages of them cannot be found`() throws {
    let sound = try answers(Told())
    let bytes = try Data(contentsOf: file)
    // A branch page has the numbers of the pages below in its nodes, 48 bits of them at 0, 2 and 4.
    var places: [Int] = []
    for page in stride(from: 8_192, to: bytes.count, by: 4_096) where bytes[page + 10] == 1 {
      let end = Int(bytes[page + 12]) | Int(bytes[page + 13]) << 8
      for node in stride(from: page + 16, to: page + end, by: 2) {
        places.append(page + (Int(bytes[node]) | Int(bytes[node + 1]) << 8) + 4)
      }
    }
    #expect(places.count > 10)
    var told = 0
    for index in stride(from: 0, to: places.count, by: max(1, places.count / 12)) {
      try flip(places[index])
      let messages = Told()
      #expect(try answers(messages) == sound)
      told += messages.all.isEmpty ? 0 : 1
      try flip(places[index])
    }
    #expect(told > 0)
  }

  /// Damages the header of the sums of positions 145 to 160, on whichever page it is in use.
  private func damageLeaf() throws {
    let key = Array("accounts/1".utf8) + [0, 0] + [0, 0, 0, 0, 0, 0, 0, 9] + [0]
    let places = rows(try Data(contentsOf: file)).filter { $0.key == key }.map(\.value.lowerBound)
    #expect(places.isEmpty == false)
    for place in places { try flip(place + 9) }
  }

  @Test
  func `keep nobody from recording; only their projection is not built on, until it is rebuilt`()
    throws
  {
    try damageLeaf()
    let told = Told()
    // The range of positions 129 to 192 has leaves 8 to 11; the last of them is complete with event 192.
    for count in [13, 1, 1] {
      let books = try open(told)
      let first = try books.size()
      for number in 1...count {
        #expect(try books.record([customer("NEW-\(Int(first) + number)")])[0].receipt != nil)
      }
      if count == 1 { #expect(try books.record([customer("NEW-180")])[0].refusal != nil) }
      for view in try books.viewStatus() {
        let isDamaged = view.projection == "accounts/1"
        #expect(view.covered == (isDamaged ? 176 : 192), "\(view)")
        #expect(view.failure?.code == (isDamaged ? .damaged : nil))
      }
    }
    #expect(
      Set(told.all).count == 1 && told.all[0].hasSuffix("A summary of accounts/1 is damaged."))
    try open().rebuild(["accounts"])
    #expect(try Books.verify(at: path, .deep, tree: Self.tree).faults.map(\.description) == [])
  }
}
