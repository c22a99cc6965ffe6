// Why: when what components cost is restated, so is what was made of them, on the same day. An event may restate several components of one
// assembly. What they come to is handed on at once: of each by itself a half would be rounded onto what has been sold already.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// An assembly that is worth more, or less, from a day on.
struct RestatedAssembly: Sendable, Hashable {
  var product: NameID
  /// Where its components went, and where the product came from.
  var bench: Place
  /// Where the product came to.
  var place: Place
  var on: Day
}

extension Decision {
  /// Notes a restatement of what an assembly took, if it is one.
  mutating func noteRestated(_ restated: Move, _ s: any Situation) throws(Obstacle) {
    let bench = restated.to.subject.is(.assembly) ? restated.to : restated.from
    guard bench.subject.is(.assembly) else { return }
    let assembly = try s.document(Assembly.self, bench.subject)
    mention(bench.subject)
    mention(assembly.product)
    let made = RestatedAssembly(
      product: assembly.product, bench: bench,
      place: Place(try s.chart().account(.inventory), assembly.warehouse), on: restated.on)
    let value = bench == restated.to ? restated.value : -restated.value
    try refusing("stock") { () throws(WireError) in
      try Exact.add(value, to: &restatedAssemblies[made, default: 0])
    }
  }

  /// Hands on what was noted, and what that restates in turn: the product of the earliest assembly first, all of a product together.
  mutating func restateAssemblies(_ s: any Situation) throws(Obstacle) {
    while let first = restatedAssemblies.keys.min(by: { $0.precedes($1) }) {
      let due = restatedAssemblies.filter { $0.key.product == first.product }
      restatedAssemblies = restatedAssemblies.filter { $0.key.product != first.product }
      let moves = due.sorted { $0.key.precedes($1.key) }.filter { $0.value != 0 }.map {
        StockMove(value: $0.value, from: $0.key.bench, to: $0.key.place, on: $0.key.on)
      }
      try moveStock(moves, of: first.product, s)
    }
  }
}

extension RestatedAssembly {
  fileprivate func precedes(_ other: RestatedAssembly) -> Bool {
    (bench.subject, on, place) < (other.bench.subject, other.on, other.place)
  }
}
