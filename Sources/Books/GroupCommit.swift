// Why: a commit costs a sync, however much it carries. While one caller's batch is being written, others line up; the
// next commit takes them all. Whoever gets the recorder first works for everybody in the line.

internal import Decisions
internal import EventLog
internal import Events
internal import Keys
internal import Ledger
internal import Synchronization

/// Lets many threads record through one recorder, several of them in one commit.
final class GroupCommit: Sendable {
  /// One caller's submission and, later, its answers.
  private final class Ticket: Sendable {
    let proposals: [Proposal]
    let options: RecordOptions
    let outcome = Mutex<Result<[Answer], BooksError>?>(nil)

    init(_ proposals: [Proposal], _ options: RecordOptions) {
      self.proposals = proposals
      self.options = options
    }

    /// An atomic or trial submission may undo its batch, so nobody else may be in it.
    var isAlone: Bool { options.isAtomic || options.isTrial }
  }

  private let line = Mutex<[Ticket]>([])
  private let recorder: Mutex<Recorder>

  /// The most proposals that share a commit.
  private static let most = 8_192

  init(_ recorder: sending Recorder) { self.recorder = Mutex(recorder) }

  func record(
    _ proposals: [Proposal], _ options: RecordOptions
  ) throws(BooksError) -> [Answer] {
    let ticket = Ticket(proposals, options)
    line.withLock { $0.append(ticket) }
    recorder.withLock { recorder in
      while ticket.outcome.withLock({ $0 == nil }) {
        let batch = next()
        let outcome = Result { () throws(BooksError) in
          try recorder.record(batch.map { ($0.proposals, $0.options) })
        }
        for (i, other) in batch.enumerated() {
          other.outcome.withLock { $0 = outcome.map { $0[i] } }
        }
      }
    }
    guard let outcome = ticket.outcome.withLock({ $0 }) else {
      preconditionFailure("a submission left the line without an answer")
    }
    return try outcome.get()
  }

  /// Runs `body` with the keys, while nobody records.
  func maintain<R: Sendable>(
    _ keys: KeyStore, _ body: @Sendable (KeyStore) throws(KeyError) -> R
  ) throws(BooksError) -> R {
    let result = recorder.withLock { recorder in
      Result { () throws(BooksError) in try recorder.maintain(keys, body) }
    }
    return try result.get()
  }

  private func next() -> [Ticket] {
    line.withLock { line in
      var count = 0
      var taken = 0
      for ticket in line {
        if taken > 0, ticket.isAlone || count + ticket.proposals.count > Self.most { break }
        taken += 1
        count += ticket.proposals.count
        if ticket.isAlone { break }
      }
      defer { line.removeFirst(taken) }
      return Array(line.prefix(taken))
    }
  }
}
