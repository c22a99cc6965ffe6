// Why: a payment that bounces takes everything back that it did: what it settled at once, and what its rest settled
// later.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// All that a payment moved.
struct PaymentTrail: Document {
  /// Its moves, and those of its later allocations, in the order of their recording.
  private(set) var moves: [Move] = []
  /// The last day on which it settled something.
  private(set) var lastDay = Day()
  /// Whose it is.
  private(set) var party = NameID.none
  private(set) var isReturned = false
  /// Whether it is money of a customer or for a supplier: what can bounce.
  private(set) var canBounce = false
  /// What else it is about: the documents that it settled.
  private(set) var mentions: [NameID] = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    switch event.kind {
    case PaymentReceived.kind.number, PaymentSent.kind.number:
      canBounce = true
      party = event.mention(.customer) ?? event.mention(.supplier) ?? .none
      note(event)
    case PaymentsSent.kind.number where event.introduced.contains { $0.id == id }:
      canBounce = true
      try noteRun(event, id, chart)
    case PaymentAllocated.kind.number:
      note(event)
    case PaymentReturned.kind.number where event.introduced.allSatisfy({ $0.id != id }):
      isReturned = true
    default: break
    }
  }

  /// The part of a run that is this payment. Each payment's moves begin with money that leaves the bank, and as much of
  /// it leaves as the payment comes to.
  private mutating func noteRun(
    _ event: Recorded, _ id: NameID, _ chart: Chart
  ) throws(WireError) {
    guard let run = try event.event(PaymentsSent.self),
      let own = event.introduced.filter({ $0.id.is(.payment) }).firstIndex(where: { $0.id == id })
    else { return }
    let decimals = Currency(run.currency)?.decimals ?? chart.decimals
    var (line, left) = (-1, Int64(0))
    for move in event.moves {
      let leaves =
        chart.plays(.bank, move.from.account) || chart.plays(.cash, move.from.account)
      if leaves, move.amount > 0 {
        if left == 0 {
          line += 1
          left = try run.payments[line].amount?.units(decimals: decimals) ?? 0
        }
        left -= move.amount
      }
      if line == own { moves.append(move) }
    }
    lastDay = max(lastDay, event.on)
    mentions = event.mentions.filter { $0.is(.account) || $0.is(.currency) }
    for name in moves.flatMap({ [$0.from.subject, $0.to.subject] })
    where !name.isNone && !mentions.contains(name) { mentions.append(name) }
    // The suppliers are mentioned in the order in which the payments first name them.
    var codes: [Code] = []
    for payment in run.payments where !codes.contains(payment.supplier) {
      codes.append(payment.supplier)
    }
    for (code, supplier) in zip(codes, event.mentions.filter { $0.is(.supplier) })
    where code == run.payments[own].supplier { party = supplier }
  }

  private mutating func note(_ event: Recorded) {
    moves += event.moves
    lastDay = max(lastDay, event.on)
    for name in event.mentions where !mentions.contains(name) { mentions.append(name) }
  }
}
