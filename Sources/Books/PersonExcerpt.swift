// Why: a payroll run is about everybody whom it pays, and each of them may ask what is held about them. What they get of it is theirs: their
// payslip, the moves of their wages, and what is about nobody; of the others' a count (GDPR, art. 15.4).

public import Events
public import Ledger
internal import Wire

/// What of one event is about one person.
public struct PersonExcerpt: Sendable {
  /// The event's position.
  public var position: Position { event.position }
  /// The day on which it is true.
  public var on: Day { event.on }
  /// The number of its kind.
  public var kind: UInt16 { event.kind }
  /// Its fields as one JSON object. In the lists, elements about others are left out; of an event that is somebody else's,
  /// «about somebody else» stands for what does not name the person.
  public let fields: String
  /// Its moves, but those of others.
  public let moves: [Move]
  /// How many elements of lists were left out since they are about others, by the names of the fields; "moves" for moves.
  public let leftOut: [String: Int]
  /// Whether all of the event is shown: then its key is too, which may be made of what is left out.
  let isWhole: Bool
  /// The whole event.
  let event: Recorded

  /// What `event`, with its personal fields in the clear or not, says about `person`.
  init(
    of event: Recorded, about person: DataSubject, _ behind: inout PeopleBehindNames
  ) throws(BooksError) {
    self.event = event
    var rule = Rule(person: person)
    for name in event.names { rule.add(name, try behind.people(behind: name), behind.codes[name]) }
    var excerpt = Excerpt()
    // What an event of an unknown kind says about whom, nobody can tell.
    if let type = Catalogue.numbered(event.kind) {
      do throws(WireError) { excerpt = try Self.excerpt(type, event, &rule) } catch {
        throw BooksError.unreadable(event.position, error, part: "The fields of event")
      }
    }
    fields = excerpt.fields
    moves = event.moves.compactMap(rule.excerpt)
    var leftOut = excerpt.leftOut
    if moves.count < event.moves.count { leftOut["moves"] = event.moves.count - moves.count }
    self.leftOut = leftOut
    isWhole =
      Catalogue.numbered(event.kind) != nil && !rule.isAboutOthers && leftOut.isEmpty
  }

  private static func excerpt<E: Event>(
    _ type: E.Type, _ record: Recorded, _ rule: inout Rule
  ) throws(WireError) -> Excerpt {
    guard let event = try record.event(type) else { return Excerpt() }
    try rule.findOwners(of: event)
    return try ExcerptWriter.excerpt(of: event, rule)
  }
}

/// What of an event one person is shown.
private struct Rule: ExcerptRule {
  let person: DataSubject
  /// Who stands behind the names of the event, as far as anybody does.
  private var people: [NameID: Set<DataSubject>] = [:]
  /// The same by the names' codes.
  private var byCode: [NameKind: [Code: Set<DataSubject>]] = [:]
  private(set) var isAboutOthers = false

  init(person: DataSubject) { self.person = person }

  /// Takes note of who stands behind `name`, which is called `code`.
  mutating func add(_ name: NameID, _ people: Set<DataSubject>, _ code: Code?) {
    guard !people.isEmpty, let kind = name.kind, let code else { return }
    self.people[name] = people
    byCode[kind, default: [:]][code] = people
  }

  /// An event is whose its personal fields are; one without any is whom it names outside of lists.
  mutating func findOwners(of event: some Event) throws(WireError) {
    var owners = try PersonalFinder.subjects(of: event).filter { !$0.code.isEmpty }
    if owners.isEmpty {
      let own = CodeFinder(in: event).own
      let everybody = people.values.reduce(into: Set<DataSubject>()) { $0.formUnion($1) }
      owners = everybody.filter { person in own.contains { person.isNamed(by: $0) } }
    }
    isAboutOthers = !owners.isEmpty && !owners.contains(person)
  }

  func namesPerson(_ codes: [GivenCode]) -> Bool { codes.contains { person.isNamed(by: $0) } }

  func leavesOut(_ codes: [GivenCode]) -> Bool {
    var named: Set<DataSubject> = []
    for given in codes {
      let owners = NameKind.kinds(inField: given.field).compactMap { byCode[$0]?[given.code] }
      // A customer and an invoice may be called alike: what may be the one or the other is shown to neither.
      let others = owners.filter { !$0.contains(person) }
      for owner in others.isEmpty ? owners : others { named.formUnion(owner) }
    }
    return (isAboutOthers || !named.isEmpty) && !named.contains(person)
  }

  /// `move` as the person is shown it: `nil` when it is about others, or in an event about others about nobody; without a subject that is.
  func excerpt(_ move: Move) -> Move? {
    let (from, to) = (people[move.from.subject] ?? [], people[move.to.subject] ?? [])
    if from.isEmpty, to.isEmpty { return isAboutOthers ? nil : move }
    if !from.contains(person), !to.contains(person) { return nil }
    var move = move
    if !from.isEmpty, !from.contains(person) { move.from.subject = .none }
    if !to.isEmpty, !to.contains(person) { move.to.subject = .none }
    return move
  }
}
