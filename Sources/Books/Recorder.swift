// Why: the one place where events are decided and appended. One recorder at a time in all processes: it holds the
// lock, sees the newest state, decides, appends, and only then says "recorded".

internal import Decisions
internal import EventLog
internal import Events
internal import LMDB
internal import Ledger
internal import Proofs
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
  private let now: @Sendable () -> Instant

  init(
    _ log: any EventLog, _ histories: any HistoryReading, lockPath: String,
    now: @escaping @Sendable () -> Instant
  ) throws(LogError) {
    self.log = log
    self.lockPath = lockPath
    self.now = now
    situation = try LiveSituation(log, histories)
  }

  /// Records several submissions in one commit. Those that are atomic must be alone.
  func record(
    _ submissions: [(proposals: [Proposal], options: RecordOptions)]
  ) throws(BooksError) -> [[Answer]] {
    do throws(LogError) {
      let lock = try locked()
      let answers = Result { () throws(LogError) in try recordLocked(submissions) }
      _ = consume lock
      return try answers.get()
    } catch { throw BooksError(error) }
  }

  private func recordLocked(
    _ submissions: [(proposals: [Proposal], options: RecordOptions)]
  ) throws(LogError) -> [[Answer]] {
    try situation.catchUp()
    var batch = Batch()
    var answers: [[Answer]] = []
    do throws(Obstacle) {
      for (proposals, options) in submissions {
        answers.append(try answer(proposals, options, &batch))
      }
    } catch {
      try situation.abandon()
      throw Recorder.unreadable(error)
    }
    if batch.isAbandoned {
      try situation.abandon()
      // An atomic or trial submission is alone. What a key was given before is recorded all the same.
      answers = answers.map { $0.map { $0.undone(behind: batch.size) } }
    } else if batch.frame.count > 0 {
      do throws(LogError) {
        try situation.committed(try log.append(batch.frame, expecting: batch.size))
      } catch {
        try situation.abandon()
        throw error
      }
    }
    return answers
  }

  private func locked() throws(LogError) -> DirectoryLock {
    do throws(StoreError) { return try DirectoryLock(path: lockPath) } catch {
      throw LogError(store: error)
    }
  }

  private static func unreadable(_ obstacle: Obstacle) -> LogError {
    switch obstacle {
    case .unreadable(let error as LogError): error
    case .unreadable(let error):
      LogError(
        .damaged, "An event cannot be read: \(error)",
        remedy: "Run `diario verify`, and restore a backup.")
    case .refused(let refusal): LogError(.damaged, refusal.message, remedy: refusal.remedy)
    }
  }

  /// What has been decided and waits to be appended.
  private struct Batch {
    var frame = Frame()
    var size: Position = 0
    var keys: [String: Receipt] = [:]
    var digests: [String: ContentDigest] = [:]
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
    var digest = ContentDigest()
    if !proposal.key.isEmpty {
      digest = try proposal.digest()
      if let receipt = try earlier(proposal.key, digest, batch) { return receipt }
    }
    let (at, flags) = try moment(for: proposal, options)
    var record = try decide(proposal, situation)
    record.position = situation.size() + 1
    record.at = at
    record.flags = flags
    record.digest = digest
    batch.frame.append(record)
    try situation.add(record)
    let receipt = Receipt(
      position: record.position, on: record.on, at: at, moves: record.moves, isRepeated: false)
    if !proposal.key.isEmpty {
      batch.keys[proposal.key] = receipt
      batch.digests[proposal.key] = digest
    }
    return receipt
  }

  /// The receipt that a key was given before.
  private func earlier(
    _ key: String, _ digest: ContentDigest, _ batch: Batch
  ) throws(Obstacle) -> Receipt? {
    let used: (receipt: Receipt, digest: ContentDigest)?
    if let receipt = batch.keys[key], let digest = batch.digests[key] {
      used = (receipt, digest)
    } else {
      do throws(LogError) {
        guard let found = try log.use(of: key), let event = try log.record(at: found.position)
        else { return nil }
        used = (
          Receipt(
            position: event.position, on: event.on, at: event.at, moves: event.moves,
            isRepeated: true), found.digest
        )
      } catch { throw .unreadable(error) }
    }
    guard var used else { return nil }
    guard used.digest == digest else {
      throw .refuse(
        "key.reused",
        "The key \"\(key)\" was used for another event, at position \(used.receipt.position).",
        remedy: "Give every event its own key; send the same body when you retry.")
    }
    used.receipt.isRepeated = true
    return used.receipt
  }

  /// The moment at which the event counts as learned: always later than the one before.
  private func moment(
    for proposal: Proposal, _ options: RecordOptions
  ) throws(Obstacle) -> (Instant, RecordFlags) {
    let now = now()
    let last = situation.last.at
    guard let at = proposal.at else {
      if now > last { return (now, []) }
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

extension Proposal {
  /// 16 bytes of the SHA-256 over what is proposed: kind, day, cause, author and fields.
  func digest() throws(Obstacle) -> ContentDigest {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: type(of: event).kind.number)
    bytes.append(littleEndian: on.number)
    bytes.append(littleEndian: because ?? 0)
    bytes += Array((by?.text ?? "").utf8) + [0]
    do throws(WireError) { bytes += try event.encoded() } catch {
      throw .refused(Refusal(error))
    }
    return ContentDigest(MerkleHash.of(bytes.raw))
  }
}

extension Event {
  /// The event's fields in wire format.
  fileprivate func encoded() throws(WireError) -> [UInt8] { try BinaryWriter.bytes(of: self) }
}
