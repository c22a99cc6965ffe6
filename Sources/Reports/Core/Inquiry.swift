// Why: reports ask the same things again and again: what something is called, how many decimals it has, what a tally
// says. Here they are asked once, at one point in time, and remembered while the report is worked out.
//
// What things are called is taken as known at that point, whatever day it is dated: a product registered in April has
// its name in the report as of March too.

internal import Documents
internal import Events
public import Ledger
public import Projections
public import Summaries
public import Wire

/// One report being worked out.
public final class Inquiry {
  /// The books at one point in time.
  public let look: any Look
  /// What was asked.
  public let request: ReportRequest
  /// What the report is about; none for all.
  public let subject: NameID
  /// The projections that have been read, with their versions.
  public private(set) var projections: [String] = []
  let chart: Chart
  /// The day that ages are counted to: the last day that counts, else that of the last event's recording, where the company is.
  let ageingDay: Day
  private var codes: [NameID: Code] = [:]
  private var products: [NameID: Product] = [:]
  private var parties: [NameID: Party] = [:]

  /// Begins to work out a report about `request.code`, which is looked for among `kinds`.
  /// - Throws: ``ReportError`` `.unknownCode` when nothing of these kinds is called that, `.ambiguous` when several things are.
  public init(
    _ look: any Look, _ request: ReportRequest, about kinds: [NameKind] = []
  ) throws(ReportError) {
    self.look = look
    self.request = request
    let chart = try Inquiry.chart(look)
    self.chart = chart
    ageingDay = try Inquiry.ageingDay(look, in: chart.timeZone)
    subject = try request.subject(look, among: kinds)
  }

  private static func ageingDay(_ look: any Look, in zone: String) throws(ReportError) -> Day {
    if let asOf = look.point.asOf { return asOf }
    guard let moment = look.knownAtInstant else { return Day() }
    return try reading { () throws(SummaryError) in try look.localTime(of: moment, in: zone).day }
  }

  private static func chart(_ look: any Look) throws(ReportError) -> Chart {
    var chart = Chart()
    let positions = try reading { () throws(SummaryError) in
      try look.positions(Definitions.self, of: .books, .all)
    }
    for position in positions {
      guard
        let event = try reading({ () throws(SummaryError) in try look.record(at: position) })
      else { continue }
      try decoding { () throws(WireError) in
        let before = chart
        try chart.evolve(event, .books, before)
      }
    }
    return chart
  }

  /// The last day that counts; `nil` for no limit.
  public var asOf: Day? { look.point.asOf }
  /// The day before the first day of movements, whose balances are the opening ones.
  var dayBefore: Day? { request.from.map { $0 + -1 } }

  var provenance: Table.Provenance {
    let origin = look.provenance
    return Table.Provenance(
      origin: origin.origin, books: chart.name, from: request.from, asOf: asOf,
      size: look.point.knownAt, at: look.knownAtInstant, root: Hexadecimal.text(origin.root),
      projections: [], currency: chart.currency, command: request.command)
  }

  func note(_ namespace: String) {
    if !projections.contains(namespace) { projections.append(namespace) }
  }
}

// What the books say.
extension Inquiry {
  /// The sums of `keys` at the report's point in time.
  public func tally<P: TallyProjection>(
    _ projection: P.Type, _ keys: KeyRange = .all
  ) throws(ReportError) -> TallyColumns {
    try tally(projection, keys, asOf: asOf)
  }

  /// The sums of `keys` as of another day.
  public func tally<P: TallyProjection>(
    _ projection: P.Type, _ keys: KeyRange = .all, asOf day: Day?
  ) throws(ReportError) -> TallyColumns {
    note(P.namespace)
    return try reading { () throws(SummaryError) in try look.tally(projection, keys, asOf: day) }
  }

  /// The names of `kind` that are known, in the order of their appearance.
  public func names(of kind: NameKind) throws(ReportError) -> [NameID] {
    try reading { () throws(SummaryError) in try look.names(of: kind) }
  }

  /// What the report is about: its subject, or all names of `kind` that are known.
  func asked(_ kind: NameKind) throws(ReportError) -> [NameID] {
    subject.isNone ? try names(of: kind) : [subject]
  }

  /// Those of `products` that the report shows: its subject alone if that is a product.
  func shown(_ products: some Sequence<NameID>) -> [NameID] {
    products.filter { !subject.is(.product) || $0 == subject }
  }

  /// The characters of a name; a number sign and its raw number when it has none.
  public func code(_ name: NameID) throws(ReportError) -> Code {
    if let known = codes[name] { return known }
    var code = try reading { () throws(SummaryError) in try look.code(name) }
    if code == nil { code = try decoding { () throws(WireError) in try Code("#\(name.raw)") } }
    codes[name] = code
    return code ?? Code()
  }

  /// A product as it is known.
  func product(_ name: NameID) throws(ReportError) -> Product {
    if let known = products[name] { return known }
    try prepare([name])
    return products[name] ?? Product()
  }

  /// A warehouse as known.
  func warehouse(_ name: NameID) throws(ReportError) -> Warehouse {
    try documents(Warehouse.self, of: [name], in: Definitions.self)[name] ?? Warehouse()
  }

  /// A customer, supplier or employee as known.
  func party(_ name: NameID) throws(ReportError) -> Party {
    if let known = parties[name] { return known }
    try prepare([name])
    return parties[name] ?? Party()
  }

  /// What was agreed with each of `names`, without what they are called and other personal texts, which stay sealed.
  func terms(of names: some Sequence<NameID>) throws(ReportError) -> [NameID: Party] {
    try definitions(Party.self, of: names, sealed: true)
  }

  /// Reads together what will be asked for one by one: products, and who everybody else of `names` is.
  func prepare(_ names: some Sequence<NameID>) throws(ReportError) {
    var (goods, people): ([NameID], [NameID]) = ([], [])
    for name in names where !name.isNone {
      if name.is(.product) {
        if products[name] == nil { goods.append(name) }
      } else if parties[name] == nil {
        people.append(name)
      }
    }
    products.merge(try definitions(Product.self, of: goods)) { $1 }
    parties.merge(try definitions(Party.self, of: people)) { $1 }
  }
}

// Values as cells.
extension Inquiry {
  /// An amount in the books' currency.
  public func money(_ value: Int64) -> Cell { .amount(value, decimals: chart.decimals) }

  /// What a name is called; empty for none.
  public func cell(_ name: NameID) throws(ReportError) -> Cell {
    name.isNone ? .empty : .text(try code(name).text)
  }

  /// A quantity in a product's smallest unit.
  func quantity(_ units: Int64, _ product: NameID) throws(ReportError) -> Cell {
    .amount(units, decimals: try self.product(product).decimals)
  }

  /// An amount of any commodity, in its smallest unit.
  func amount(_ units: Int64, _ commodity: NameID) throws(ReportError) -> Cell {
    switch commodity.kind {
    case .product: try quantity(units, commodity)
    case .lot: try quantity(units, try product(ofLot: commodity))
    case .currency:
      .amount(units, decimals: Currency(try code(commodity))?.decimals ?? chart.decimals)
    case .budget: money(units)
    default: .number(units)
    }
  }
}
