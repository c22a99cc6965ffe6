// Why: a bill turns what was received into a debt: it clears what was owed unbilled, to zero in value when all is
// billed. Three-way match: no more can be billed than has come. Another price than the order's changes the cost
// of the goods that are still here; for those that have gone it is a purchase variance. Goods go in the order in
// which they are billed: what has gone was billed first.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension BillReceived: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let bill = try d.introduce(.bill, self.bill, s)
    let supplier = try d.refer(.supplier, self.supplier, s)
    let currency = try d.currency(self.currency, s)
    var (id, known) = (NameID.none, Purchase())
    if let purchase {
      id = try d.refer(.purchase, purchase, s)
      known = try s.document(Purchase.self, id)
      try match(known, purchase, supplier, s)
    }
    guard !lines.isEmpty else {
      throw .refuse("lines.empty", "There are no lines.", remedy: "Give at least one line.")
    }
    let chart = try s.chart()
    let payable = Place(try chart.account(.payable), bill)
    var taxed: [TaxedLine] = []
    for (i, line) in lines.enumerated() {
      let net = try netAmount(
        quantity: line.quantity, price: line.price, discount: nil, decimals: currency.decimals)
      if let product = line.product {
        guard purchase != nil, line.account == nil else { throw refuseLine(i) }
        if lines[..<i].contains(where: { $0.product == product }) {
          throw .refuse(
            "lines.duplicate", "\(product) stands on two lines.",
            remedy: "Put each product on one line.")
        }
        try d.bill(line, product, of: known, id, net, currency, payable, s)
        let goods = try s.id(.product, product) ?? .none
        taxed.append(
          TaxedLine(
            net: net, tax: line.tax, cost: Place(try chart.account(.purchaseVariance), goods)))
      } else {
        guard let account = line.account, line.quantity.digits > 0 else { throw refuseLine(i) }
        let cost = try d.costAccount(account, in: self.currency, s)
        d.move(net, worth: try currency.value(net), of: currency.id, from: payable, to: cost)
        taxed.append(TaxedLine(net: net, tax: line.tax, cost: cost))
      }
    }
    try d.purchaseTaxes(on: taxed, at: payable, currency, s)
    let net = try total("lines", taxed.lazy.map(\.net))
    try d.withhold(withholding, on: net, from: payable, currency, s)
    due = try d.dueDay(given: due, terms: nil, of: supplier, s)
  }

  private func match(
    _ known: Purchase, _ code: Code, _ supplier: NameID, _ s: any Situation
  ) throws(Obstacle) {
    if known.supplier != supplier {
      throw .refuse(
        "bill.supplier", "Purchase order \(code) is \(try s.code(known.supplier))'s.",
        remedy: "Name that supplier, or the purchase order that this one bills.")
    }
    if known.currency != currency {
      throw .refuse(
        "bill.currency", "Purchase order \(code) is in \(known.currency), not in \(currency).",
        remedy: "Bill it in \(known.currency).")
    }
  }

  private func refuseLine(_ index: Int) -> Obstacle {
    .refuse(
      "bill.line", "Line \(index + 1) says neither a product of a purchase order nor an account.",
      remedy: "Give a product and the bill's purchase order; or an account, a quantity and a price."
    )
  }
}

extension Decision {
  /// Bills goods that came under a purchase order.
  fileprivate mutating func bill(
    _ line: BillLine, _ code: Code, of known: Purchase, _ purchase: NameID, _ net: Int64,
    _ currency: DocumentCurrency, _ payable: Place, _ s: any Situation
  ) throws(Obstacle) {
    let (id, product) = try self.product(code, s)
    let units = try units(line.quantity, code, product)
    let ordered = known.lines.first { $0.product == id }
    let billed = try refusing("billed") { () throws(WireError) in
      try (ordered?.billed ?? .zero).units(decimals: product.decimals)
    }
    let received = ordered?.receipts.reduce(0) { $0 + ($1.on <= on ? $1.units : 0) } ?? 0
    guard let ordered, units <= received - billed else {
      throw .refuse(
        "bill.exceeded",
        "\(try s.quantity(max(received - billed, 0), id)) of \(code) had come by \(on) and is not billed, not \(line.quantity).",
        remedy:
          "Record goods.received first, date the bill when they were there, or bill less; what is paid before they come is an advance."
      )
    }
    let chart = try s.chart()
    let value = try currency.value(net)
    let notInvoiced = Place(try chart.account(.goodsReceivedNotInvoiced), purchase)
    move(net, worth: value, of: currency.id, from: payable, to: notInvoiced)
    var difference =
      value
      - (try refusing("billed") { () throws(WireError) in
        try ordered.worth(line.quantity)
      })
    if currency.rate != nil {
      // Of the difference, what the rate made is none of the goods' doing.
      let agreed = try currency.value(
        netAmount(
          quantity: line.quantity, price: ordered.price, discount: nil,
          decimals: currency.decimals))
      let byRate = difference - (value - agreed)
      try exchangeDifference(-byRate, of: currency.id, at: notInvoiced, chart)
      difference = value - agreed
    }
    let held = try held(id, of: purchase, s)
    let gone = max(0, received - held.reduce(0) { $0 + $1.units })
    let goneBilled = min(max(0, gone - billed), units)
    let variance = Exact.share(difference, goneBilled, of: units)
    move(
      0, worth: variance, of: currency.id, from: notInvoiced,
      to: Place(try chart.account(.purchaseVariance), id))
    try moveStock(
      revaluation(by: difference - variance, held: held, against: notInvoiced), of: id, s)
  }

  /// An account that may take what somebody bills in `currency`: it holds no money, no taxes and no wages.
  mutating func costAccount(
    _ code: Code, in currency: Code, _ s: any Situation
  ) throws(Obstacle) -> Place {
    let id = try freeAccount(code, s)
    let chart = try s.chart()
    if let role = chart.role(of: id),
      role.isOfTaxesOrWages || [.bank, .cash, .withheldByCustomers].contains(role)
    {
      throw .refuse(
        "account.control", "Account \(code) is kept by payments, taxes or wages.",
        remedy: "Name the account of expenses or assets that it is for.")
    }
    if let held = chart.accounts[id]?.currency, held != currency {
      throw .refuse(
        "account.currency", "Account \(code) holds \(held).",
        remedy: "Name an account in \(currency), or one of no currency.")
    }
    return Place(id)
  }

  /// An account that a line may name freely: open, in the financial statements, and not one that documents keep.
  mutating func freeAccount(_ code: Code, _ s: any Situation) throws(Obstacle) -> NameID {
    let id = try openAccount(code, s)
    let account = try s.chart().accounts[id]
    if account?.kind == .memo {
      throw .refuse(
        "account.memo", "Account \(code) is a memorandum account.",
        remedy: "Name an account of the financial statements.")
    }
    if let role = account?.role, role.isKeptByDocuments || role.holdsOpenItems {
      throw .refuse(
        "account.control", "Account \(code) (\(role.rawValue)) is kept by documents of its own.",
        remedy: "Record the event that it is for, or name another account.")
    }
    return id
  }
}

extension Role {
  /// Whether accounts of this role hold what is owed to or by the tax office, or for work.
  var isOfTaxesOrWages: Bool {
    switch self {
    case .taxCollected, .taxDeductible, .taxSettlement, .withholdingPayable, .wagesPayable,
      .socialSecurityPayable:
      true
    default: false
    }
  }

  /// Whether only the events of their own area move accounts of this role, so that they agree with their documents.
  var isKeptByDocuments: Bool {
    switch self {
    case .inventory, .inTransit, .goodsReceivedNotInvoiced, .ordered, .backlog, .reserved,
      .purchaseOrdered, .onOrder, .taxBase, .timeWorked, .timeOffset:
      true
    default: false
    }
  }
}
