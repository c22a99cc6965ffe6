// Why: everybody may ask what is held about them (GDPR, art. 15). The answer is every event that mentions the person, and whether anything
// keeps the data from being erased. What such an event says about others is theirs: see PersonExcerpt.swift.

internal import Documents
internal import EventLog
public import Events
public import Ledger
internal import Projections
internal import Summaries
public import Wire

/// Everything that the books hold about one person.
public struct PersonFile: Sendable {
  /// Who it is.
  public var person: DataSubject
  /// Why the data must be kept, by the code of the hold.
  public var holds: [Code: String]
  /// The holds that were lifted: why the data was kept, and the day from which they keep nothing any more, perhaps one to come.
  public var lifted: [Code: (reason: String, on: Day)]
  /// The position at which the erasure was asked for; 0 for never.
  public var erasureRequestedAt: Position
  /// The position at which it was confirmed; 0 for not.
  public var erasedAt: Position
  /// What every event that mentions the person says about them, in order; personal fields in the clear, or erased.
  public var events: [PersonExcerpt]
}

extension Books {
  /// What the books hold about the person called `code`.
  /// - Parameters:
  ///   - code: the person's.
  ///   - role: needed when a code names, say, a customer and a supplier.
  /// - Throws: ``BooksError`` `.question` when nobody or more than one is called so.
  public func person(_ code: Code, _ role: PersonRole? = nil) throws(BooksError) -> PersonFile {
    let look = try look()
    let (role, id) = try who(code, role)
    let person = DataSubject(role.kind, code)
    let positions = try summing { () throws(SummaryError) in
      try look.positions(Histories.self, of: id, .all)
    }
    var events: [PersonExcerpt] = []
    var record = PersonRecord()
    var behind = PeopleBehindNames(self)
    for position in positions {
      guard let event = try event(at: position) else { continue }
      do throws(WireError) { try record.evolve(event, id, Chart()) } catch {
        throw BooksError.unreadable(position, error)
      }
      events.append(
        try PersonExcerpt(of: opened(event, about: person), about: person, &behind))
    }
    return PersonFile(
      person: person, holds: record.holds.mapValues(\.reason),
      lifted: record.lifted.mapValues { ($0.reason, $0.on) },
      erasureRequestedAt: record.requestedAt, erasedAt: record.completedAt, events: events)
  }

  private func who(_ code: Code, _ role: PersonRole?) throws(BooksError) -> (PersonRole, NameID) {
    var found: [(PersonRole, NameID)] = []
    for each in PersonRole.allCases where role == nil || role == each {
      let name = try reading { () throws(LogError) in try log.name(each.nameKind, code) }
      if let name { found.append((each, name.id)) }
    }
    if found.count == 1 { return found[0] }
    throw BooksError(
      .question,
      found.isEmpty
        ? "There is no \(role?.rawValue ?? "customer, supplier or employee") \(code)."
        : "\(code) is a \(found.map(\.0.rawValue).joined(separator: " and a ")).",
      remedy: found.isEmpty ? "Check the code." : "Say which one is meant: its role.")
  }
}
