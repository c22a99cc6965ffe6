// Why: an erasure is asked for, done and confirmed in this order, and each step is on stable storage before the next. Whatever
// interrupts it, the person is either readable as before or erased, and the next opening finishes it.

internal import Decisions
internal import Documents
public import Events
internal import Keys
public import Ledger
internal import Synchronization
public import Wire

/// What came of the erasure of a person.
public struct ErasureAnswers: Sendable {
  /// Of the request, and behind it of the confirmation.
  public var own: [Answer]
  /// Of confirmations of other people's erasures, which were pending.
  public var others: [Answer] = []
}

extension Books {
  /// Records that the data of a person is to be erased, destroys the key, and records that it is done.
  /// - Parameters:
  ///   - request: who, and why.
  ///   - day: the day of the request.
  ///   - by: who accepts it.
  /// - Returns: the receipts of the request and of the confirmation, or a refusal: a hold keeps the data, there is no
  ///   such person, it was asked for before, the key is not here; and what came of other erasures that were pending.
  /// - Throws: ``BooksError``; ``completeErasures()`` finishes what was interrupted, as does the next opening.
  public func erase(
    _ request: ErasureRequested, on day: Day, by: Code? = nil
  ) throws(BooksError) -> ErasureAnswers {
    var answers = ErasureAnswers(own: try record([Proposal(request, on: day, by: by)]))
    guard case .recorded(let receipt) = answers.own[0] else { return answers }
    do throws(BooksError) {
      for (position, answer) in try completePending() {
        if position == receipt.position {
          answers.own.append(answer)
        } else {
          answers.others.append(answer)
        }
      }
    } catch { throw BooksError.unfinishedErasure(receipt.position, error) }
    return answers
  }

  /// The positions of the requests that are not confirmed yet, in order: who opens the books to record finishes them.
  public func waitingErasures() throws(BooksError) -> [Position] {
    try erasures().pending.values.sorted()
  }

  /// Finishes every erasure that was asked for and is not confirmed: destroys the key, and records that it is done. One that a hold has
  /// come to forbid meanwhile waits. What an old copy of the keys has brought back is destroyed again.
  /// - Returns: one answer for each erasure that was pending.
  @discardableResult
  public func completeErasures() throws(BooksError) -> [Answer] {
    try completePending().map(\.answer)
  }

  /// The same, with the positions of the requests.
  private func completePending() throws(BooksError) -> [(request: Position, answer: Answer)] {
    let erasures = try erasures()
    try destroyAgain(erasures.completed)
    var proposals: [Proposal] = []
    for (person, position) in erasures.pending.sorted(by: { $0.value < $1.value }) {
      guard let request = try event(at: position) else { continue }
      var done = ErasureCompleted()
      done.person = person.code
      done.role = PersonRole(person.kind)
      // The recorder destroys the key before this is appended.
      proposals.append(Proposal(done, on: request.on, because: position))
    }
    // Most openings find nothing to be done, and read no more.
    if proposals.isEmpty { return [] }
    let answers = try record(proposals)
    // Another process may have finished some meanwhile.
    let done = Set(try self.erasures().completed.values)
    return zip(proposals, answers).map { ($0.because ?? 0, $1) }
      .filter { (request, answer) in
        if case .refused = answer { !done.contains(request) } else { true }
      }
  }

  /// The record with its personal fields in the clear, or erased; those about one person only, when one is named.
  /// - Throws: ``BooksError`` `.keys` when they cannot be read.
  func opened(
    _ record: Recorded, about person: DataSubject? = nil
  ) throws(BooksError) -> Recorded {
    try personal.opened(record, about: person) { () throws(BooksError) in try erased() }
  }

  /// Whose keys the log says are destroyed, with the positions of the requests.
  private func erased() throws(BooksError) -> [DataSubject: Position] {
    let size = try size()
    if let known = erasedAt.withLock({ $0 }), known.size == size { return known.people }
    let people = try erasures().completed
    erasedAt.withLock { $0 = (size, people) }
    return people
  }

  func erasures() throws(BooksError) -> Erasures {
    var erasures = Erasures()
    for event in try definitions(of: .books, knownAt: try size()) {
      do throws(WireError) { try erasures.evolve(event, .books, Chart()) } catch {
        throw BooksError.unreadable(event.position, error)
      }
    }
    return erasures
  }

  private func destroyAgain(_ completed: [DataSubject: Position]) throws(BooksError) {
    let back: [DataSubject: Position]
    do throws(KeyError) {
      guard try personal.keys.exists() else { return }
      back = try personal.keys.known(completed)
      if back.isEmpty, try personal.keys.isTidy() { return }
    } catch { throw BooksError(error) }
    try maintainKeys { (keys) throws(KeyError) in
      try keys.tidy()
      if !back.isEmpty { try keys.erase(back) }
    }
  }

  /// Wraps the keys of all people with a new master key; the old one opens nothing of these books any more.
  /// - Parameter path: the file to make it in; the old one's place when absent. A master key that is there already is taken.
  /// - Returns: the file of the old one when it lies outside `keys/`, where other books may need it: then it is left as it is.
  @discardableResult
  public func changeMasterKey(to path: String? = nil) throws(BooksError) -> String? {
    try maintainKeys { (keys) throws(KeyError) in try keys.changeMasterKey(to: path) }
  }
}
