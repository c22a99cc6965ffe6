// Why: what was counted was there, whatever is recorded later about the days before. So what comes late, of before a count, makes
// the count's difference another one, on the day of the count; what lies there from then on stays as it was.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// The moves, and for each that lies before a count of its place the one that keeps the count what it was.
  mutating func atCounts(
    _ proposed: [StockMove], _ stock: ProductStock, _ s: any Situation
  ) throws(Obstacle) -> [StockMove] {
    var moves = proposed
    let other = try s.chart().roles[.stockAdjustment]
    for move in proposed where move.units > 0 {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] {
        guard let other, let count = stock.count(place, after: move.on ?? on) else { continue }
        mention(count.id)
        let difference = Place(other, count.id)
        moves.append(
          sign > 0
            ? StockMove(units: move.units, value: 0, from: place, to: difference, on: count.on)
            : StockMove(
              units: move.units, value: stock.found(move.units, in: place), from: difference,
              to: place, on: count.on))
      }
    }
    return moves
  }
}

extension ProductStock {
  /// What goods are worth that are found in a place: as much as those that lie there, else as the last that came in.
  func found(_ units: Int64, in place: Place) -> Int64 {
    let held = onHand(place)
    let cost = held > 0 ? (value(place), held) : lastCost ?? (0, 1)
    return Exact.divide(Int128(cost.0) * Int128(units), Int128(cost.1)) ?? 0
  }
}
