// Why: what is hashed cannot be unsaid, so personal fields are sealed between the decision and the log. A person's key is made with
// the first event that needs it, and is on stable storage before that event.

internal import Decisions
internal import Documents
internal import EventLog
internal import Events
internal import Keys
internal import Ledger
internal import Wire

/// Seals what is being recorded. Used by one thread at a time.
final class Sealer {
  private let personal: PersonalData
  private let log: any EventLog
  /// Keys that were made for the batch in hand, and are not on disk yet.
  private var new: [DataSubject: SubjectKey] = [:]
  /// Whose erasure the batch in hand confirms, with the position of the request.
  private var erased: [DataSubject: Position] = [:]

  /// Whose keys were found to open what is sealed of them.
  private var tried: Set<DataSubject> = []
  /// Whether the store has been found in order since the batch in hand began.
  private var isTidy = false

  init(_ personal: PersonalData, _ log: any EventLog) {
    self.personal = personal
    self.log = log
  }

  /// `record` with its personal fields sealed.
  func sealed(
    _ record: Recorded, _ situation: LiveSituation
  ) throws(Obstacle) -> Recorded {
    guard Catalogue.personal.contains(record.kind), let subject = try subject(of: record) else {
      return record
    }
    let key = try key(of: subject, situation)
    let sealing = Sealing(key: key, place: personal.place(of: record))
    do throws(WireError) { return try record.sealed(by: sealing) } catch {
      throw .unreadable(error)
    }
  }

  /// The digest of `proposal` if `record` is what became of it.
  func digest(_ proposal: Proposal, like record: Recorded) throws(Obstacle) -> ContentDigest {
    guard record.flags.contains(.sealed), let subject = try subject(of: record) else {
      return try refusing { () throws(WireError) in try proposal.digest() }
    }
    if let key = new[subject] {
      return try refusing { () throws(WireError) in try proposal.digest(key) }
    }
    switch try withKeys({ () throws(KeyError) in try personal.keys.state(of: subject) }) {
    case .known(let key): return try refusing { () throws(WireError) in try proposal.digest(key) }
    case .damaged: throw Self.obstacle(KeyError.damagedKey(of: subject))
    case .unknown: throw Self.obstacle(KeyError.unknown(subject))
    case .erased:
      throw .refuse(
        "key.erased",
        "The key \"\(proposal.key)\" was used at position \(record.position), for an event about \(subject), who is erased.",
        remedy: "Leave it: whether it is the same event cannot be told any more.")
    }
  }

  /// Keeps the new keys and destroys those of the erased: called before the events that say so are appended.
  func commit() throws(KeyError) {
    if !new.isEmpty { try personal.keys.add(new) }
    if !erased.isEmpty, try personal.keys.exists() { try personal.keys.erase(erased) }
    abandon()
  }

  /// Forgets the batch.
  func abandon() {
    new = [:]
    erased = [:]
    isTidy = false
  }

  /// Takes note of `record` if it confirms an erasure. A destroyed key does not come back when the batch fails, so the request must be
  /// among the `stored` events, and the key must be here; `now` is what the clock says.
  func note(
    _ record: Recorded, _ situation: LiveSituation, stored: Position,
    now: () -> Instant
  ) throws(Obstacle) {
    // Behind an event of a clock that went ahead, a record's moment is none that has come.
    if record.kind == ErasureRequested.kind.number,
      record.on > Self.lastDay(at: min(record.at, now()))
    {
      throw .refuse(
        "erasure.future",
        "The erasure is asked for on \(record.on), a day to come; the key would be destroyed at once.",
        remedy: "Ask for it on that day.")
    }
    guard record.kind == ErasureCompleted.kind.number else { return }
    let event: ErasureCompleted?
    do throws(WireError) { event = try record.event(ErasureCompleted.self) } catch {
      throw .unreadable(error)
    }
    guard let person = event?.subject,
      let id = try situation.id(PersonRole(person.kind).nameKind, person.code)
    else { return }
    let known = try situation.document(PersonRecord.self, id)
    guard known.requestedAt <= stored else {
      throw .refuse(
        "erasure.notStored",
        "The erasure of \(person) is asked for by event \(known.requestedAt) of the same batch, which is not on disk yet.",
        remedy:
          "Record the request first, in a batch before this one; `diario erase --continue` then finishes it."
      )
    }
    if known.isSealed, try isLost(person) {
      throw .refuse(
        "erasure.keyAbsent",
        "The log holds sealed personal data of \(person), and the key to it is not in these books' keys/: it cannot be destroyed where it is.",
        remedy:
          "Put back the keys/ that belong to this log; `diario erase --continue` then finishes it.")
    }
    erased[person] = known.requestedAt
  }

  /// The latest day that it is anywhere at the moment `at`: clocks go up to 14 hours ahead of UTC.
  private static func lastDay(at moment: Instant) -> Day {
    let seconds = moment.microseconds / 1_000_000 + 14 * 3_600
    return Day(number: 0) + Int(seconds / 86_400)
  }

  /// Whether the key of `person`, which there was, is not here and was not destroyed here.
  private func isLost(_ person: DataSubject) throws(Obstacle) -> Bool {
    if new[person] != nil { return false }
    let state: KeyState? = try withKeys { () throws(KeyError) in
      try requireTidy()
      return try personal.keys.exists() ? try personal.keys.state(of: person) : nil
    }
    switch state {
    case nil, .unknown: return true
    // The key of a damaged one is given up: what is left of it is destroyed, as was asked for.
    case .erased, .damaged: return false
    case .known: return try sealedByAnother(person) != nil
    }
  }

  /// The event that brought `person`, if something is sealed in it that the key here does not open: then that is the key of another copy of
  /// these books, in which the same code was registered again.
  private func sealedByAnother(_ person: DataSubject) throws(Obstacle) -> Position? {
    if tried.contains(person) { return nil }
    let first: Recorded?
    do throws(LogError) {
      let name = try log.name(PersonRole(person.kind).nameKind, person.code)
      first = try name.flatMap { (name) throws(LogError) in try log.record(at: name.since) }
    } catch { throw .unreadable(error) }
    if let first, first.flags.contains(.sealed) {
      do throws(BooksError) { _ = try personal.opened(first, about: person) { [:] } } catch {
        if error.code == .keys(.unreadable) { return first.position }
        throw .refuse("keys.unreadable", error.message, remedy: error.remedy)
      }
    }
    tried.insert(person)
    return nil
  }

  private func subject(of record: Recorded) throws(Obstacle) -> DataSubject? {
    do throws(WireError) { return try record.personalFields().first?.subject } catch {
      throw .unreadable(error)
    }
  }

  private func key(
    of subject: DataSubject, _ situation: LiveSituation
  ) throws(Obstacle) -> SubjectKey {
    if let position = erased[subject] { throw erased(subject, position) }
    if let key = new[subject] { return key }
    try withKeys { () throws(KeyError) in
      try requireTidy()
      if try !personal.keys.exists() {
        try refuseLost(try holdsSeals(), "these books' people")
        try personal.keys.create()
      }
    }
    switch try withKeys({ () throws(KeyError) in try personal.keys.state(of: subject) }) {
    case .known(let key):
      if let position = try sealedByAnother(subject) {
        throw Self.obstacle(.ofAnotherCopy(subject, position))
      }
      return key
    case .erased(let position): throw erased(subject, position)
    case .damaged: throw Self.obstacle(KeyError.damagedKey(of: subject))
    case .unknown:
      if let id = try situation.id(PersonRole(subject.kind).nameKind, subject.code) {
        let isSealed = try situation.document(PersonRecord.self, id).isSealed
        try withKeys { () throws(KeyError) in try refuseLost(isSealed, "\(subject)") }
      }
      let key = SubjectKey()
      new[subject] = key
      return key
    }
  }

  private func erased(_ subject: DataSubject, _ position: Position) -> Obstacle {
    .refuse(
      "person.erased",
      "\(subject) was erased, as event \(position) asked: nothing personal is recorded of it any more.",
      remedy: "Leave the personal fields out, or give the person a new code.")
  }

  /// Which store counts must be beyond doubt before one is written to.
  private func requireTidy() throws(KeyError) {
    if isTidy { return }
    try personal.keys.tidy()
    isTidy = true
  }

  /// A key that was lost must not be followed by another one as if nothing had been.
  private func refuseLost(_ isSealed: Bool, _ whose: String) throws(KeyError) {
    if isSealed { throw KeyError.lost(whose) }
  }

  private func holdsSeals() throws(KeyError) -> Bool {
    var found = false
    do throws(LogError) {
      let size = try log.head().size
      if size == 0 { return false }
      try log.scan(1...size) { (record) throws(LogError) in
        found = record.flags.contains(.sealed)
        return !found
      }
    } catch { throw KeyError(unreadableLog: error.description) }
    return found
  }

  private func withKeys<R>(_ body: () throws(KeyError) -> R) throws(Obstacle) -> R {
    do throws(KeyError) { return try body() } catch { throw Self.obstacle(error) }
  }

  /// What is wrong with the keys concerns the one event that needs them, so that one is refused; what the disk or the system says
  /// concerns all.
  private static func obstacle(_ error: KeyError) -> Obstacle {
    switch error.code {
    case .file, .store: .unreadable(error)
    default: .refuse("keys.unreadable", error.message, remedy: error.remedy)
    }
  }

  private func refusing<R>(_ body: () throws(WireError) -> R) throws(Obstacle) -> R {
    do throws(WireError) { return try body() } catch { throw .refused(Refusal(error)) }
  }
}

/// Seals the fields of one record.
private struct Sealing: PersonalSealing {
  let key: SubjectKey
  let place: SealedPlace

  func seal(_ text: String, field number: Int, of subject: DataSubject) -> [UInt8] {
    key.seal(text, in: place, field: number, of: subject)
  }
}
