// Why: what the tree answers is judged by the simplest program that could answer it: go through the log, event by
// event, and add up what counts.

internal import Events
internal import Ledger
internal import Summaries

/// Sums of a tally as of several days, event by event.
struct NaiveFold {
  /// What a move adds: the key, and whether it is a debit; amounts count only if said so.
  typealias Sides = (Move) -> [(key: TallyKey, isDebit: Bool, hasAmount: Bool)]

  private let sides: Sides
  private let isNet: Bool
  /// The days as of which it adds up, rising.
  private let days: [Day]
  private var numbers: [TallyKey: Int] = [:]
  private var keys: [TallyKey] = []
  /// By day, then by key: debit amount, credit amount, debit value, credit value.
  private var sums: [[Int64]]

  init(days: [Day], isNet: Bool = false, _ sides: @escaping Sides) {
    self.days = days
    self.isNet = isNet
    self.sides = sides
    sums = Array(repeating: [], count: days.count)
  }

  /// Takes the next event.
  mutating func take(_ event: Recorded) {
    for move in event.moves {
      for (key, isDebit, hasAmount) in sides(move) {
        var number = numbers[key]
        if number == nil {
          number = keys.count
          numbers[key] = number
          keys.append(key)
          for index in sums.indices { sums[index] += [0, 0, 0, 0] }
        }
        guard let number else { continue }
        let place = number * 4 + (isDebit ? 0 : 1)
        for index in days.indices where move.on <= days[index] {
          if hasAmount { sums[index][place] += move.amount }
          sums[index][place + 2] += move.value
        }
      }
    }
  }

  /// The first thing in which `answer`, as of the day number `index`, differs; `nil` when it does not.
  func difference(_ answer: TallyColumns, asOf index: Int) -> String? {
    let sums = sums[index]
    var nonzero = 0
    for number in keys.indices {
      let at = number * 4
      if isNet {
        if sums[at] != sums[at + 1] || sums[at + 2] != sums[at + 3] { nonzero += 1 }
      } else if sums[at] != 0 || sums[at + 1] != 0 || sums[at + 2] != 0 || sums[at + 3] != 0 {
        nonzero += 1
      }
    }
    if nonzero != answer.count { return "\(answer.count) rows instead of \(nonzero)" }
    for row in answer {
      guard let number = numbers[row.key] else { return "\(row.key) was never touched" }
      let at = number * 4
      let expected =
        isNet
        ? TallySums(
          debitAmount: sums[at] - sums[at + 1], creditAmount: 0,
          debitValue: sums[at + 2] - sums[at + 3], creditValue: 0)
        : TallySums(
          debitAmount: sums[at], creditAmount: sums[at + 1], debitValue: sums[at + 2],
          creditValue: sums[at + 3])
      if row.sums != expected { return "\(row) instead of \(expected)" }
    }
    return nil
  }
}

extension NaiveFold {
  /// Both sides of every move by account and currency; goods by value only.
  static func accounts(_ days: [Day]) -> NaiveFold {
    NaiveFold(days: days) { move in
      let isMoney = move.commodity.kind == .currency
      let currency = isMoney ? move.commodity : .none
      return [
        (TallyKey(move.to.account, .none, currency), true, isMoney),
        (TallyKey(move.from.account, .none, currency), false, isMoney),
      ]
    }
  }

  /// Goods in, out of and between warehouses; those on their way lie in their transfer.
  static func inventory(_ days: [Day]) -> NaiveFold {
    NaiveFold(days: days) { move in
      guard move.commodity.kind == .product else { return [] }
      return [(move.to, true), (move.from, false)].compactMap { place, isDebit in
        guard place.subject.kind == .warehouse || place.subject.kind == .transfer else {
          return nil
        }
        return (TallyKey(place.account, place.subject, move.commodity), isDebit, true)
      }
    }
  }

  /// What is open on papers and parties in money, and on purchases by value.
  static func openItems(_ days: [Day]) -> NaiveFold {
    let kinds: Set<NameKind> = [
      .invoice, .correction, .bill, .payment, .payrollRun, .employee, .customer, .supplier,
    ]
    return NaiveFold(days: days, isNet: true) { move in
      [(move.to, true), (move.from, false)].compactMap { place, isDebit in
        guard let kind = place.subject.kind else { return nil }
        if kind == .purchase { return (TallyKey(place.account, place.subject), isDebit, false) }
        guard kinds.contains(kind), move.commodity.kind == .currency else { return nil }
        return (TallyKey(place.account, place.subject, move.commodity), isDebit, true)
      }
    }
  }
}
