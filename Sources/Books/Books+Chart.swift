// Why: to read an amount one must know the currency's decimals, the product's, the account's name: what things were
// defined as, at the moment that is being looked at.

public import Documents
internal import EventLog
public import Events
internal import Ledger
internal import Wire

extension Books {
  /// The chart, the settings and the periods as the books know them now.
  public func chart() throws(BooksError) -> Chart { try chart(knownAt: try size()) }

  /// How many events there are.
  public func size() throws(BooksError) -> Position {
    try reading { () throws(LogError) in try log.head().size }
  }

  /// The chart, the settings and the periods as the books knew them at `position`.
  public func chart(knownAt position: Position) throws(BooksError) -> Chart {
    var chart = Chart()
    for event in try definitions(of: .books, knownAt: position) {
      do throws(WireError) { try chart.evolve(event, .books, Chart()) } catch {
        throw BooksError(
          .damaged, "Event \(event.position) cannot be read: \(error)",
          remedy: "Run `diario verify`.")
      }
    }
    return chart
  }

  /// The events up to `position` that say what `name` is.
  func definitions(
    of name: NameID, knownAt position: Position
  ) throws(BooksError) -> [Recorded] {
    try reading { () throws(LogError) in
      let covered = min(views.covered, position)
      var events: [Recorded] = []
      for found in try views.positions(of: name, onlyDefinitions: true, through: covered) {
        if let event = try log.record(at: found) { events.append(event) }
      }
      if covered < position {
        try log.scan(covered + 1...position) { (record) throws(LogError) in
          guard record.isDefinition else { return true }
          for index in 0..<record.mentionCount where record.mention(index) == name {
            guard let event = record.copy() else {
              throw LogError(
                .damaged, "The record at position \(record.position) is damaged.",
                remedy: "Run `diario verify`.")
            }
            events.append(event)
            break
          }
          return true
        }
      }
      return events
    }
  }

  /// How many decimals amounts of a commodity have.
  func decimals(of commodity: NameID) throws(BooksError) -> Int {
    switch commodity.kind {
    case .currency: return Currency(try Self.code(try code(commodity)))?.decimals ?? 2
    case .product:
      let events = try definitions(of: commodity, knownAt: try size())
      for event in events {
        do throws(WireError) {
          if let registered = try event.event(ProductRegistered.self) {
            return Int(registered.decimals)
          }
        } catch { continue }
      }
      return 0
    default: return 0
    }
  }

  private static func code(_ text: String) throws(BooksError) -> Code {
    do throws(WireError) { return try Code(text) } catch {
      throw BooksError(.damaged, "\(error)", remedy: "Run `diario verify`.")
    }
  }
}
