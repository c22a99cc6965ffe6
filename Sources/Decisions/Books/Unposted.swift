// Why: a period is closed when everything that belongs to it is in the books. What can be known to be missing is named
// here: what plans say was due, and goods that left and never came.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// Refuses to close through `day` while something that was due by then is not posted. The transfers `leaving` are
  /// known to be still on their way.
  mutating func refuseUnposted(
    through day: Day, leaving: [Code], _ s: any Situation
  ) throws(Obstacle) {
    let currency = try currency(nil, s)
    for id in try s.names(of: .asset) {
      let asset = try s.document(Asset.self, id)
      guard asset.disposedOn == nil, asset.acquiredOn <= day else { continue }
      let due = asset.plan.due(through: day).reduce(0) { $0 + $1.amount }
      if due == 0 { continue }
      throw .refuse(
        "period.depreciation",
        "\(currency.text(due)) of depreciation of \(try s.code(id)) through \(day) is not posted.",
        remedy: "Record asset.depreciated through \(day) first.")
    }
    for id in try s.names(of: .deferral) {
      let deferral = try s.document(Deferral.self, id)
      guard deferral.on <= day else { continue }
      let due = deferral.plan.due(through: day).reduce(0) { $0 + $1.amount }
      if due == 0 { continue }
      throw .refuse(
        "period.deferral",
        "\(currency.text(due)) of deferral \(try s.code(id)) is due through \(day) and not released.",
        remedy: "Record deferral.released through \(day) first.")
    }
    for id in try s.names(of: .schedule) {
      guard let due = try s.document(RecurringEntry.self, id).due(through: day).first else {
        continue
      }
      throw .refuse(
        "period.recurring", "The recurring entry \(try s.code(id)) was due on \(due).",
        remedy: "Record entry.repeated through \(day) first, or plan it anew.")
    }
    var known: Set<NameID> = []
    for code in leaving { known.insert(try refer(.transfer, code, s)) }
    guard let account = try s.chart().roles[.inTransit] else { return }
    let underway = try s.document(GoodsUnderway.self, account).transfers
    for (id, transfer) in underway.sorted(by: { $0.key < $1.key })
    where transfer.on <= day && !known.contains(id) {
      throw .refuse(
        "period.inTransit",
        "Goods of transfer \(try s.code(id)) left on \(transfer.on) and have not arrived.",
        remedy:
          "Record their arrival, or name \(try s.code(id)) in \"leaving\" if they are on their way."
      )
    }
  }
}

/// The goods that an account of goods in transit holds, by transfer.
struct GoodsUnderway: Document {
  /// What has left and not arrived.
  struct Underway: Sendable {
    var on: Day
    var goods: [NameID: Int64] = [:]
  }
  private(set) var transfers: [NameID: Underway] = [:]

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    for move in event.moves where move.commodity.is(.product) && move.amount > 0 {
      if move.to.account == id { add(move.amount, of: move, to: move.to.subject) }
      if move.from.account == id { add(-move.amount, of: move, to: move.from.subject) }
    }
  }

  private mutating func add(_ amount: Int64, of move: Move, to transfer: NameID) {
    var underway = transfers[transfer] ?? Underway(on: move.on)
    underway.goods[move.commodity, default: 0] += amount
    underway.goods = underway.goods.filter { $0.value != 0 }
    transfers[transfer] = underway.goods.isEmpty ? nil : underway
  }
}
