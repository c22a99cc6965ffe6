// Why: everything in `views/` is derived from the log, range by range, whenever 4,096 events are complete. A
// summary is there or it is not; it is never half there and never changes. So a build may use all cores, be
// killed at any moment, and go on where it stopped. A projection that fails stops alone: the others go on without it.

internal import Dispatch
internal import EventLog
internal import Events
internal import LMDB
internal import Ledger
internal import Projections
internal import Summaries
internal import Synchronization
internal import Wire

/// The stored summaries of one company's books.
final class Views: Sendable {
  let store: ViewsStore
  /// What is asked: the stored summaries but for those that are damaged.
  let reading: ViewsReading
  let tree: SummaryTree
  let projections: [any Projection.Type]
  let source: LogSource
  /// Why the stored summaries are not asked, or cannot be written to; `nil` when all is well.
  let obstacle: StoreError?
  /// One build at a time in this process. (Two processes may build the same range: they write the same bytes.)
  private let building = Mutex(())
  /// Why a projection, by name space, goes no further in this process.
  private let stopped = Mutex<[String: SummaryError]>([:])

  /// Opens the summaries of `log` in the directory `path`.
  ///
  /// Where their file cannot be opened for damage, or it cannot be read how far they go, none is asked or built: the log is asked instead,
  /// from which all follows that they hold. Damage that is met later is passed over summary by summary, see ``ViewsReading``.
  /// - Parameters:
  ///   - readOnly: nothing will be built. Where they cannot be written to, a read-only or full disk, they are read as they are; and where that
  ///     is of no use either, the log is asked instead.
  ///   - passedOver: is told of damage, the first time that it is met.
  init(
    at path: String, of log: any EventLog, _ projections: [any Projection.Type],
    tree: SummaryTree = .standard, readOnly: Bool,
    passedOver: @escaping @Sendable (BooksError) -> Void = { _ in }
  ) throws(BooksError) {
    (store, obstacle) = try Self.open(at: path, of: log, readOnly: readOnly)
    reading = ViewsReading(store, passedOver)
    if let obstacle, obstacle.code.isDamage { passedOver(BooksError(views: obstacle)) }
    self.tree = tree
    self.projections = projections
    source = LogSource(log: log)
  }

  /// The store, with why it is not asked or not written to.
  private static func open(
    at path: String, of log: any EventLog, readOnly: Bool
  ) throws(BooksError) -> (ViewsStore, StoreError?) {
    let store: ViewsStore
    let rows: [ViewsStore.CoverageRow]
    do throws(StoreError) {
      store = try ViewsStore(at: path, readOnly: false)
      rows = try store.soundCoverages()
    } catch {
      if error.code.isDamage { return (ViewsStore(), error) }
      guard readOnly, error.code == .permission || error.code == .noSpace else {
        throw BooksError(views: error)
      }
      return try unwritable(at: path, of: log, error)
    }
    if try !summing({ () throws(SummaryError) in try Coverage.areOf(log, rows) }) {
      // They would answer for events that the log does not have.
      try summing { () throws(SummaryError) in try store.deleteAll() }
    }
    return (store, nil)
  }

  /// What can be used of summaries that may not be written to, as `obstacle` says.
  private static func unwritable(
    at path: String, of log: any EventLog, _ obstacle: StoreError
  ) throws(BooksError) -> (ViewsStore, StoreError) {
    let store: ViewsStore
    let rows: [ViewsStore.CoverageRow]
    do throws(StoreError) {
      store = try ViewsStore(at: path, readOnly: true)
      rows = try store.soundCoverages()
    } catch {
      if error.code.isDamage { return (ViewsStore(), error) }
      if error.code == .absent || error.code == .permission { return (ViewsStore(), obstacle) }
      throw BooksError(views: error)
    }
    let areOfLog = try summing { () throws(SummaryError) in try Coverage.areOf(log, rows) }
    return (areOfLog ? store : ViewsStore(), obstacle)
  }

  /// The last position through which the summaries of `projection` are complete.
  func covered(_ projection: any Projection.Type) throws(SummaryError) -> Position {
    try store.covered(projection.namespace)
  }

  /// The name space of each projection, by its name.
  /// (Asked for here: an opened existential near typed throws crashes the compiler of Swift 6.3.1.)
  var names: [String: String] {
    var names: [String: String] = [:]
    for projection in projections { names[projection.name] = projection.namespace }
    return names
  }

  /// Why the summaries of a name space cannot be built on, as this process has found out.
  func failure(of namespace: String) -> SummaryError? { stopped.withLock { $0[namespace] } }

  /// Lets name spaces that were stopped try again.
  func resume(_ namespaces: [String]) {
    stopped.withLock { stopped in for namespace in namespaces { stopped[namespace] = nil } }
  }

  /// Deletes the summaries of name spaces, when nothing is being built in this process.
  func delete(_ namespaces: [String]) throws(SummaryError) {
    let outcome = building.withLock { _ in
      Result { () throws(SummaryError) in
        for namespace in namespaces { try store.delete(namespace) }
        reading.askAgain(namespaces)
      }
    }
    try outcome.get()
  }

  /// The projections that are built on.
  private var running: [any Projection.Type] {
    let stopped = stopped.withLock { Set($0.keys) }
    return projections.filter { !stopped.contains($0.namespace) }
  }

  /// Whether a log of `size` events has complete ranges that are not there yet.
  func isBehind(_ size: Position) throws(SummaryError) -> Bool {
    if obstacle != nil { return false }
    for projection in running where try covered(projection) + Position(tree.leafSize) <= size {
      return true
    }
    return false
  }

  /// Builds every complete range of a log of `size` events that is not there yet, if it can be kept. A projection that fails is left out.
  /// - Parameter progress: is told how many of how many leaves are done, from any thread.
  /// - Throws: `SummaryError` that is no projection's own.
  func bringUp(
    to size: Position, progress: @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws(SummaryError) {
    if obstacle != nil { return }
    let outcome = building.withLock { _ in
      Result { () throws(SummaryError) in
        var starts: [Position: [any Projection.Type]] = [:]
        for projection in running {
          starts[try covered(projection), default: []].append(projection)
        }
        for (start, projections) in starts.sorted(by: { $0.key < $1.key }) {
          try buildWhatCan(projections, from: start, to: size, progress)
        }
      }
    }
    try outcome.get()
  }

  /// The same for whoever records: where stored summaries are so damaged that nothing can be built, that is told, and nothing is.
  func bringUpWhatIsSound(to size: Position) throws(SummaryError) {
    do throws(SummaryError) { try bringUp(to: size) } catch {
      guard error.code == .damaged else { throw error }
      reading.tell(error)
      stopped.withLock { stopped in
        for projection in projections where stopped[projection.namespace] == nil {
          stopped[projection.namespace] = error
        }
      }
    }
  }

  /// Builds; whenever one of the projections fails, goes on without it.
  private func buildWhatCan(
    _ projections: [any Projection.Type], from start: Position, to size: Position,
    _ progress: @Sendable (_ done: Int, _ of: Int) -> Void
  ) throws(SummaryError) {
    var projections = projections
    while !projections.isEmpty {
      do throws(SummaryError) {
        return try build(projections, from: start, to: size, progress)
      } catch {
        guard let own = error.projection else { throw error }
        if error.code == .damaged { reading.tell(error) }
        stopped.withLock { $0[own] = error }
        projections.removeAll { $0.namespace == own }
      }
    }
  }

  private func build(
    _ projections: [any Projection.Type], from start: Position, to size: Position,
    _ progress: @Sendable (_ done: Int, _ of: Int) -> Void
  ) throws(SummaryError) {
    let levels = tree.groups(from: start, to: size)
    guard let leaves = levels.first, !leaves.isEmpty else { return }
    let end = size - size % Position(tree.leafSize)
    let covered = try coverage(through: end)
    let covering = Dictionary(uniqueKeysWithValues: projections.map { ($0.namespace, covered) })
    let isSmall = levels.count == 1 && leaves.count == 1
    let total = leaves.reduce(0) { $0 + $1.count }
    let state = Mutex<(done: Int, failure: SummaryError?)>((0, nil))
    for (level, groups) in levels.enumerated() {
      DispatchQueue.concurrentPerform(iterations: groups.count) { index in
        if state.withLock({ $0.failure != nil }) { return }
        do throws(SummaryError) {
          try build(
            groups[index], projections, covering: isSmall ? covering : [:], from: start)
          guard level == 0 else { return }
          let done = state.withLock { state in
            state.done += groups[index].count
            return state.done
          }
          progress(done, total)
        } catch { state.withLock { $0.failure = error } }
      }
      if let failure = state.withLock({ $0.failure }) { throw failure }
    }
    if isSmall { return }
    let ranges = Array(tree.completed(from: start, to: size))
    try store.write([], covering: covering, from: start, ranges)
    if levels.count > 1 { FreedMemory.giveBack() }
  }

  private func coverage(through end: Position) throws(SummaryError) -> Coverage {
    do throws(LogError) {
      return Coverage(position: end, root: try source.log.root(at: end))
    } catch { throw SummaryError(log: error) }
  }

  /// Builds siblings, in order, and writes them: leaves for all projections at once, since that takes one pass over the log; what is above
  /// them for one projection after the other, since all of a million events' summaries together take hundreds of megabytes.
  private func build(
    _ siblings: [SummaryRange], _ projections: [any Projection.Type],
    covering: [String: Coverage], from start: Position
  ) throws(SummaryError) {
    let isAbove = siblings.first.map { $0.level > 0 } ?? false
    for part in isAbove ? projections.map({ [$0] }) : [projections] {
      try write(siblings, part, covering: covering, from: start)
    }
  }

  /// Builds siblings, in order, and writes them in one transaction.
  private func write(
    _ siblings: [SummaryRange], _ projections: [any Projection.Type],
    covering: [String: Coverage], from start: Position
  ) throws(SummaryError) {
    var pending = PendingSummaries(before: store)
    try SummaryBuild.build(projections, siblings, tree: tree, in: &pending, log: source)
    if !pending.summaries.isEmpty || !covering.isEmpty {
      // Where the coverage is written with them, they are all that must be there.
      try store.write(pending.summaries, covering: covering, from: start, [])
    }
  }
}
