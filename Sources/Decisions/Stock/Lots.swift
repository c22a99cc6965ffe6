// Why: where a product asks for lots, goods come in lots and leave in lots: those that are named, else those that expire first.
// What has expired is not sold.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// Adds the moves of lots that follow a move of their product. `earlier` are the lots of the move that this one takes
  /// back; what they were is returned. What is taken must lie there on its day and on every later one before `count`, the
  /// next count of the place.
  mutating func moveLots(
    of move: StockMove, _ product: NameID, takingBack earlier: [(lot: NameID, units: Int64)]?,
    before count: Day?, _ s: any Situation
  ) throws(Obstacle) -> [(lot: NameID, units: Int64)] {
    let known = try s.document(Product.self, product)
    guard known.tracksLots else {
      if lots[product] != nil {
        throw .refuse(
          "lot.untracked", "\(try s.code(product)) is not kept in lots.",
          remedy: "Leave the lots out, or register a product that asks for lots.")
      }
      return []
    }
    let chosen: [(lot: NameID, units: Int64)]
    if let earlier {
      chosen = earlier
    } else if let given = lots[product] {
      chosen = try check(given, of: move, product, known, before: count, s)
    } else {
      chosen = try firstToExpire(of: move, product, before: count, s)
    }
    for part in chosen {
      mention(part.lot)
      self.move(part.units, worth: 0, of: part.lot, from: move.from, to: move.to, on: move.on)
    }
    return chosen
  }

  /// Lots that the event names.
  private mutating func check(
    _ given: [LotQuantity], of move: StockMove, _ product: NameID, _ known: Product,
    before count: Day?, _ s: any Situation
  ) throws(Obstacle) -> [(lot: NameID, units: Int64)] {
    let code = try s.code(product)
    let book = try s.document(LotBook.self, product)
    let keepsLots = try s.chart().role(of: move.from.account)?.keepsLots ?? false
    let isSale = try s.chart().role(of: move.to.account) == .costOfSales
    var found: [(lot: NameID, units: Int64)] = []
    var seen: Set<NameID> = []
    for part in given {
      let units = try units(part.quantity, code, known)
      let lot =
        keepsLots ? try refer(.lot, part.lot, s) : try referOrIntroduce(.lot, part.lot, s)
      if isSale, let expires = book.expiry[lot], book.hasExpired(lot, by: on) {
        throw .refuse(
          "lot.expired", "Lot \(part.lot) of \(code) may be used until \(expires), before \(on).",
          remedy: "Name other lots, and scrap what has expired.")
      }
      if let expires = part.expires, let known = book.expiry[lot], known != expires {
        throw .refuse(
          "lot.expiry", "Lot \(part.lot) of \(code) may be used until \(known), not \(expires).",
          remedy: "Leave the day out, or give what expires on another day a lot of its own.")
      }
      let here = book.free(lot, in: move.from, from: move.on ?? on, before: count)
      if keepsLots, units > here {
        throw .refuse(
          "lot.short",
          "\(try s.quantity(max(here, 0), product)) of lot \(part.lot) lies there on \(move.on ?? on) and is not needed later, not \(part.quantity).",
          remedy: "Name the lots that the goods are of.")
      }
      guard seen.insert(lot).inserted else {
        throw .refuse(
          "lines.duplicate", "Lot \(part.lot) stands twice.", remedy: "Name each lot once.")
      }
      let isKnown = book.levels.values.contains { $0[lot] != nil }
      if !isKnown, try s.id(.lot, part.lot) != nil {
        throw .refuse(
          "lot.other", "Lot \(part.lot) is of another product than \(code).",
          remedy: "Give it a code that says the product too.")
      }
      found.append((lot, units))
    }
    let named = try total("lots of \(code)", found.lazy.map(\.units))
    guard named == move.units else {
      throw .refuse(
        "lot.quantity",
        "The lots of \(code) do not come to \(try s.quantity(move.units, product)).",
        remedy: "Say how much is of which lot, so that they add up to the line.")
    }
    return found
  }

  /// Lots that nobody named: those that expire first, without what must not be sold any more.
  private func firstToExpire(
    of move: StockMove, _ product: NameID, before count: Day?, _ s: any Situation
  ) throws(Obstacle) -> [(lot: NameID, units: Int64)] {
    let book = try s.document(LotBook.self, product)
    let isSale = try s.chart().role(of: move.to.account) == .costOfSales
    var left = move.units
    var found: [(lot: NameID, units: Int64)] = []
    for lot in book.lots(in: move.from) where left > 0 {
      if isSale, book.hasExpired(lot, by: on) { continue }
      let units = min(left, book.free(lot, in: move.from, from: move.on ?? on, before: count))
      if units <= 0 { continue }
      found.append((lot, units))
      left -= units
    }
    guard left == 0 else {
      let code = try s.code(product)
      if try !(s.chart().role(of: move.from.account)?.keepsLots ?? false) {
        throw .refuse(
          "lot.missing", "\(code) is kept in lots, and none is named.",
          remedy: "Give the line its \"lots\": code, quantity and the day on which each expires.")
      }
      throw .refuse(
        "lot.short",
        "\(try s.quantity(move.units - left, product)) of \(code) lies there in lots that may be used on \(on), not \(try s.quantity(move.units, product)).",
        remedy: "Scrap what has expired, and receive or name other lots.")
    }
    return found
  }
}

extension Role {
  /// Whether it is known of which lots the goods are that lie there, or that come back from there.
  fileprivate var keepsLots: Bool { keepsStock || self == .costOfSales }
}
