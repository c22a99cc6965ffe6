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
  private let projections: [any Projection.Type]
  private let namespaces: [String]
  private let tree: SummaryTree
  private let observer: any VerificationObserver

  /// What helps damaged summaries.
  static let rebuild = "Delete the directory views and run `diario rebuild`."

  /// A check of the summaries in the directory `path` over the first `size` records of `log`.
  init(
    _ path: String, _ log: any EventLog, _ size: Position, _ projections: [any Projection.Type],
    _ tree: SummaryTree, _ observer: any VerificationObserver
  ) {
    self.path = path
    source = LogSource(log: log)
    self.size = size
    self.projections = projections
    // (Asked for here: an opened existential near typed throws crashes the compiler of Swift 6.3.1.)
    namespaces = projections.map { $0.namespace }
    self.tree = tree
    self.observer = observer
  }

  mutating func run(_ depth: VerificationDepth) throws(SummaryError) {
    let store: ViewsStore
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
    } catch {
      guard error.code == .absent else { throw SummaryError(store: error) }
      if FileSystem.isNoDirectory(path) {
        throw SummaryError(
          .damaged, "\(path) is no directory, or a link to one that is not there.",
          remedy: Self.rebuild)
      }
      return
    }
    let covered = try checkCoverage(store)
    if depth == .quick { return }
    try checkParts(store, covered)
    if depth == .deep { try workOutAgain(store, covered) }
  }

  private mutating func add(_ fault: Fault) {
    faults.append(fault)
    observer.found(fault)
  }

  /// How far the summaries of each name space go.
  private mutating func checkCoverage(
    _ store: ViewsStore
  ) throws(SummaryError) -> [String: Position] {
    var covered: [String: Position] = [:]
    for (namespace, row) in try store.coverages() {
      var says = "is damaged"
      if case .of(let coverage) = row {
        do throws(LogError) {
          if coverage.position % Position(tree.leafSize) == 0, try coverage.isOf(source.log) {
            covered[namespace] = coverage.position
            continue
          }
        } catch { throw SummaryError(log: error) }
        says = "is of another history, up to position \(coverage.position)"
      }
      add(
        Fault(
          .views, "The row of \(namespace) in the table coverage \(says).",
          affects: "Reports may answer for other events; the log is not affected.",
          remedy: Self.rebuild))
    }
    return covered
  }

  /// Checks that every part is whole and belongs here, and that every complete range has a first one.
  private mutating func checkParts(
    _ store: ViewsStore, _ covered: [String: Position]
  ) throws(SummaryError) {
    var firsts: [String: Set<SummaryRange>] = [:]
    var beyond: [(namespace: String, range: SummaryRange)] = []
    var (wrong, count): ([Fault], UInt64) = ([], 0)
    observer.began("the summaries")
    try store.forEachPlace { place, isDamaged in
      count += 1
      guard let (namespace, range, part) = place else {
        wrong.append(
          Fault(.views, "The table summaries has a row that is none.", remedy: Self.rebuild))
        return
      }
      if part == 0 { firsts[namespace, default: []].insert(range) }
      if isDamaged { wrong.append(fault(namespace, range, "is damaged")) }
      if !tree.isComplete(range, size: size) { beyond.append((namespace, range)) }
    }
    observer.ended("the summaries")
    // Others may have recorded meanwhile. A summary is stored after its events, so the log is asked after the summaries.
    let newest: Position
    do throws(LogError) { newest = try source.log.head().size } catch {
      throw SummaryError(log: error)
    }
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
      remedy: "Run `diario rebuild \(name)`.")
  }

  /// Works every summary out again, on all cores: each leaf from the log, each range above from those below, which are compared as well.
  private mutating func workOutAgain(
    _ store: ViewsStore, _ covered: [String: Position]
  ) throws(SummaryError) {
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
    if let failure, faults.isEmpty { throw failure }
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
