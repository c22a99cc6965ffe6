// The projections that these tests tally with, and what they must come to, folded without any tree.

import Events
import Ledger
import Summaries
import SummarySupport
import Wire

/// Both places of every move.
enum EveryPlace: TallyProjection {
  static let name = "every-place"
  static let version = 1
  static let keepsNetOnly = false

  static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount {
      let move = record.move(index)
      lines.debit(
        TallyKey(move.to.account, move.to.subject, move.commodity), on: move.on,
        amount: move.amount, value: move.value)
      lines.credit(
        TallyKey(move.from.account, move.from.subject, move.commodity), on: move.on,
        amount: move.amount, value: move.value)
    }
  }
}

/// The same, balances only.
enum EveryBalance: TallyProjection {
  static let name = "every-balance"
  static let version = 2
  static let keepsNetOnly = true

  static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    EveryPlace.lines(of: record, into: &lines)
  }
}

/// Every mention.
enum EveryMention: TimelineProjection {
  static let name = "every-mention"
  static let version = 1

  static func names(of record: borrowing RecordView, into names: inout NameList) {
    for index in 0..<record.mentionCount { names.add(record.mention(index)) }
    for index in 0..<record.moveCount { names.add(record.move(index).to.account) }
  }
}

/// A summary that depends on the order of events: a polynomial over their kinds, and how many there are.
enum OrderOfKinds: SummaryProjection {
  static let name = "order-of-kinds"
  static let version = 1

  struct Summary: RangeSummary, Equatable {
    var count: UInt64 = 0
    var polynomial: UInt64 = 0
    static let empty = Summary()

    private func power(_ exponent: UInt64) -> UInt64 {
      var (result, factor, rest) = (UInt64(1), UInt64(31), exponent)
      while rest > 0 {
        if rest & 1 == 1 { result = result &* factor }
        factor = factor &* factor
        rest >>= 1
      }
      return result
    }
    mutating func add(_ record: borrowing RecordView) throws(SummaryError) {
      polynomial = polynomial &* 31 &+ UInt64(record.kind)
      count += 1
    }
    mutating func merge(_ later: Summary) throws(SummaryError) {
      polynomial = polynomial &* power(later.count) &+ later.polynomial
      count = count &+ later.count
    }
    func encoded() -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.append(littleEndian: count)
      bytes.append(littleEndian: polynomial)
      return bytes
    }
    static func decoded(_ bytes: RawSpan) throws(SummaryError) -> Summary {
      guard bytes.byteCount == 16 else {
        throw SummaryError(.damaged, "It is damaged.", remedy: "Rebuild it.")
      }
      return Summary(
        count: bytes.load(0, as: UInt64.self), polynomial: bytes.load(8, as: UInt64.self))
    }
  }
}

/// The four projections.
let everyProjection: [any Projection.Type] = [
  EveryPlace.self, EveryBalance.self, EveryMention.self, OrderOfKinds.self,
]

/// Random events and their log.
struct Company {
  let records: [Recorded]
  let log: MemoryLog
  var size: Position { log.size }

  init(_ count: Int, _ random: inout RandomEvents) {
    var records: [Recorded] = []
    var log = MemoryLog()
    for _ in 0..<count {
      var record = random.next()
      log.append(record)
      record.position = log.size
      records.append(record)
    }
    (self.records, self.log) = (records, log)
  }

  /// Every line that counts at `point`: position, day, key, side, move.
  func lines(at point: Point) -> [(Position, TallyKey, isDebit: Bool, Move)] {
    var lines: [(Position, TallyKey, isDebit: Bool, Move)] = []
    for record in records {
      for move in record.moves where point.counts(move.on, record.position) {
        let to = TallyKey(move.to.account, move.to.subject, move.commodity)
        let from = TallyKey(move.from.account, move.from.subject, move.commodity)
        lines.append((record.position, to, true, move))
        lines.append((record.position, from, false, move))
      }
    }
    return lines
  }

  /// The naive answer.
  func rows(at point: Point, _ keys: KeyRange, net: Bool) -> [TallyRow] {
    var sums: [TallyKey: TallySums] = [:]
    for (_, key, isDebit, move) in lines(at: point) where keys.contains(key) {
      var sum = sums[key] ?? TallySums()
      if isDebit {
        sum.debitAmount += move.amount
        sum.debitValue += move.value
      } else {
        sum.creditAmount += move.amount
        sum.creditValue += move.value
      }
      sums[key] = sum
    }
    return sums.keys.sorted().compactMap { key in
      guard var sum = sums[key] else { return nil }
      if net {
        sum = TallySums(
          debitAmount: sum.amount, creditAmount: 0, debitValue: sum.value, creditValue: 0)
      }
      return sum.isZero ? nil : TallyRow(key: key, sums: sum)
    }
  }

  /// The naive history.
  func positions(of name: NameID, knownAt position: Position) -> [Position] {
    records.filter { record in
      record.position <= position
        && (record.mentions.contains(name) || record.moves.contains { $0.to.account == name })
    }.map(\.position)
  }

  /// A point somewhere around its time.
  func point(_ random: inout SplitMix) -> Point {
    let position = Position(random.below(Int(size) + 1))
    if random.happens(25) { return Point(knownAt: position) }
    let first = RandomEvents.firstDay + -30
    let span = (records.last?.on ?? first) - first
    return Point(asOf: first + random.below(max(1, span + 60)), knownAt: position)
  }
}

/// Trees of several shapes: leaves of one event, running tables on every leaf and on every fourth.
let shapes = [
  SummaryTree(leafSize: 1, fanout: 2), SummaryTree(leafSize: 4, fanout: 3),
  SummaryTree(leafSize: 8, fanout: 4), SummaryTree(leafSize: 5, fanout: 8),
  SummaryTree(leafSize: 64, fanout: 16),
]
