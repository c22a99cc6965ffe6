// Why: proofs need no keys, so books can be sound whose people can no longer be read. Whether every person of the log has a key that
// opens, or an erasure, is asked here, while there may still be a copy of what is missing.

internal import Decisions
internal import Documents
internal import EventLog
internal import Events
internal import Keys
internal import LMDB
internal import Ledger
internal import Wire

/// What a check of the keys to personal data has found.
public struct KeysVerification: Sendable {
  /// How many people have a key; `nil` when the store was not read.
  public var live: Int?
  /// How many people's keys were destroyed.
  public var erased = 0
  /// How many events with personal fields were opened; `nil` when none was tried.
  public var opened: UInt64?
  /// Whether the books have keys here.
  public var areHere = true
  /// Why they could not be tried, in a sentence: there are none here, or no master key; `nil` when they were.
  public var untried: String?
}

/// A check of the keys to the personal data of a log.
struct KeysCheck {
  private(set) var result = KeysVerification()
  /// What is wrong.
  private(set) var faults: [Fault] = []
  /// Where the store and the log do not agree on who is erased. That keeps nothing from being tried, so it is told last.
  private(set) var disagreements: [Fault] = []
  private let store: KeyStore
  private let log: LMDBLog?
  private let observer: any VerificationObserver
  /// So many people are named; more would not help.
  private static let mostNamed = 20

  /// - Parameter log: `nil` when it is damaged: then nothing can be said about who is in it.
  init(
    _ path: String, of books: String, _ log: LMDBLog?, _ options: KeyOptions,
    _ observer: any VerificationObserver
  ) {
    store = PersonalData(at: path, of: books, options, readOnly: true, log: log).keys
    self.log = log
    self.observer = observer
  }

  /// Checks the store, and that it knows everybody of whom the log has sealed something when they first appeared.
  /// - Throws: ``LogError`` that keeps the rest from being checked; what was found before stands.
  mutating func run(isQuick: Bool) throws(LogError) {
    observer.began("the store of keys")
    defer { observer.ended("the store of keys") }
    // Others may record meanwhile. A key is kept before the first event that it seals, and destroyed before the event that says so.
    let before = try log?.head().size ?? 0
    let check: KeyCheck
    do throws(KeyError) { check = try store.check(isQuick: isQuick) } catch {
      switch error.code {
      case .absent, .notPermitted:
        (result.areHere, result.untried) = (error.code != .absent, error.message)
      // What the system does not give says nothing about the keys.
      case .store(let code): throw LogError(.store(code), error.message, remedy: error.remedy)
      default: add(Fault(disorder() ?? error))
      }
      return
    }
    if !isQuick { result.live = check.live.count }
    result.erased = check.erased.count
    result.untried = check.unopened?.message
    for fault in check.faults { add(Fault(fault)) }
    for fault in check.slightFaults { add(.slight(fault)) }
    if let log, !isQuick, check.storeFaults.isEmpty {
      let disorder = disorder()
      if let disorder { add(.disorder(disorder)) }
      let erasures = try erasures(of: log, before)
      // Without the master key nobody knows whose the damaged rows are.
      if check.unopened == nil || check.faults.isEmpty {
        for (person, position) in try lost(check, erasures.now, log, before) {
          add(.lostKey(person, position))
        }
      }
      disagreements = Self.disagreements(
        check, erasures.then, erasures.now, isTidied: disorder == nil)
    }
  }

  /// Why no command tidies up what lies beside the store that counts; `nil` when there is nothing, or nobody can say without the master key.
  private func disorder() -> KeyError? {
    let found: KeyError?
    do throws(KeyError) { found = try store.disorder() } catch { return nil }
    return found?.code == .masterKeyAbsent || found?.code == .notPermitted ? nil : found
  }

  private mutating func add(_ fault: Fault) {
    faults.append(fault)
    observer.found(fault)
  }

  /// The erasures of the first `before` events, and of all.
  private func erasures(
    of log: LMDBLog, _ before: Position
  ) throws(LogError) -> (then: Erasures, now: Erasures) {
    var (erasures, then) = (Erasures(), Erasures?.none)
    let kinds = [ErasureRequested.kind.number, ErasureCompleted.kind.number]
    let size = try log.head().size
    try log.forEachPage(of: 1..<size + 1, size: 4_096, where: { kinds.contains($0.kind) }) {
      (_, events) throws(LogError) in
      for event in events {
        if event.position > before, then == nil { then = erasures }
        do throws(WireError) { try erasures.evolve(event, .books, Chart()) } catch {
          throw LogError.damaged("The event at position \(event.position)")
        }
      }
    }
    return (then ?? erasures, erasures)
  }

  /// Whom one of both has erased, and the other has not: the store, which was read after the first state of the log and before the second.
  private static func disagreements(
    _ check: KeyCheck, _ then: Erasures, _ now: Erasures, isTidied: Bool
  ) -> [Fault] {
    let back = then.completed.filter {
      check.live.contains($0.key) || check.elsewhere.contains($0.key)
    }
    let unasked = check.erased.filter {
      now.completed[$0.key] == nil && now.pending[$0.key] == nil
    }
    let faults =
      back.map { ($1, Fault.keyIsBack($0, $1, isTidied: isTidied)) }
      + unasked.map { ($1, Fault.unasked($0, $1)) }
    return faults.sorted { $0.0 < $1.0 }.prefix(mostNamed).map(\.1)
  }

  /// Of whom something was sealed in the event that brought their name, and who have neither a key nor an erasure: with that event.
  private func lost(
    _ check: KeyCheck, _ erasures: Erasures, _ log: LMDBLog, _ before: Position
  ) throws(LogError) -> [(person: DataSubject, position: Position)] {
    var lost: [(person: DataSubject, position: Position)] = []
    for role in PersonRole.allCases {
      for sequence in try 0..<log.count(of: role.nameKind) {
        guard let name = try log.name(NameID(role.nameKind, sequence + 1)), name.since <= before
        else { continue }
        let person = DataSubject(role.kind, name.code)
        if check.live.contains(person) || check.erased[person] != nil { continue }
        // That is told already.
        if check.damaged.contains(person) { continue }
        if erasures.completed[person] != nil { continue }
        var isSealed = false
        try log.scan(name.since...name.since) { (record) throws(LogError) in
          isSealed = record.flags.contains(.sealed)
          return false
        }
        if isSealed { lost.append((person, name.since)) }
        if lost.count == Self.mostNamed { return lost }
      }
    }
    return lost
  }
}

extension Fault {
  /// A fault of the store of keys.
  fileprivate init(_ error: KeyError) {
    self.init(.keys, error.message, affects: Self.people, remedy: error.remedy)
  }

  /// A fault of the store of keys by which nothing is lost.
  fileprivate static func slight(_ error: KeyError) -> Fault {
    Fault(
      .keys, error.message, affects: "Nothing is lost; the log is not affected.",
      remedy: error.remedy)
  }

  fileprivate static func disorder(_ error: KeyError) -> Fault {
    Fault(
      .keys, error.message, affects: "Until it is mended, nobody's data is sealed or erased.",
      remedy: error.remedy)
  }

  private static let people = "Personal data that it seals cannot be read; the log is not affected."

  fileprivate static func lostKey(_ person: DataSubject, _ position: Position) -> Fault {
    Fault(
      .keys,
      "There is no key for \(person), of whom event \(position) has sealed data, and nothing says that it was erased.",
      affects: people, remedy: KeyError.unknown(person).remedy)
  }

  /// - Parameter isTidied: whether the next command can tidy up the stores of keys.
  fileprivate static func keyIsBack(
    _ person: DataSubject, _ position: Position, isTidied: Bool
  ) -> Fault {
    Fault(
      .keys, "There is a key for \(person) again, whose erasure event \(position) asked for.",
      affects: "Whoever has it and a copy of the log can read what was erased.",
      remedy: (isTidied
        ? "The next command that records destroys it."
        : "When keys/ is in order, the next command that records destroys it.")
        + " Destroy the copy of keys/ from which it came.")
  }

  fileprivate static func unasked(_ person: DataSubject, _ position: Position) -> Fault {
    Fault(
      .keys,
      "The store of keys says that \(person) was erased, as event \(position) asked; the log holds no such request.",
      affects: "What is sealed of that person is shown as erased; the log is not affected.",
      remedy:
        "If the log is an older copy, put back a newer one, or say it again: `diario erase \(person.code.text.shellWord) --role \(person.kind)`. "
        + "Only if nobody ever asked for it, put back a copy of keys/ from before somebody changed it."
    )
  }

  fileprivate static func unopened(_ record: Recorded, _ error: BooksError) -> Fault {
    Fault(
      .keys, "The personal fields of event \(record.position) cannot be opened: \(error.message)",
      affects: people, remedy: error.remedy)
  }
}

extension Books {
  /// Opens the personal fields of every event.
  /// - Parameters:
  ///   - progress: is told how many of how many events were looked at.
  ///   - found: is told what is wrong.
  /// - Returns: how many events had sealed fields.
  func openSealed(
    progress: (_ done: UInt64, _ of: UInt64) -> Void, _ found: (Fault) -> Void
  ) throws(BooksError) -> UInt64 {
    let size = try size()
    var opened: UInt64 = 0
    try log.forEachPage(of: 1..<size + 1, size: 4_096, where: { $0.flags.contains(.sealed) }) {
      (last, events) throws(BooksError) in
      for event in events {
        opened += 1
        do throws(BooksError) { _ = try self.opened(event) } catch {
          guard case .keys = error.code else { throw error }
          found(.unopened(event, error))
        }
      }
      progress(last, size)
    }
    return opened
  }
}
