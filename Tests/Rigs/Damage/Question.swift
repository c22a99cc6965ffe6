// Why: "wrong" means: another answer than the undamaged books gave. So every kind of thing that commands ask is asked, each question by
// itself: an error in one answer must not hide that another one is wrong.

internal import Books
internal import EventLog
internal import Events
internal import Foundation
internal import Ledger
internal import Projections
internal import Summaries
internal import Wire

/// Something that is asked of books, with the answer of the undamaged ones.
struct Question {
  /// What kind of answer it is about.
  let kind: String
  /// Whether these books give that answer.
  let isRight: (OpenedBooks) throws -> Bool

  private init<Answer: Equatable>(
    _ kind: String, of clean: OpenedBooks, _ ask: @escaping (OpenedBooks) throws -> Answer
  ) throws {
    let right = try ask(clean)
    self.kind = kind
    isRight = { books in try ask(books) == right }
  }

  /// Of the questions `numbers`, at most about `most`: those that cost little and of which there are few, one of the tallies, and of the
  /// others every so many. Which ones is said by the damage's place; so damages of one page have different ones asked.
  static func choice(
    of numbers: [Int], in all: [Question], atMost most: Int, by damage: Damage
  ) -> [Question] {
    guard numbers.count > most else { return numbers.map { all[$0] } }
    let step = (numbers.count + most - 1) / most
    return numbers.enumerated().lazy.map { ($0.offset, all[$0.element]) }.filter {
      index, question in
      switch question.kind {
      case "head", "count": true
      case "balances", "open items": index % tallies == damage.place % tallies
      default: index % step == damage.place % step
      }
    }.map(\.1)
  }

  /// How many questions are about tallies; they stand together.
  private static let tallies = 6

  /// Everything that is asked, with the answers of `clean`.
  static func all(of clean: OpenedBooks) throws -> [Question] {
    let size = try clean.log.head().size
    var names: [Introduced] = []
    var keys: [String] = []
    try clean.log.scan(1...size) { (record) throws(LogError) in
      if let copy = record.copy() {
        if !copy.key.isEmpty { keys.append(copy.key) }
        names += copy.introduced
      }
      return true
    }
    return try aboutEvents(size, clean) + aboutKeys(keys, clean) + aboutNames(names, clean)
      + aboutSummaries(size, names.map(\.id), clean)
  }

  private static func aboutEvents(_ size: Position, _ clean: OpenedBooks) throws -> [Question] {
    var questions = [
      try Question("head", of: clean) { [$0.log.identity, "\(try $0.log.head())"] },
      // Behind the end, too: there is nothing.
      try Question("records", of: clean) { try records(1...size + 1, in: $0) },
    ]
    for first in stride(from: 1, through: size, by: 8) {
      questions.append(
        try Question("records", of: clean) { try records(first...first + 7, in: $0) })
    }
    for position in stride(from: 1, through: size + 1, by: 3) {
      questions.append(
        try Question("record", of: clean) { try $0.log.record(at: position) })
    }
    for position in stride(from: 1, through: size, by: 16) {
      questions.append(try Question("root", of: clean) { try $0.log.root(at: position) })
    }
    return questions
  }

  private static func records(
    _ range: ClosedRange<Position>, in books: OpenedBooks
  ) throws -> [[UInt8]] {
    var records: [[UInt8]] = []
    try books.log.scan(range) { (record) throws(LogError) in
      records.append(record.bytes.bytes(0..<record.length))
      return true
    }
    return records
  }

  /// Every key, and beside it one that was never used.
  private static func aboutKeys(_ keys: [String], _ clean: OpenedBooks) throws -> [Question] {
    try keys.flatMap { [$0, $0 + "-"] }.map { key in
      try Question("key", of: clean) { try $0.log.use(of: key) }
    }
  }

  /// Every name both ways, and beside it one that does not exist.
  private static func aboutNames(_ names: [Introduced], _ clean: OpenedBooks) throws -> [Question] {
    try names.flatMap { name in
      let kind = name.id.kind ?? .account
      let absent = try Code(name.code.description + "-")
      return [
        try Question("name", of: clean) { try $0.log.name(name.id) },
        try Question("code", of: clean) { try $0.log.name(kind, name.code) },
        try Question("code", of: clean) { try $0.log.name(kind, absent) },
      ]
    }
      + NameKind.allCases.map { kind in
        try Question("count", of: clean) { try $0.log.count(of: kind) }
      }
  }

  private static func aboutSummaries(
    _ size: Position, _ names: [NameID], _ clean: OpenedBooks
  ) throws -> [Question] {
    var questions: [Question] = []
    let middle = try clean.log.record(at: size / 2)
    for day in [middle?.on, nil] {
      for position in [size / 2, size] {
        questions.append(
          try Question("balances", of: clean) {
            try $0.look(knownAt: position).tally(AccountBalances.self, .all, asOf: day)
          })
      }
      questions.append(
        try Question("open items", of: clean) {
          try $0.look(knownAt: size).tally(OpenItems.self, .all, asOf: day)
        })
    }
    for name in names {
      questions.append(
        try Question("history", of: clean) {
          try $0.look(knownAt: size).positions(Histories.self, of: name, .all)
        })
    }
    return questions
  }
}
