// Why: to read an amount one must know the currency's decimals, the product's, the account's name: what things were
// defined as, at the moment that is being looked at.

public import Documents
internal import EventLog
public import Events
public import Ledger
internal import Projections
internal import Summaries
internal import Synchronization
internal import Wire

extension Books {
  /// The chart, the settings and the periods as the books know them now.
  public func chart() throws(BooksError) -> Chart { try chart(knownAt: try size()) }

  /// How many events there are.
  public func size() throws(BooksError) -> Position {
    try reading { () throws(LogError) in try log.head().size }
  }

  /// The moment of the last event, if it lies more than a second ahead of `now`: then a clock went ahead.
  public func lastMoment(ahead now: Instant) throws(BooksError) -> Instant? {
    let last = try reading { () throws(LogError) in try log.head() }
    let isAhead = last.size > 0 && last.at.microseconds - 1_000_000 > now.microseconds
    return isAhead ? last.at : nil
  }

  /// The chart, the settings and the periods as the books knew them at `position`.
  public func chart(knownAt position: Position) throws(BooksError) -> Chart {
    var chart = Chart()
    for event in try definitions(of: .books, knownAt: position) {
      do throws(WireError) { try chart.evolve(event, .books, Chart()) } catch {
        throw BooksError.unreadable(event.position, error)
      }
    }
    return chart
  }

  /// The events up to `position` that say what `name` is.
  func definitions(
    of name: NameID, knownAt position: Position
  ) throws(BooksError) -> [Recorded] {
    try reading { () throws(LogError) in
      let positions: [Position]
      do throws(SummaryError) {
        positions = try views.reading.answer { (store) throws(SummaryError) in
          try Definitions.positions(
            of: name, knownAt: position, tree: views.tree, in: store, log: views.source)
        }
      } catch { throw LogError(error) }
      var events: [Recorded] = []
      for position in positions {
        if let event = try log.record(at: position) { events.append(event) }
      }
      return events
    }
  }

  /// How many decimals amounts of a commodity have; of the books themselves, their values.
  func decimals(of commodity: NameID) throws(BooksError) -> Int {
    if let known = knownDecimals.withLock({ $0[commodity] }) { return known }
    guard let found = try definedDecimals(of: commodity) else {
      return commodity == .books ? Chart().decimals : 0
    }
    knownDecimals.withLock { $0[commodity] = found }
    return found
  }

  /// The same as it is defined; `nil` when it is not (yet).
  private func definedDecimals(of commodity: NameID) throws(BooksError) -> Int? {
    switch commodity.kind {
    case .currency:
      let code = try Self.code(try code(commodity))
      guard let currency = Currency(code) else {
        throw BooksError(
          .damaged, "\(code) is no currency, and its amounts cannot be written as decimals.",
          remedy: "Run `diario verify`.")
      }
      return currency.decimals
    case .books:
      let chart = try chart()
      return chart.isOpen ? chart.decimals : nil
    case .budget: return try decimals(of: .books)
    case .product:
      for event in try definitions(of: commodity, knownAt: try size()) {
        do throws(WireError) {
          if let registered = try event.event(ProductRegistered.self) {
            return Int(registered.decimals)
          }
        } catch { throw BooksError.unreadable(event.position, error) }
      }
      return nil
    default: return nil
    }
  }

  private static func code(_ text: String) throws(BooksError) -> Code {
    do throws(WireError) { return try Code(text) } catch {
      throw BooksError(.damaged, "\(error)", remedy: "Run `diario verify`.")
    }
  }
}
