// Why: a move to the invoice F-12 is about whom it bills, though it names nobody. Whose a document is stands in the event that brought it.

internal import EventLog
internal import Events
internal import Ledger
internal import Wire

/// Finds out which people the names of events stand for.
struct PeopleBehindNames {
  private let books: Books
  private var known: [NameID: Set<DataSubject>] = [:]
  /// The codes of the names that were found to be somebody's.
  private(set) var codes: [NameID: Code] = [:]
  private var brought: [Position: Brought] = [:]

  init(_ books: Books) { self.books = books }

  /// The person that `name` is, or whose document it is; empty for what is the company's.
  mutating func people(behind name: NameID) throws(BooksError) -> Set<DataSubject> {
    if let people = known[name] { return people }
    let people = try find(name)
    known[name] = people
    return people
  }

  private mutating func find(_ name: NameID) throws(BooksError) -> Set<DataSubject> {
    guard let kind = name.kind else { return [] }
    let role = PersonRole.allCases.first { $0.nameKind == kind }
    if role == nil, !NameKind.ofSomebody.contains(kind) { return [] }
    let books = books
    // Whoever is not known would be taken for nobody, and what is theirs be shown to others.
    let entry = try reading { () throws(LogError) in try books.log.known(name) }
    codes[name] = entry.code
    if let role { return [DataSubject(role.kind, entry.code)] }
    return try brought(at: entry.since).people(of: kind, entry.code)
  }

  private mutating func brought(at position: Position) throws(BooksError) -> Brought {
    if let found = brought[position] { return found }
    var found = Brought()
    guard let record = try books.event(at: position) else {
      throw BooksError(LogError.damaged("The event at position \(position)"))
    }
    for name in record.mentions
    where PersonRole.allCases.contains(where: { name.is($0.nameKind) }) {
      found.everybody.formUnion(try people(behind: name))
    }
    if found.everybody.count > 1, let type = Catalogue.numbered(record.kind) {
      do throws(WireError) { try found.read(type, record) } catch {
        throw BooksError.unreadable(position, error)
      }
    }
    brought[position] = found
    return found
  }
}

/// Whose the documents are that one event has brought.
private struct Brought {
  /// Whom the event is about.
  var everybody: Set<DataSubject> = []
  /// Of documents that stand in lists: who is named beside them.
  private var beside: [NameKind: [Code: Set<DataSubject>]] = [:]

  /// Of an event without lists, everybody whom it mentions.
  func people(of kind: NameKind, _ code: Code) -> Set<DataSubject> {
    beside[kind]?[code] ?? everybody
  }

  mutating func read<E: Event>(_ type: E.Type, _ record: Recorded) throws(WireError) {
    guard let event = try record.event(type) else { return }
    for codes in CodeFinder(in: event).elements {
      let people = everybody.filter { person in codes.contains { person.isNamed(by: $0) } }
      if people.isEmpty { continue }
      for given in codes {
        for kind in NameKind.kinds(inField: given.field) {
          beside[kind, default: [:]][given.code, default: []].formUnion(people)
        }
      }
    }
  }
}

extension DataSubject {
  /// Whether the code in a field is this person's.
  func isNamed(by given: GivenCode) -> Bool {
    given.code == code
      && NameKind.kinds(inField: given.field).contains(PersonRole(kind).nameKind)
  }
}
