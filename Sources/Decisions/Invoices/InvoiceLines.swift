// Why: an invoice's lines come from the order, from the caller or from the catalogue; in the end each says all that
// it needs: what, how much, at which price, with which tax.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension InvoiceIssued {
  /// The lines of an invoice without an order, completed from the catalogue.
  func pricing(
    _ currency: DocumentCurrency, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> [InvoiceLine] {
    var complete: [InvoiceLine] = []
    for var line in lines {
      guard let code = line.product else {
        complete.append(try text(line))
        continue
      }
      let (_, product) = try d.product(code, s)
      _ = try d.units(line.quantity, code, product)
      line.tax = line.tax ?? product.tax
      // The catalogue's price is in the books' currency.
      line.price = line.price ?? (currency.rate == nil ? product.price : nil)
      if line.price == nil {
        throw .refuse(
          "price.missing", "\(code) has no price in \(currency.code).",
          remedy: "Give the line a price.")
      }
      complete.append(line)
    }
    return complete
  }

  /// The lines that bill `order`: the ones given, else all that is due to be billed.
  func billing(
    _ order: Order, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> [InvoiceLine] {
    if lines.isEmpty { return try everything(of: order, &d, s) }
    var complete: [InvoiceLine] = []
    for line in lines {
      guard let code = line.product else {
        complete.append(try text(line))
        continue
      }
      let (id, product) = try d.product(code, s)
      guard let known = order.lines.first(where: { $0.product == id }) else {
        throw .refuse(
          "invoice.exceeded", "Order \(try s.code(d.mentioned(.order))) has no \(code).",
          remedy: "Bill it without the order, or revise the order first.")
      }
      let units = try d.units(line.quantity, code, product)
      let left = try known.ordered - known.returned - known.invoicedUnits(product)
      if units > left {
        throw .refuse(
          "invoice.exceeded",
          "\(try s.quantity(max(left, 0), id)) of \(code) is left to bill, not \(line.quantity).",
          remedy: "Bill at most that, or revise the order first.")
      }
      complete.append(known.completing(line, product))
    }
    return complete
  }

  /// What is shipped, not returned and not billed; all that is ordered and not billed when nothing has been shipped.
  private func everything(
    of order: Order, _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> [InvoiceLine] {
    let nothingShipped = order.lines.allSatisfy { $0.shipped == 0 }
    var complete: [InvoiceLine] = []
    for known in order.lines {
      let product = try s.document(Product.self, known.product)
      let gone = nothingShipped ? known.ordered : known.shipped - known.returned
      let units = try gone - known.invoicedUnits(product)
      if units <= 0 { continue }
      d.mention(known.product)
      var line = InvoiceLine()
      line.product = known.code
      line.quantity = ExactDecimal(digits: units, scale: product.decimals)
      complete.append(known.completing(line, product))
    }
    if complete.isEmpty {
      throw .refuse(
        "invoice.nothing", "Nothing of order \(try s.code(d.mentioned(.order))) is left to bill.",
        remedy: "Ship goods first, or give the lines that are to be billed ahead.")
    }
    return complete
  }

  /// A line that a sentence describes.
  private func text(_ line: InvoiceLine) throws(Obstacle) -> InvoiceLine {
    guard line.text?.isEmpty == false, line.price != nil else {
      throw .refuse(
        "invoice.line", "A line names neither a product, nor a text with a price.",
        remedy: "Give a product; or a text, a quantity and a price.")
    }
    guard line.quantity.digits > 0, line.quantity.scale <= 6 else {
      throw .refuse(
        "quantity.notPositive", "The quantity of a line is \(line.quantity).",
        remedy: "Give a quantity above zero, with at most 6 decimals.")
    }
    return line
  }
}

extension Order.Line {
  /// What has been invoiced and not credited, in the product's smallest unit.
  func invoicedUnits(_ product: Product) throws(Obstacle) -> Int64 {
    try refusing("invoiced") { () throws(WireError) in
      try invoiced.units(decimals: product.decimals)
    }
  }

  /// An invoice's line with what the order agreed, where it does not say otherwise.
  func completing(_ line: InvoiceLine, _ product: Product) -> InvoiceLine {
    var line = line
    // A price of the invoice's own comes without the order's discount.
    if line.price == nil { line.discount = line.discount ?? terms.discount }
    line.price = line.price ?? terms.price
    line.tax = line.tax ?? terms.tax ?? product.tax
    return line
  }
}

extension Decision {
  /// The first name of `kind` mentioned so far.
  func mentioned(_ kind: NameKind) -> NameID { mentions.first { $0.is(kind) } ?? .none }
}
