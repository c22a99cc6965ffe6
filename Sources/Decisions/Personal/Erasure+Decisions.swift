// Why: erasing cannot be undone, so what speaks against it is asked before anything is destroyed: a duty to keep the data, a second
// request, data that an erasure would not reach.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension HoldPlaced: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let person = try d.person(of: &self, s)
    try d.requireSomebody()
    try refuseEmpty(reason)
    let known = try s.document(PersonRecord.self, person.id)
    if known.holds[hold] != nil {
      throw .refuse(
        "hold.duplicate", "The hold \(hold) keeps the data of \(person.who) already.",
        remedy: "Give another hold another code.")
    }
    if known.completedAt > 0 {
      throw .refuse(
        "hold.late", "The data of \(person.who) was erased by event \(known.completedAt).",
        remedy: "Nothing is left to be kept.")
    }
  }
}

extension HoldLifted: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let person = try d.person(of: &self, s)
    try d.requireSomebody()
    try refuseEmpty(reason)
    let known = try s.document(PersonRecord.self, person.id)
    // One that ends on a later day may end earlier.
    let later = known.lifted[hold].flatMap { $0.on > d.on ? $0.placed : nil }
    guard let placed = known.holds[hold]?.on ?? later else {
      throw .refuse(
        "hold.unknown",
        known.lifted[hold].map { "The hold \(hold) has ended: it keeps nothing from \($0.on) on." }
          ?? "No hold \(hold) keeps the data of \(person.who).",
        remedy: "`diario person \(person.who.code)` lists the holds.")
    }
    if d.on < placed {
      throw .refuse(
        "hold.early", "The hold \(hold) was placed on \(placed), and cannot end before.",
        remedy: "Give the day from which on it keeps nothing.")
    }
  }
}

extension ErasureRequested: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    d.mention(.books)
    let person = try d.person(of: &self, s)
    try refuseEmpty(reason)
    let known = try s.document(PersonRecord.self, person.id)
    if known.completedAt > 0 || known.requestedAt > 0 {
      throw .refuse(
        "erasure.duplicate",
        "The erasure of \(person.who) was asked for by event \(known.requestedAt).",
        remedy: known.completedAt > 0
          ? "Nothing is left to be erased." : "`diario erase --continue` finishes it.")
    }
    try known.refuseHeld(person.who, on: d.on)
    if let first = known.unsealed.first {
      throw .refuse(
        "erasure.unsealed",
        "Data of \(person.who) stands in the clear, at \(known.unsealed.count == 1 ? "position" : "\(known.unsealed.count) positions, the first") \(first): it was recorded before there were keys.",
        remedy: "Record them again into new books from `diario export`, and destroy the old ones.")
    }
  }
}

extension ErasureCompleted: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    d.mention(.books)
    let person = try d.person(of: &self, s)
    let known = try s.document(PersonRecord.self, person.id)
    guard known.requestedAt > 0, known.completedAt == 0 else {
      throw .refuse(
        "erasure.notRequested", "No erasure of \(person.who) is under way.",
        remedy: "Ask for it with `diario erase`; Diario records by itself that it is done.")
    }
    try known.refuseHeld(person.who, on: d.on)
  }
}

extension PersonRecord {
  fileprivate func refuseHeld(_ who: DataSubject, on day: Day) throws(Obstacle) {
    let ending = lifted.filter { $0.value.on > day }.min { $0.value.on < $1.value.on }
    if let (hold, ended) = ending {
      throw .refuse(
        "erasure.held",
        "The hold \(hold) keeps the data of \(who) until \(ended.on): \(ended.reason).",
        remedy: "Ask for the erasure on that day or later.")
    }
    guard let hold = holds.min(by: { $0.key < $1.key }) else { return }
    throw .refuse(
      "erasure.held", "The hold \(hold.key) keeps the data of \(who): \(hold.value.reason).",
      remedy: "Wait until its reason is gone, and record hold.lifted.")
  }
}

extension Decision {
  /// The person that an event is about, mentioned; completes the event's role.
  fileprivate mutating func person(
    of event: inout some AboutPerson, _ s: any Situation
  ) throws(Obstacle) -> (who: DataSubject, id: NameID) {
    var found: [(role: PersonRole, id: NameID)] = []
    for role in PersonRole.allCases where event.role == nil || event.role == role {
      if let id = try s.id(role.nameKind, event.person) { found.append((role, id)) }
    }
    guard let one = found.first else {
      throw .refuse(
        "person.unknown",
        "There is no \(event.role?.rawValue ?? "customer, supplier or employee") \(event.person).",
        remedy: "Check the code.")
    }
    if found.count > 1 {
      throw .refuse(
        "person.ambiguous",
        "\(event.person) is \(found.map { "\($0.role.nameKind.article) \($0.role)" }.joined(separator: " and ")).",
        remedy: "Say which with \"role\".")
    }
    event.role = one.role
    mention(one.id)
    return (DataSubject(one.role.kind, event.person), one.id)
  }

  fileprivate func requireSomebody() throws(Obstacle) {
    if by?.isEmpty ?? true {
      throw .refuse("hold.nobody", "Nobody says so.", remedy: "Say who it is with \"by\".")
    }
  }
}
