// Why: a balance sheet shows foreign money at the rate of its day. What is owed keeps the value at which it came in until
// it is settled, so its difference is unrealised: it is taken back on the next day, and what is settled later is compared
// with the rate of its own beginning, in whatever order things are recorded. Money in the bank is worth what it is
// worth: its difference stays, also that of an account on which nothing is left. But what is found late, of a day before the last
// revaluation, has been found by that one already: it is taken back on the next day too.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension CurrencyRevalued: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.revaluation, revaluation, s)
    let chart = try s.chart()
    guard currency != chart.currency else {
      throw .refuse(
        "revaluation.currency", "\(currency) is the books' own currency.",
        remedy: "Name another currency.")
    }
    let rated = try d.currency(currency, s)
    let positions = try s.document(CurrencyPositions.self, rated.id)
    let isLate = positions.revalued.map { d.on < $0 } ?? false
    let gain = Place(try chart.account(.exchangeGain))
    let loss = Place(try chart.account(.exchangeLoss))
    for position in positions.positions(on: d.on, chart) {
      let difference = try rated.value(position.amount) - position.value
      if difference == 0 { continue }
      let (from, to) =
        difference > 0 ? (gain, position.place) : (position.place, loss)
      d.move(0, worth: abs(difference), of: rated.id, from: from, to: to)
      if position.isOpenItem || isLate {
        d.move(0, worth: abs(difference), of: rated.id, from: to, to: from, on: d.on + 1)
      }
    }
    if d.moves.isEmpty {
      throw .refuse(
        "revaluation.nothing", "Everything in \(currency) is carried at the rate of \(d.on).",
        remedy: "Nothing needs to be done.")
    }
  }
}
