// Why: the one place where the parts meet. Books are a directory: `log/` is the truth, `views/` is derived from it
// and may be deleted at any time, `writer.lock` lets one process decide at a time.

internal import Decisions
public import EventLog
public import Events
internal import Keys
internal import LMDB
public import Ledger
public import Projections
public import Summaries
internal import Synchronization
internal import Wire

/// The books of one company.
public final class Books: Sendable {
  /// The directory.
  public let path: String
  /// The log: the only truth.
  public let log: any EventLog
  let views: Views
  let personal: PersonalData
  private let commits: GroupCommit?
  /// How many decimals amounts of a commodity have, as far as it was asked, and values, under the books' own name. None ever changes.
  let knownDecimals = Mutex<[NameID: Int]>([:])
  /// See ``finishedErasures``.
  private let finished = Mutex<[Answer]>([])
  /// Who is erased, as the log of this size says.
  let erasedAt = Mutex<(size: Position, people: [DataSubject: Position])?>(nil)

  /// Opens books.
  ///
  /// - Parameters:
  ///   - path: their directory.
  ///   - projections: what is kept in summaries: Diario's own, and yours.
  ///   - tree: the shape of the tree of summaries; another one than the standard is for tests.
  ///   - summaries: the directory of the summaries; `views` in that of the books when absent. An auditor who does not trust those that
  ///     came with a copy names an empty one.
  ///   - readOnly: only look; any number of processes may, also while another one records.
  ///   - isTrial: nothing will be recorded: erasures that were interrupted wait for who opens the books for real.
  ///   - keys: where the master key is that opens personal data.
  ///   - passedOver: is told of damage to the summaries, the first time that it is met: the log is asked instead.
  ///   - now: the clock: asked once for each event that is recorded.
  /// - Throws: ``BooksError`` `.absent` when there are none, `.newerFormat`, `.damaged`, `.busy`.
  public init(
    at path: String, projections: [any Projection.Type] = AllProjections.list,
    tree: SummaryTree = .standard, summaries: String? = nil, readOnly: Bool = false,
    isTrial: Bool = false, keys: KeyOptions = KeyOptions(),
    passedOver: @escaping @Sendable (BooksError) -> Void = { _ in },
    now: @escaping @Sendable () -> Instant
  ) throws(BooksError) {
    self.path = path
    try Self.refuseUnfinished(path)
    let log: LMDBLog
    do throws(LogError) { log = try LMDBLog(at: "\(path)/log", readOnly: readOnly) } catch {
      throw BooksError(error.code == .absent ? LogError.noBooks(path) : error)
    }
    self.log = log
    let personal = PersonalData(
      at: path, of: log.identity, keys, readOnly: readOnly, log: log)
    self.personal = personal
    let views = try Views(
      at: summaries ?? "\(path)/views", of: log, projections, tree: tree, readOnly: readOnly,
      passedOver: passedOver)
    self.views = views
    if !readOnly {
      let size = try reading { () throws(LogError) in try log.head().size }
      try summing { () throws(SummaryError) in try views.bringUpWhatIsSound(to: size) }
    }
    if !readOnly { try Self.makeNamesDurable(path) }
    commits =
      readOnly
      ? nil
      : GroupCommit(
        try reading { () throws(LogError) in
          try Recorder(
            log, ViewsHistories(views: views), personal, lockPath: "\(path)/writer.lock", now: now)
        })
    if !readOnly, !isTrial { try finishErasures() }
  }

  /// Whoever gave the names of these books' files may have been ended before they were durable: a restore, a change of keys.
  private static func makeNamesDurable(_ path: String) throws(BooksError) {
    do throws(StoreError) {
      let keys = FileSystem.exists("\(path)/keys") ? ["\(path)/keys"] : []
      for place in ["\(path)/log", path] + keys { try FileSystem.synchronizeDirectory(place) }
      // Whoever records here need not be allowed to read what lies above.
      do throws(StoreError) {
        try FileSystem.synchronizeDirectory(FileSystem.parent(of: path))
      } catch { if error.code != .permission { throw error } }
    } catch { throw BooksError(LogError(store: error)) }
  }

  /// Creates empty books; goes on where an earlier creation was interrupted.
  /// - Parameters:
  ///   - path: their directory, which must be absent, empty or hold books without events.
  ///   - identity: 16 random bytes.
  ///   - keys: where the master key of personal data is, or is to be made; nothing is made when absent, until the first event that
  ///     has personal data.
  /// - Throws: ``BooksError`` `.exists` when there are some with events.
  public static func create(
    at path: String, identity: [UInt8], keys: KeyOptions? = nil
  ) throws(BooksError) {
    try refuseUnfinished(path)
    // Another process may restore or make books here at this moment, or record in them already and make the keys that its first event needs.
    let lock: DirectoryLock
    do throws(StoreError) {
      try FileSystem.createDirectory(path)
      lock = try DirectoryLock(path: "\(path)/writer.lock")
    } catch { throw BooksError(LogError(store: error)) }
    try refuseUnfinished(path)
    try reading { () throws(LogError) in
      try LMDBLog.create(at: "\(path)/log", identity: identity)
    }
    if let keys {
      // An interrupted creation may have given another identity.
      let log = try reading { () throws(LogError) in
        try LMDBLog(at: "\(path)/log", readOnly: true)
      }
      try PersonalData(at: path, of: log.identity, keys, readOnly: false).create()
    }
    _ = consume lock
  }

  /// Refuses a place where ``create(at:identity:keys:)`` would make no books, as far as that can be told without making anything.
  /// - Throws: ``BooksError`` `.absent` when books are being restored there, `.question` and `.keys` when there can be no master key.
  public static func requirePlace(at path: String, keys: KeyOptions) throws(BooksError) {
    try refuseUnfinished(path)
    try PersonalData(at: path, of: "", keys, readOnly: true).requirePlace()
  }

  /// Refuses a directory in which a restore was interrupted, or goes on.
  static func refuseUnfinished(_ path: String) throws(BooksError) {
    guard FileSystem.exists("\(path)/\(LMDBLog.unfinishedName)") else { return }
    throw BooksError(
      .absent, "Books are being restored into \(path), or were and it was interrupted.",
      remedy: "Run `diario restore` again, or delete the directory.")
  }

  /// Records `proposals` in their order. When this returns, what is answered with a receipt is on stable storage.
  ///
  /// Several threads may call this at once; their events share commits.
  /// - Throws: ``BooksError`` when nothing could be recorded, or when the outcome is unknown: propose again with the
  ///   same keys.
  @discardableResult
  public func record(
    _ proposals: [Proposal], _ options: RecordOptions = RecordOptions()
  ) throws(BooksError) -> [Answer] {
    guard let commits else { throw BooksError.readOnly }
    let answers = try commits.record(proposals, options)
    // The events are on stable storage. If summaries cannot be built now, an error would make a caller without keys
    // record them twice; answers come from the log meanwhile, and the next opening tries again and says why it fails.
    try? bringViewsUp()
    return answers
  }

  /// The receipts of erasures that had been interrupted, and that opening these books has finished.
  public var finishedErasures: [Answer] { finished.withLock { $0 } }

  /// What was interrupted is finished. Without keys nothing personal can be read either, so that waits; so does what finds no space.
  private func finishErasures() throws(BooksError) {
    do throws(BooksError) {
      let answers = try completeErasures()
      finished.withLock { $0 = answers.filter { if case .recorded = $0 { true } else { false } } }
    } catch {
      switch error.code {
      case .keys, .noSpace: return
      default: throw error
      }
    }
  }

  /// Runs `body` with the keys, while nobody records.
  func maintainKeys<R: Sendable>(
    _ body: @Sendable (KeyStore) throws(KeyError) -> R
  ) throws(BooksError) -> R {
    guard let commits else { throw BooksError.readOnly }
    return try commits.maintain(personal.keys, body)
  }

  /// Builds what has become complete since; costs a comparison when nothing has.
  private func bringViewsUp() throws(BooksError) {
    let size = try size()
    try summing { () throws(SummaryError) in
      if try views.isBehind(size) { try views.bringUpWhatIsSound(to: size) }
    }
  }
}
