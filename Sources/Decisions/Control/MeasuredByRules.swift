// Why: a rule asks for a second person above an amount, so it must be said what an event comes to. What was paid on one bill on
// one day counts together, or a payment would be split to stay below.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Recorded {
  /// What it comes to for the rule on the kind numbered `rule`, in the smallest unit of the books' currency; `nil` when it is
  /// none of its business.
  func measured(
    by rule: UInt16, _ mentions: [NameID], _ chart: Chart, _ s: any Situation
  ) throws(Obstacle) -> Int64? {
    if ApprovalRule.isAboutMoneyOnly(rule, of: kind) {
      let money = moves.reduce(0) {
        chart.holdsMoney($1.from) && !chart.holdsMoney($1.to) ? $0 + $1.value : $0
      }
      return money > 0 ? money : nil
    }
    var value = movedValue(chart)
    guard rule == PaymentSent.kind.number else { return value }
    for name in Set(mentions) where name.is(.bill) || name.is(.supplier) {
      let before = try s.document(PaidByDay.self, name).paid(on: on)
      if PaidByDay.value(of: self, about: name, chart) > 0 { value += before }
    }
    return value
  }

  /// What it moves outside the memoranda. Of what is only a memorandum (an order, a purchase order, a budget) what goes from
  /// one account to another, the most of them: a revision takes back what was there and orders anew.
  private func movedValue(_ chart: Chart) -> Int64 {
    var (money, memoranda): (Int64, [[NameID]: Int64]) = (0, [:])
    for move in moves {
      if chart.accounts[move.to.account]?.kind == .memo {
        memoranda[[move.from.account, move.to.account], default: 0] += move.value
      } else {
        money += move.value
      }
    }
    return money != 0 ? money : memoranda.values.max() ?? 0
  }
}

/// What was paid on a bill, or to a supplier in advance, day by day.
struct PaidByDay: Document {
  private var values: [Day: Int64] = [:]

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    let value = Self.value(of: event, about: id, chart)
    if value > 0 { values[event.on, default: 0] += value }
  }

  func paid(on day: Day) -> Int64 { values[day] ?? 0 }

  /// What `event` pays on a bill, or to a supplier in advance.
  static func value(of event: Recorded, about id: NameID, _ chart: Chart) -> Int64 {
    guard event.kind == PaymentSent.kind.number || event.kind == PaymentsSent.kind.number else {
      return 0
    }
    return event.moves.reduce(0) { sum, move in
      guard chart.holdsMoney(move.from) else { return sum }
      let isIts =
        id.is(.bill)
        ? move.to.subject == id : chart.plays(.supplierAdvances, move.to.account)
      return isIts ? sum + move.value : sum
    }
  }
}

extension Chart {
  /// Whether money of the company lies in `place`.
  fileprivate func holdsMoney(_ place: Place) -> Bool {
    plays(.bank, place.account) || plays(.cash, place.account)
  }
}
