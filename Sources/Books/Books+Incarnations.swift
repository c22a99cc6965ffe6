// Why: a restored copy that is shorter than what was signed goes on with another history. Which histories there were stands in the books
// and, when the copy has lost that too, in the checkpoint that was signed last; a key signs only what continues one of them by right.

internal import EventLog
internal import Events
internal import Ledger
public import Proofs
internal import Wire

/// How books stand to the checkpoint that a key signed last.
enum Standing {
  /// They may be signed: their first `signed` records are those of it, or, at 0, they began a new history in its place.
  case continues(signed: Position)
  /// They must not be signed before `incarnations` more histories are recorded, because of `error`.
  case forks(incarnations: Int, error: BooksError)
}

extension Books {
  /// Which history this is: 1, and one more for each `incarnation.begun`.
  public func incarnation() throws(BooksError) -> Int { 1 + (try incarnationsBegun()).count }

  /// The key for this history: another name, and so another origin, for each incarnation.
  public func key(_ key: SigningKey) throws(BooksError) -> SigningKey {
    let origin = LogOrigin(name: key.name, incarnation: try incarnation())
    return try proven { () throws(ProofError) in try key.named(origin.text) }
  }

  /// How many times `incarnation.begun` must be recorded before `key` may sign these books: 0 when they continue `last`, the checkpoint
  /// that it signed last; more than 1 when they are older than a history that was begun and signed.
  /// - Throws: ``BooksError`` `.rewritten` when `key` or `last` is of other books.
  public func missingIncarnations(
    _ key: SigningKey, after last: SignedNote
  ) throws(BooksError) -> Int {
    switch try standing(key, after: last) {
    case .continues: 0
    case .forks(let incarnations, _): incarnations
    }
  }

  /// How these books stand to `last`, the checkpoint that `key`, the key of the first incarnation, signed last.
  func standing(_ key: SigningKey, after last: SignedNote) throws(BooksError) -> Standing {
    try Self.requireKey(key, of: log.identity)
    let before = try proven { () throws(ProofError) in try Checkpoint(last) }
    let begun = try incarnationsBegun()
    let now = LogOrigin(name: key.name, incarnation: 1 + begun.count)
    guard let then = LogOrigin(before.origin, of: key.name) else {
      throw BooksError(
        .rewritten,
        "The last checkpoint that was signed is of \(before.origin), these books are \(now.text).",
        remedy: "Use the key of these books, with the checkpoint that it signed last beside it.")
    }
    try proven { () throws(ProofError) in
      try key.named(before.origin).verificationKey.verify(last)
    }
    if then.incarnation > now.incarnation {
      return .forks(
        incarnations: then.incarnation - now.incarnation + 1,
        error: Self.fork(
          "The last checkpoint that was signed is of \(then.text), \(before.size) events; these books are \(now.text), "
            + "from before that history began."))
    }
    do throws(BooksError) { try requireHistory(of: before) } catch {
      guard error.code == .rewritten else { throw error }
      // Only what was begun in place of `last` lets another history be signed.
      let replacing = begun.dropFirst(then.incarnation - 1)
      if replacing.contains(where: {
        $0.signedSize == Int64(clamping: before.size) && $0.signedRoot == before.root.base64
      }) {
        return .continues(signed: 0)
      }
      return .forks(incarnations: 1, error: Self.fork(error.message))
    }
    return .continues(signed: before.size)
  }

  private static func fork(_ message: String) -> BooksError {
    BooksError(
      .rewritten, "\(message) Signing now would sign two histories under one name.",
      remedy: "Find the newer books. If they are lost, record why: "
        + "`diario checkpoint --new-incarnation REASON`.")
  }

  /// The events that began another history, in order.
  private func incarnationsBegun() throws(BooksError) -> [IncarnationBegun] {
    var begun: [IncarnationBegun] = []
    for event in try definitions(of: .books, knownAt: try size()) {
      do throws(WireError) {
        if let incarnation = try event.event(IncarnationBegun.self) { begun.append(incarnation) }
      } catch {
        throw BooksError.unreadable(event.position, error)
      }
    }
    return begun
  }

  /// Refuses a key whose name says that it is of other books than those with the identity `books`.
  public static func requireKey(_ key: SigningKey, of books: String) throws(BooksError) {
    let prefix = "diario/"
    guard key.name.hasPrefix(prefix) else { return }
    let identity = String(key.name.dropFirst(prefix.count))
    if Identity.bytes(identity) == nil || identity == books { return }
    throw BooksError(
      .rewritten, "The key is that of the books \(identity), these are \(books).",
      remedy: "Name the key of these books with --key or $DIARIO_KEY; `diario key new` makes one.")
  }
}
