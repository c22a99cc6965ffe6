// Why: a credit note takes back what an invoice says and no more: line by line what was billed, for how much, with
// how much tax, less what was let off for early payment, and what has been credited of it.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// An invoice with what has been credited of it.
struct Invoice: Document {
  /// One line as billed, in the invoice's currency and in value.
  struct Line: Sendable, Hashable {
    var line: InvoiceLine
    var product = NameID.none
    var tax = NameID.none
    var net: Int64 = 0
    var value: Int64 = 0
    /// How much of its quantity has been credited.
    var credited = ExactDecimal()
  }
  /// What stands beside the lines: a tax, its base, a rounding, a discount for early payment.
  struct Side: Sendable, Hashable {
    /// Where it stands, and for a tax the tax code.
    var place: Place
    /// What it adds to the claim, or the base; what was let off later is taken off.
    var amount: Int64 = 0
    var value: Int64 = 0
    /// How much of that has been credited.
    var creditedAmount: Int64 = 0
    var creditedValue: Int64 = 0
    /// How much of a prepayment's has been recalled.
    var recalledAmount: Int64 = 0
    var recalledValue: Int64 = 0
  }
  private(set) var customer = NameID.none
  private(set) var order = NameID.none
  private(set) var on = Day()
  private(set) var position: Position = 0
  private(set) var currency = Code()
  private(set) var lines: [Line] = []
  /// The tax beside which a surcharge stands.
  private(set) var besides: [NameID: NameID] = [:]
  /// What adds to the claim beside the lines.
  private(set) var sides: [Side] = []
  /// The tax bases.
  private(set) var bases: [Side] = []
  /// The tax bases as they were billed.
  private var billedBases: [Side] = []
  /// All that was claimed when it was issued.
  private(set) var gross: Int64 = 0
  private(set) var isPrepayment = false
  /// What of a prepayment's lines has been recalled.
  private(set) var recalled: Int64 = 0
  private(set) var isVoided = false
  /// The last credit note on it.
  private(set) var correction = NameID.none
  /// What credit notes have taken back of what was claimed.
  private(set) var credited: Int64 = 0
  /// What has been let off for early payment.
  private(set) var letOff: Int64 = 0
  private(set) var earlyDiscount: ExactDecimal?
  private(set) var earlyDue: Day?

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let issued = try event.event(InvoiceIssued.self) {
      // An invoice that recalls this one mentions it too.
      guard event.introduced.contains(where: { $0.id == id }) else {
        return readRecall(event, id, chart)
      }
      customer = event.mention(.customer) ?? .none
      order = event.mention(.order) ?? .none
      on = event.on
      position = event.position
      currency = issued.currency ?? chart.currency
      isPrepayment = issued.prepayment ?? false
      (earlyDiscount, earlyDue) = (issued.earlyDiscount, issued.earlyDue)
      try read(issued, event, id, chart)
      billedBases = bases
      readSurcharges(chart)
    } else if let corrected = try event.event(InvoiceCorrected.self) {
      correction = event.mention(.correction) ?? .none
      for line in corrected.lines { _ = try credit(line) }
      readCredit(event)
      noteCredited(event) {
        chart.isCredit($0) || $0.subject == id && chart.plays(.receivable, $0.account)
      }
    } else if event.kind == InvoiceVoided.kind.number {
      // The voiding of an invoice that recalled this one mentions it too, and gives back what it had recalled.
      if event.mentions.first == id { isVoided = true } else { readRecall(event, id, chart) }
    } else if event.kind != JournalPosted.kind.number, event.kind != JournalReversed.kind.number {
      readLettingOff(event, id, chart)
      if event.kind == PaymentReturned.kind.number,
        event.moves.contains(where: { chart.isCredit($0.from) || chart.isCredit($0.to) })
      {
        creditWhatIsDue()
        noteCredited(event, chart.isCredit)
      }
    }
  }

  /// Adds what leaves the places that `isGiven` names.
  private mutating func noteCredited(_ event: Recorded, _ isGiven: (Place) -> Bool) {
    for move in event.moves {
      if isGiven(move.from) { credited += move.amount }
      if isGiven(move.to) { credited -= move.amount }
    }
  }

  /// A payment that bounced took a discount with it, and the credit note was put right.
  private mutating func creditWhatIsDue() {
    for i in sides.indices {
      let due = due(sides[i])
      sides[i].creditedAmount += due.amount
      sides[i].creditedValue += due.value
    }
    for i in bases.indices {
      let due = due(bases[i])
      bases[i].creditedAmount += due.amount
      bases[i].creditedValue += due.value
    }
  }

  /// Credits a line; what is left of it then, or `nil` when the invoice has none such.
  mutating func credit(_ line: CorrectionLine) throws(WireError) -> ExactDecimal? {
    guard let i = lines.firstIndex(where: { $0.line.isCredited(by: line) }) else { return nil }
    lines[i].credited = try lines[i].credited.adding(line.quantity)
    return try lines[i].line.quantity.adding(lines[i].credited.negated)
  }

  /// The decision makes one move for each line that comes to anything, in their order, and mentions the products and the
  /// tax codes in the order in which the lines first name them.
  private mutating func read(
    _ issued: InvoiceIssued, _ event: Recorded, _ id: NameID, _ chart: Chart
  ) throws(WireError) {
    let own = event.moves.filter {
      $0.to.subject == id && chart.plays(.receivable, $0.to.account)
        || $0.from.subject == id && chart.plays(.receivable, $0.from.account)
    }
    var products = event.mentions.filter { $0.is(.product) }[...]
    var billed = own.filter { chart.isBilled($0.from, by: id) }[...]
    var taxIDs: [Code: NameID] = [:]
    var left = event.mentions.filter { $0.is(.tax) }[...]
    let nets = try issued.nets(decimals: Currency(currency)?.decimals ?? 2)
    for (line, net) in zip(issued.lines, nets) {
      var known = Line(line: line)
      if line.product != nil { known.product = products.popFirst() ?? .none }
      if let tax = line.tax {
        known.tax = taxIDs[tax] ?? left.popFirst() ?? .none
        taxIDs[tax] = known.tax
      }
      if net != 0, let move = billed.popFirst() {
        known.net = move.amount
        known.value = move.value
      }
      lines.append(known)
    }
    for move in event.moves
    where chart.plays(.taxBase, move.to.account) && !move.to.subject.isNone {
      Self.add(move, 1, at: move.to, to: &bases)
    }
    for move in own {
      let isClaim = move.to.subject == id && chart.plays(.receivable, move.to.account)
      gross += isClaim ? move.amount : -move.amount
      let other = isClaim ? move.from : move.to
      guard let role = chart.role(of: other.account) else { continue }
      // Tax that goes the other way is that of a prepayment that this invoice recalls.
      if role == .taxCollected && isClaim || role == .roundingDifference
        || role == .withheldByCustomers
      {
        Self.add(move, isClaim ? 1 : -1, at: other, to: &sides)
      }
    }
  }

  /// A surcharge follows the tax beside which it stands.
  private mutating func readSurcharges(_ chart: Chart) {
    var last = NameID.none
    for base in bases.map(\.place.subject) {
      if lines.contains(where: { $0.tax == base }) {
        last = base
      } else if sides.contains(where: {
        $0.place.subject == base && chart.plays(.taxCollected, $0.place.account)
      }) {
        besides[base] = last
      }
    }
  }

  /// A payment may let something off for paying early, and bounce.
  private mutating func readLettingOff(_ event: Recorded, _ id: NameID, _ chart: Chart) {
    let before = letOff
    for move in event.moves {
      for (own, other, sign) in [(move.to, move.from, Int64(1)), (move.from, move.to, -1)]
      where own.subject == id && chart.plays(.receivable, own.account) {
        switch chart.role(of: other.account) {
        case .salesDiscounts, .taxCollected, .withheldByCustomers: break
        default: continue
        }
        Self.add(move, sign, at: other, to: &sides)
        letOff -= sign * move.amount
      }
    }
    let change = letOff - before
    if change == 0 || gross == 0 { return }
    for i in bases.indices {
      bases[i].amount -= Exact.share(billedBases[i].amount, change, of: gross)
      bases[i].value -= Exact.share(billedBases[i].value, change, of: gross)
    }
  }

  /// An invoice recalls one prepayment after the other: first what it billed, then its taxes and their bases; the voiding
  /// of that invoice does the opposite in the same order.
  private mutating func readRecall(_ event: Recorded, _ id: NameID, _ chart: Chart) {
    var current = NameID.none
    for move in event.moves {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] {
        if chart.plays(.customerAdvances, place.account) {
          current = place.subject
          if current == id { recalled += sign * move.amount }
        } else if current == id, let i = sides.firstIndex(where: { $0.place == place }) {
          sides[i].recalledAmount += sign * move.amount
          sides[i].recalledValue += sign * move.value
        } else if current == id, let i = bases.firstIndex(where: { $0.place == place }) {
          bases[i].recalledAmount -= sign * move.amount
          bases[i].recalledValue -= sign * move.value
        }
      }
    }
  }

  private mutating func readCredit(_ event: Recorded) {
    for move in event.moves {
      for (place, sign) in [(move.to, Int64(1)), (move.from, -1)] {
        if let i = sides.firstIndex(where: { $0.place == place }) {
          sides[i].creditedAmount += sign * move.amount
          sides[i].creditedValue += sign * move.value
        } else if let i = bases.firstIndex(where: { $0.place == place }) {
          bases[i].creditedAmount -= sign * move.amount
          bases[i].creditedValue -= sign * move.value
        }
      }
    }
  }

  private static func add(_ move: Move, _ sign: Int64, at place: Place, to sides: inout [Side]) {
    let known = sides.firstIndex { $0.place == place }
    let i = known ?? sides.endIndex
    if known == nil { sides.append(Side(place: place)) }
    sides[i].amount += sign * move.amount
    sides[i].value += sign * move.value
  }
}

extension InvoiceLine {
  /// Whether a credit note's line speaks of this line: by its product, or by its text when it has none.
  func isCredited(by line: CorrectionLine) -> Bool {
    product == nil ? line.product == nil && line.text == text : line.product == product
  }
}

extension Chart {
  /// Whether what a credit note gave lies in `place`.
  fileprivate func isCredit(_ place: Place) -> Bool {
    plays(.customerAdvances, place.account) && place.subject.is(.correction)
  }

  /// Whether what an invoice bills comes from `place`: sales, or for a prepayment what the customer is then owed.
  fileprivate func isBilled(_ place: Place, by invoice: NameID) -> Bool {
    plays(.sales, place.account)
      || plays(.customerAdvances, place.account) && place.subject == invoice
  }
}
