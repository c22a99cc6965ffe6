// Why: the one place where events are decided and appended. One recorder at a time in all processes: it holds the
// lock, sees the newest state, decides, appends, and only then says "recorded".

internal import Decisions
internal import EventLog
internal import Events
internal import Keys
internal import LMDB
internal import Ledger
internal import Wire

/// How proposals are recorded.
public struct RecordOptions: Sendable, Hashable {
  /// All of them or none: if the last answer is a refusal, nothing is recorded, and the answers before it are
  /// ``Answer/wouldBe(_:)``.
  public var isAtomic = false
  /// The lines may carry `at`: history is being imported.
  public var isImport = false
  /// Decide, answer, and record nothing: ``Answer/wouldBe(_:)`` says what a receipt would.
  public var isTrial = false

  /// Each proposal for itself, at the current moment, for real.
  public init(isAtomic: Bool = false, isImport: Bool = false, isTrial: Bool = false) {
    self.isAtomic = isAtomic
    self.isImport = isImport
    self.isTrial = isTrial
  }
}

/// Decides and appends, one batch at a time.
final class Recorder {
  private let log: any EventLog
  private let lockPath: String
  private let situation: LiveSituation
  private let sealer: Sealer
  private let now: @Sendable () -> Instant

  init(
    _ log: any EventLog, _ histories: any HistoryReading, _ personal: PersonalData,
    lockPath: String, now: @escaping @Sendable () -> Instant
  ) throws(LogError) {
    self.log = log
    self.lockPath = lockPath
    self.now = now
    situation = try LiveSituation(log, histories)
    sealer = Sealer(personal, log)
  }

  /// Records several submissions in one commit. Those that are atomic must be alone.
  func record(
    _ submissions: [(proposals: [Proposal], options: RecordOptions)]
  ) throws(BooksError) -> [[Answer]] {
    let lock = try locked()
    let answers = Result { () throws(BooksError) in
      // Who was killed in the middle of a commit may have left it whole, which is seen only by who writes next.
      for _ in 1...2 {
        if let answers = try recordLocked(submissions) { return answers }
      }
      throw BooksError(
        .system, "The log has grown while nobody else could record.",
        remedy: "End every program that has these books open, then try again.")
    }
    _ = consume lock
    return try answers.get()
  }

  /// The answers; `nil` when the log had other events than could be seen, so that nothing was recorded.
  private func recordLocked(
    _ submissions: [(proposals: [Proposal], options: RecordOptions)]
  ) throws(BooksError) -> [[Answer]]? {
    try reading { () throws(LogError) in try situation.catchUp() }
    var batch = Batch()
    var answers: [[Answer]] = []
    do throws(Obstacle) {
      for (proposals, options) in submissions {
        answers.append(try answer(proposals, options, &batch))
      }
    } catch {
      abandon()
      throw Recorder.unreadable(error)
    }
    if batch.isAbandoned {
      abandon()
      // An atomic or trial submission is alone. What a key was given before is recorded all the same.
      answers = answers.map { $0.map { $0.undone(behind: batch.size) } }
    } else if batch.frame.count > 0 {
      do throws(BooksError) {
        if try append(batch) { return answers }
      } catch {
        abandon()
        throw error
      }
      abandon()
      return nil
    }
    return answers
  }

  /// Whether the log had the size that was seen, so that the batch could be appended.
  private func append(_ batch: Batch) throws(BooksError) -> Bool {
    do throws(KeyError) { try sealer.commit() } catch { throw BooksError(error) }
    do throws(LogError) {
      situation.committed(try log.append(batch.frame, expecting: batch.size))
      return true
    } catch {
      if case .conflict = error.code { return false }
      throw BooksError(error)
    }
  }

  private func abandon() {
    sealer.abandon()
    situation.abandon()
  }

  /// Runs `body` with the keys, while nobody of any process records.
  func maintain<R>(
    _ keys: KeyStore, _ body: (KeyStore) throws(KeyError) -> R
  ) throws(BooksError) -> R {
    let lock = try locked()
    let result = Result { () throws(KeyError) in try body(keys) }
    _ = consume lock
    do throws(KeyError) { return try result.get() } catch { throw BooksError(error) }
  }

  private func locked() throws(BooksError) -> DirectoryLock {
    do throws(StoreError) { return try DirectoryLock(path: lockPath) } catch {
      throw BooksError(LogError(store: error))
    }
  }

  private static func unreadable(_ obstacle: Obstacle) -> BooksError {
    switch obstacle {
    case .unreadable(let error as LogError): BooksError(error)
    case .unreadable(let error as KeyError): BooksError(error)
    case .unreadable(let error):
      BooksError(
        .damaged, "An event cannot be read: \(error)",
        remedy: "Run `diario verify`, and restore a backup.")
    case .refused(let refusal): BooksError(.damaged, refusal.message, remedy: refusal.remedy)
    }
  }

  /// What has been decided and waits to be appended.
  private struct Batch {
    var frame = Frame()
    var size: Position = 0
    var keys: [ExactText: Receipt] = [:]
    var isAbandoned = false
  }

  private func answer(
    _ proposals: [Proposal], _ options: RecordOptions, _ batch: inout Batch
  ) throws(Obstacle) -> [Answer] {
    if batch.frame.count == 0 { batch.size = situation.last.size }
    var answers: [Answer] = []
    answers.reserveCapacity(proposals.count)
    for proposal in proposals {
      do throws(Obstacle) {
        answers.append(.recorded(try receipt(proposal, options, &batch)))
      } catch {
        guard case .refused(let refusal) = error else { throw error }
        answers.append(.refused(refusal))
        if options.isAtomic {
          batch.isAbandoned = true
          break
        }
      }
    }
    if options.isTrial { batch.isAbandoned = true }
    return answers
  }

  private func receipt(
    _ proposal: Proposal, _ options: RecordOptions, _ batch: inout Batch
  ) throws(Obstacle) -> Receipt {
    if !proposal.key.isEmpty, let receipt = try earlier(proposal, batch) { return receipt }
    let (at, flags) = try moment(for: proposal, options)
    var record = try decide(proposal, situation)
    record.position = situation.size() + 1
    record.at = at
    record.flags = flags
    record = try sealer.sealed(record, situation)
    if !proposal.key.isEmpty { record.digest = try sealer.digest(proposal, like: record) }
    // A trial destroys nothing, and stands for events that are recorded one after the other unless they are atomic.
    let stored = options.isTrial && !options.isAtomic ? .max : batch.size
    try sealer.note(record, situation, stored: stored, now: now)
    batch.frame.append(record)
    try situation.add(record)
    let receipt = Receipt(
      position: record.position, on: record.on, at: at, moves: record.moves, isRepeated: false)
    if !proposal.key.isEmpty { batch.keys[ExactText(proposal.key)] = receipt }
    return receipt
  }

  /// The receipt that the proposal's key was given before.
  private func earlier(_ proposal: Proposal, _ batch: Batch) throws(Obstacle) -> Receipt? {
    let key = proposal.key
    var receipt: Receipt
    let event: Recorded
    if let used = batch.keys[ExactText(key)], let known = try situation.recorded(used.position) {
      (receipt, event) = (used, known)
    } else {
      do throws(LogError) {
        guard let used = try log.use(of: key), let known = try log.record(at: used.position)
        else { return nil }
        event = known
      } catch { throw .unreadable(error) }
      receipt = Receipt(
        position: event.position, on: event.on, at: event.at, moves: event.moves, isRepeated: true)
    }
    guard event.digest == (try sealer.digest(proposal, like: event)) else {
      throw .refuse(
        "key.reused",
        "The key \"\(key)\" was used for another event, at position \(receipt.position).",
        remedy: "Give every event its own key; send the same body when you retry.")
    }
    receipt.isRepeated = true
    return receipt
  }

  /// The moment at which the event counts as learned: always later than the one before.
  private func moment(
    for proposal: Proposal, _ options: RecordOptions
  ) throws(Obstacle) -> (Instant, RecordFlags) {
    let now = now()
    let last = situation.last.at
    guard let at = proposal.at else {
      guard now <= .last else {
        throw .refuse(
          "clock.unwritable",
          "The clock of this machine is beyond \(Instant.last), the last moment that can be written.",
          remedy: "Set the clock, and try again.")
      }
      if now > last { return (now, []) }
      guard last < .last else {
        throw .unreadable(LogError.damaged("The moment of the last event, \(last),"))
      }
      return (Instant(microseconds: last.microseconds + 1), .clockBehind)
    }
    guard options.isImport else {
      throw .refuse(
        "at.notImporting", "The event says at which moment it was learned.",
        remedy: "Leave \"at\" out, or import history with --imported.")
    }
    guard at > last else {
      throw .refuse(
        "at.backwards", "The moment \(at) is not later than the last event's, \(last).",
        remedy: "Import history in the order in which it was learned.")
    }
    guard at <= now else {
      throw .refuse(
        "at.future", "The moment \(at) lies in the future.",
        remedy: "Give the moment at which the event was learned.")
    }
    return (at, .imported)
  }
}

extension Answer {
  /// The answer when nothing behind `size` is recorded after all.
  fileprivate func undone(behind size: Position) -> Answer {
    if case .recorded(let receipt) = self, receipt.position > size {
      .wouldBe(receipt)
    } else {
      self
    }
  }
}
