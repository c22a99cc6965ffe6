// Why: an event may move a product several times: its own goods, and what it restates of assemblies that made the same. What follows from
// all of them is worked out together each time, and only what is new is recorded: else each would be costed as if the others were not.

internal import Events
internal import Ledger
internal import Wire

/// What an event moves of one product, with what it was worth and what it restated, as it is recorded so far.
struct CostedMoves: Sendable {
  /// As they were proposed.
  var moves: [Move] = []
  var values: [Int64] = []
  private var restated: [Flow: Int64] = [:]

  /// Value that goes from one place to another on a day; below zero the other way.
  private struct Flow: Hashable, Comparable, Sendable {
    var from: Place
    var to: Place
    var on: Day

    init(_ move: Move) {
      (from, to, on) =
        move.from < move.to ? (move.from, move.to, move.on) : (move.to, move.from, move.on)
    }

    func sign(of move: Move) -> Int64 { move.from == from ? 1 : -1 }

    static func < (a: Flow, b: Flow) -> Bool { (a.on, a.from, a.to) < (b.on, b.from, b.to) }
  }

  /// Takes what all moves turn out to be worth and to restate.
  /// - Returns: the value-only moves that are to be recorded beyond those before.
  mutating func take(
    _ moves: [Move], _ values: [Int64], restating restatements: [Move], of product: NameID
  ) throws(WireError) -> [Move] {
    var flows: [Flow] = []
    var sums: [Flow: Int64] = [:]
    func add(_ value: Int64, to flow: Flow) throws(WireError) {
      if sums[flow] == nil { flows.append(flow) }
      try Exact.add(value, to: &sums[flow, default: 0])
    }
    for move in restatements {
      let flow = Flow(move)
      try add(move.value * flow.sign(of: move), to: flow)
    }
    let whole = sums
    // What was recorded of an earlier move is put right by value, too.
    for (i, before) in self.values.enumerated() {
      let flow = Flow(moves[i])
      try add(values[i] * flow.sign(of: moves[i]), to: flow)
      try add(-before * flow.sign(of: moves[i]), to: flow)
    }
    for (flow, value) in restated.sorted(by: { $0.key < $1.key }) { try add(-value, to: flow) }
    (self.moves, self.values, restated) = (moves, values, whole)
    return flows.compactMap { flow in
      guard let value = sums[flow], value != 0 else { return nil }
      return Move(
        amount: 0, value: abs(value), commodity: product, from: value < 0 ? flow.to : flow.from,
        to: value < 0 ? flow.from : flow.to, on: flow.on)
    }
  }
}
