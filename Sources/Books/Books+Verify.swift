// Why: one question tells whether the books are what they were when they were written: the log, the summaries over it, the rules that
// decided it, and the history that others remember. What is damaged is named with what depends on it.

public import EventLog
public import Events
internal import LMDB
internal import Ledger
internal import Platform
public import Projections
internal import Proofs
public import Summaries
internal import Wire

/// How much of books is checked.
public enum VerificationDepth: Sendable, Hashable {
  /// The files' heads, the log's head, the tiles' root, the last records: in a moment.
  case quick
  /// Every page, every checksum, every record, leaf, tile, name and key, both ways.
  case full
  /// All that, and every summary is worked out again, every event decided again, and every personal field opened.
  case deep
}

/// What a check of books has found.
public struct BooksVerification: Sendable {
  /// What was checked of the log; absent when it could not be opened.
  public var log: Verification?
  /// How many stored parts of summaries were read and checked.
  public var summaries: UInt64 = 0
  /// How many summaries were worked out again.
  public var recomputed: UInt64 = 0
  /// How many events were decided again; `nil` when none was.
  public var decided: UInt64?
  /// What today's rules would do otherwise. That is no damage.
  public var differences: [RuleDifference] = []
  /// What was checked of the keys to personal data; `nil` when nothing was.
  public var keys: KeysVerification?
  /// Why the summaries were not checked, in sentences: this user may not read them; `nil` when they were.
  public var viewsUntried: String?
  /// What kept a part from being checked that is no damage: no memory, no more files, somebody who writes. Nothing is said of that part.
  public var unchecked: [BooksError] = []
  /// Those of the histories held against the books that these continue. Each other one is among the faults: it differs, or it could not
  /// be compared.
  public var continued: [HeldHistory] = []
  /// How many of the first events are those that somebody else has a checkpoint of.
  public var sharedHistory: Position { continued.map(\.checkpoint.size).max() ?? 0 }
  /// What is wrong; empty when all is well.
  public var faults: [Fault] = []
}

extension Books {
  /// Checks the log of these books, see `LMDBLog.verify`.
  /// - Parameters:
  ///   - isQuick: only the head, the tiles' root and the last records.
  ///   - observer: is told how it goes on.
  public func verify(
    isQuick: Bool = false, observer: some VerificationObserver = NoObserver()
  ) throws(BooksError) -> Verification {
    guard let log = log as? LMDBLog else {
      throw BooksError(
        .question, "The log of these books is not on this machine.",
        remedy: "Verify it where it is.")
    }
    return try reading { () throws(LogError) in
      try log.verify(isQuick: isQuick, observer: observer)
    }
  }

  /// Checks the books in the directory `path`, which this process must not have open. It writes nothing.
  /// - Parameters:
  ///   - path: their directory.
  ///   - depth: how much is checked.
  ///   - projections: what is kept in summaries: Diario's own, and yours.
  ///   - tree: the shape of the tree of summaries.
  ///   - keys: where the keys to personal data are; they are not checked when that says to look without them.
  ///   - held: what somebody else knows of their history.
  ///   - observer: is told how it goes on, and each fault when it is found.
  /// - Throws: ``BooksError`` `.absent` when there are none, `.newerFormat`, and what keeps the log from being checked. Damage is in the answer,
  ///   and so is what keeps the rest from being checked.
  public static func verify(
    at path: String, _ depth: VerificationDepth = .full,
    projections: [any Projection.Type] = AllProjections.list, tree: SummaryTree = .standard,
    keys: KeyOptions = KeyOptions(), against held: [HeldHistory] = [],
    observer: some VerificationObserver = NoObserver()
  ) throws(BooksError) -> BooksVerification {
    try refuseUnfinished(path)
    var verifier = BooksVerifier(path, depth, projections, tree, keys, observer)
    try verifier.checkLog(held)
    verifier.checkHistory(held)
    verifier.checkViews()
    verifier.checkKeys()
    if depth == .deep { verifier.decideAgain() }
    verifier.tellDisagreements()
    return verifier.result
  }
}

/// The steps of a verification.
private struct BooksVerifier {
  private(set) var result = BooksVerification()
  private let path: String
  private let depth: VerificationDepth
  private let projections: [any Projection.Type]
  private let tree: SummaryTree
  private let keys: KeyOptions
  private let observer: any VerificationObserver
  private var log: LMDBLog?
  /// On who is erased.
  private var disagreements: [Fault] = []

  init(
    _ path: String, _ depth: VerificationDepth, _ projections: [any Projection.Type],
    _ tree: SummaryTree, _ keys: KeyOptions, _ observer: any VerificationObserver
  ) {
    self.path = path
    self.keys = keys
    self.depth = depth
    self.projections = projections
    self.tree = tree
    self.observer = observer
  }

  private mutating func add(_ fault: Fault) {
    result.faults.append(fault)
    observer.found(fault)
  }

  mutating func checkLog(_ held: [HeldHistory]) throws(BooksError) {
    do throws(LogError) {
      var pages: [PageFault] = []
      if depth != .quick {
        observer.began("the pages of the log")
        pages = try LMDBLog.checkPages(at: "\(path)/log")
        observer.ended("the pages of the log")
        for fault in pages { add(Fault(fault, "log")) }
        // Without these two tables a log cannot even be opened.
        if pages.contains(where: { $0.table == "" || $0.table == "head" }) { return }
      }
      let log = try LMDBLog(at: "\(path)/log", readOnly: true)
      self.log = log
      let verification = try log.verify(
        isQuick: depth == .quick, pages: pages, roots: Set(held.map(\.checkpoint.size)),
        observer: observer)
      result.faults += verification.faults
      result.log = verification
    } catch {
      guard error.isDamage else {
        throw .unchecked("The log", error.code == .absent ? LogError.noBooks(path) : error)
      }
      add(
        Fault(
          .log, error.message, affects: "The log cannot be read any further.",
          remedy: Fault.restore))
    }
  }

  /// Compares the log with what others hold of it.
  mutating func checkHistory(_ held: [HeldHistory]) {
    guard let log, let verification = result.log else {
      for held in held { add(.uncompared(held)) }
      return
    }
    let history = HistoryCheck(log: log, verification: verification, held: held)
    do throws(LogError) {
      for fault in try history.faults() { add(fault) }
      result.continued = history.continued
    } catch {
      result.unchecked.append(.unchecked("The history that others hold", error))
    }
  }

  private var isLogSound: Bool { result.faults.allSatisfy { $0.part != .log } }

  mutating func checkViews() {
    guard let log, let size = result.log?.head.size else { return }
    var check = ViewsCheck(
      "\(path)/views", log, size, isLogSound: isLogSound, projections, tree, observer)
    defer {
      result.summaries = check.parts
      result.recomputed = check.recomputed
      result.faults += check.faults
    }
    do throws(LogError) { try check.run(depth) } catch {
      if error.isDamage {
        check.add(
          Fault(
            .views, error.message, affects: "No summary can be read; the log is not affected.",
            remedy: error.remedy))
      } else {
        result.viewsUntried = error.description
        if error.code != .store(.permission) {
          result.unchecked.append(.unchecked("The summaries", error))
        }
      }
    }
  }

  mutating func checkKeys() {
    guard let log, !keys.isWithoutKeys else { return }
    var check = KeysCheck(path, of: log.identity, isLogSound ? log : nil, keys, observer)
    do throws(LogError) {
      try check.run(isQuick: depth == .quick)
      result.keys = check.result
    } catch {
      result.unchecked.append(.unchecked("The keys to personal data", error))
    }
    result.faults += check.faults
    disagreements = check.disagreements
  }

  mutating func tellDisagreements() {
    for fault in disagreements { add(fault) }
  }

  mutating func decideAgain() {
    do throws(BooksError) { try decideAllAgain() } catch { result.unchecked.append(error) }
  }

  private mutating func decideAllAgain() throws(BooksError) {
    // Decisions read the log and the summaries; from damaged ones nothing can be said about the rules.
    guard result.faults.allSatisfy({ $0.part == .history }) else { return }
    log = nil
    if Files.exists("\(path)/views") { return try decideAgain(summaries: "\(path)/views") }
    // Books without summaries would be given an environment for them.
    let scratch: ScratchDirectory
    do throws(FileFailure) { scratch = try ScratchDirectory() } catch {
      throw BooksError(.system, error.message, remedy: "Name a directory with $TMPDIR.")
    }
    try decideAgain(summaries: scratch.path)
    _ = consume scratch
  }

  private mutating func decideAgain(summaries: String) throws(BooksError) {
    let books = try Books(
      at: path, projections: projections, tree: tree, summaries: summaries, readOnly: true,
      keys: keys, now: { Instant() })
    var differences: [RuleDifference] = []
    observer.began("the decisions")
    result.decided = try books.redecide(progress: { observer.progressed($0, of: $1) }) {
      differences.append($0)
    }
    observer.ended("the decisions")
    result.differences = differences
    guard let known = result.keys, known.untried == nil else { return }
    observer.began("the personal fields")
    var faults: [Fault] = []
    let opened = try books.openSealed(progress: { observer.progressed($0, of: $1) }) {
      faults.append($0)
    }
    result.keys?.opened = opened
    for fault in faults { add(fault) }
    observer.ended("the personal fields")
  }
}

extension BooksError {
  /// Nothing is said of `what`, since it could not be read: that is no damage.
  fileprivate static func unchecked(_ what: String, _ error: LogError) -> BooksError {
    let known = BooksError(error)
    switch known.code {
    case .absent, .newerFormat, .damaged, .busy: return known
    default:
      return BooksError(
        .system, "\(what) could not be checked: \(error.message)", remedy: error.remedy)
    }
  }
}
