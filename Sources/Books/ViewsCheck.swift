// Why: summaries answer nearly every question. Whether each is there and whole is soon checked; whether it says what the log says is
// known when it has been worked out again. Whatever is wrong with them, the log is not affected: they are built again.

internal import Dispatch
internal import EventLog
internal import Events
internal import LMDB
internal import Projections
internal import Summaries
internal import Synchronization
internal import Wire

/// A check of the stored summaries of a log.
struct ViewsCheck {
  /// How many parts were read.
  private(set) var parts: UInt64 = 0
  /// How many summaries were worked out again.
  private(set) var recomputed: UInt64 = 0
  /// What is wrong.
  private(set) var faults: [Fault] = []

  private let path: String
  private let source: LogSource
  private let size: Position
  private let isLogSound: Bool
  private let projections: [any Projection.Type]
  private let namespaces: [String]
  private let tree: SummaryTree
  private let observer: any VerificationObserver

  /// What helps damaged summaries.
  static let rebuild = "Run `diario rebuild`."

  /// A check of the summaries in the directory `path` over the first `size` records of `log`.
  /// - Parameter isLogSound: whether nothing was found in the log. From a damaged one no summary can be worked out.
  init(
    _ path: String, _ log: any EventLog, _ size: Position, isLogSound: Bool,
    _ projections: [any Projection.Type], _ tree: SummaryTree,
    _ observer: any VerificationObserver
  ) {
    self.path = path
    self.isLogSound = isLogSound
    source = LogSource(log: log)
    self.size = size
    self.projections = projections
    // (Asked for here: an opened existential near typed throws crashes the compiler of Swift 6.3.1.)
    namespaces = projections.map { $0.namespace }
    self.tree = tree
    self.observer = observer
  }

  /// - Throws: ``LogError`` of what can be read of them no further, or not at all.
  mutating func run(_ depth: VerificationDepth) throws(LogError) {
    let store: ViewsStore
    let coverages: [String: ViewsStore.CoverageRow]
    do throws(StoreError) {
      if depth != .quick {
        observer.began("the pages of views")
        let pages = try Environment(path: path, tables: [], mode: .readOnly).checkPages()
        observer.ended("the pages of views")
        for fault in pages { add(Fault(fault, "views")) }
        // LMDB may crash on such pages, and nothing is lost with them.
        if !pages.isEmpty { return }
      }
      store = try ViewsStore(at: path, readOnly: true)
      coverages = try store.coverages()
    } catch {
      guard error.code == .absent else { throw Self.failure(error) }
      if FileSystem.isNoDirectory(path) {
        throw LogError(
          .damaged, "\(path) is no directory, or a link to one that is not there.",
          remedy: "Delete it, and run `diario rebuild`.")
      }
      return
    }
    let covered = try check(coverages)
    if depth == .quick { return }
    try checkParts(store, covered)
    if depth == .deep, isLogSound { try workOutAgain(store, covered) }
  }

  private static func failure(_ error: StoreError) -> LogError {
    let (message, remedy) = error.ofViews
    return LogError(.store(error.code), message, remedy: remedy)
  }

  /// Takes a fault into account, and tells it.
  mutating func add(_ fault: Fault) {
    faults.append(fault)
    observer.found(fault)
  }

  /// How far the summaries of each name space go.
  private mutating func check(
    _ rows: [String: ViewsStore.CoverageRow]
  ) throws(LogError) -> [String: Position] {
    var covered: [String: Position] = [:]
    for (namespace, row) in rows.sorted(by: { $0.key < $1.key }) {
      guard case .of(let coverage) = row else {
        add(fault(inCoverageOf: namespace, "is damaged"))
        continue
      }
      do throws(LogError) {
        guard try coverage.isOf(source.log) else {
          add(.ofAnotherHistory(namespace, coverage.position))
          continue
        }
      } catch {
        // Whose they are nobody can say then. A quick check has not looked at all of the log.
        guard error.isDamage else { throw error }
        if isLogSound { add(Fault(error)) }
        continue
      }
      if coverage.position % Position(tree.leafSize) == 0 {
        covered[namespace] = coverage.position
      } else {
        let end = coverage.position
        add(
          fault(inCoverageOf: namespace, "says that they end at position \(end), where none does"))
      }
    }
    return covered
  }

  private func fault(inCoverageOf namespace: String, _ says: String) -> Fault {
    Fault(
      .views, "The row of \(namespace) in the table coverage \(says).",
      affects: "How far the summaries of \(namespace) go is not known; the log is not affected.",
      remedy: remedy(namespace))
  }

  /// What builds the summaries of a name space again; a damaged key may name one that there is not.
  private func remedy(_ namespace: String) -> String {
    namespaces.contains(namespace)
      ? "Run `diario rebuild \(namespace.prefix { $0 != "/" })`." : Self.rebuild
  }

  /// Checks that every part is whole and belongs here, and that every complete range has a first one.
  private mutating func checkParts(
    _ store: ViewsStore, _ covered: [String: Position]
  ) throws(LogError) {
    var firsts: [String: Set<SummaryRange>] = [:]
    var beyond: [(namespace: String, range: SummaryRange)] = []
    var (wrong, count): ([Fault], UInt64) = ([], 0)
    observer.began("the summaries")
    func take(
      _ place: (namespace: String, range: SummaryRange, part: Int)?, _ isDamaged: Bool
    ) {
      count += 1
      guard let (namespace, range, part) = place, tree.has(range) else {
        wrong.append(
          Fault(.views, "The table summaries has a row that is none.", remedy: Self.rebuild))
        return
      }
      if part == 0 { firsts[namespace, default: []].insert(range) }
      if isDamaged { wrong.append(fault(namespace, range, "is damaged")) }
      if !tree.isComplete(range, size: size) { beyond.append((namespace, range)) }
    }
    do throws(StoreError) { try store.forEachPlace(take) } catch { throw Self.failure(error) }
    observer.ended("the summaries")
    // Others may have recorded meanwhile. A summary is stored after its events, so the log is asked after the summaries.
    let newest = try source.log.head().size
    for (namespace, range) in beyond where !tree.isComplete(range, size: newest) {
      wrong.append(fault(namespace, range, "is of events that are not in the log"))
    }
    parts = count
    for fault in wrong { add(fault) }
    for namespace in namespaces {
      let known = firsts[namespace] ?? []
      for range in tree.completed(from: 0, to: covered[namespace] ?? 0)
      where !known.contains(range) {
        add(fault(namespace, range, "is missing"))
      }
    }
  }

  private func fault(_ namespace: String, _ range: SummaryRange, _ what: String) -> Fault {
    let positions = tree.positions(of: range)
    let name = namespace.prefix { $0 != "/" }
    return Fault(
      .views,
      "The summary \(namespace) of positions \(positions.lowerBound) to \(positions.upperBound) \(what).",
      affects: "Reports that need \(name) cannot be relied on; the log is not affected.",
      remedy: remedy(namespace))
  }

  /// Works every summary out again, on all cores: each leaf from the log, each range above from those below, which are compared as well.
  private mutating func workOutAgain(
    _ store: ViewsStore, _ covered: [String: Position]
  ) throws(LogError) {
    let ends = namespaces.map { covered[$0] ?? 0 }
    let ranges = tree.completed(from: 0, to: ends.max() ?? 0)
    let (source, tree, observer, projections) = (source, tree, observer, projections)
    let state = Mutex(
      (
        done: UInt64(0), built: UInt64(0), differing: [SummaryComparison.Difference](),
        failure: SummaryError?.none
      ))
    DispatchQueue.concurrentPerform(iterations: ranges.count) { number in
      if state.withLock({ $0.failure != nil }) { return }
      let range = ranges[number]
      let end = tree.positions(of: range).upperBound
      let wanted = projections.indices.filter { ends[$0] >= end }.map { projections[$0] }
      var comparison = SummaryComparison(range, of: store)
      let piece = "the summaries of positions up to \(end)"
      observer.began(piece)
      do throws(SummaryError) {
        let built = try SummaryBuild.build(
          wanted, [range], tree: tree, in: &comparison, log: source)
        let differing = comparison.differing
        let done = state.withLock { state in
          state.built += UInt64(built)
          state.differing += differing
          state.done += 1
          return state.done
        }
        observer.progressed(done, of: UInt64(ranges.count))
      } catch { state.withLock { $0.failure = error } }
      observer.ended(piece)
    }
    let (built, differing, failure) = state.withLock { ($0.built, $0.differing, $0.failure) }
    recomputed = built
    for (namespace, range) in differing.sorted(by: { $0.range < $1.range }).map({
      ($0.namespace, $0.range)
    }) {
      add(fault(namespace, range, "does not say what the log says"))
    }
    // What is damaged below a range keeps it from being worked out; that has been told.
    guard let failure, faults.isEmpty else { return }
    if failure.code == .source { throw LogError(failure) }
    add(
      Fault(
        .views, failure.message, affects: "What comes behind was not worked out again.",
        remedy: failure.remedy))
  }
}

extension Fault {
  /// Summaries that say to be of the first `end` events, of which the log has others. Whoever opens books passes them over.
  fileprivate static func ofAnotherHistory(_ namespace: String, _ end: Position) -> Fault {
    Fault(
      .views,
      "The row of \(namespace) in the table coverage is of another history, up to position \(end).",
      affects:
        "No report asks these summaries, and the next command that may deletes all there are; the log is not affected.",
      remedy: "Run `diario rebuild`.")
  }
}

/// Takes one range for missing, and compares what is built in its place with what is stored.
private struct SummaryComparison: SummaryStore {
  /// A summary that is not what the log gives.
  struct Difference: Sendable {
    var namespace: String
    var range: SummaryRange
  }
  private(set) var differing: [Difference] = []
  private let range: SummaryRange
  private let store: ViewsStore

  init(_ range: SummaryRange, of store: ViewsStore) {
    self.range = range
    self.store = store
  }

  func get<Answer>(
    _ namespace: String, _ range: SummaryRange, part: Int,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer? {
    range == self.range ? nil : try store.get(namespace, range, part: part, body)
  }

  mutating func put(
    _ namespace: String, _ range: SummaryRange, _ parts: SummaryParts
  ) throws(SummaryError) {
    var stored: SummaryParts = []
    try store.forEachPart(namespace, range) { stored.append($0) }
    if stored != parts.filter({ !$0.isEmpty }) {
      differing.append(Difference(namespace: namespace, range: range))
    }
  }
}
