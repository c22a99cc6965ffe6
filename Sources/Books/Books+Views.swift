// Why: summaries can be deleted and built again at any time; the log is enough.

internal import EventLog
public import Events
internal import Projections
public import Summaries
internal import Wire

/// How far the summaries of one projection go.
public struct ViewStatus: Sendable, Hashable {
  /// Its name space: `accounts/1`.
  public var projection: String
  /// The last position that its stored summaries cover.
  public var covered: Position
  /// Why they go no further, as this process has found out when it built them; the other projections are built on.
  public var failure: SummaryError?
}

extension Books {
  /// How far the stored summaries go.
  public func viewStatus() throws(BooksError) -> [ViewStatus] {
    let namespaces = views.names.values.sorted()
    return try summing { () throws(SummaryError) in
      var status: [ViewStatus] = []
      for namespace in namespaces {
        status.append(
          ViewStatus(
            projection: namespace, covered: try views.store.covered(namespace),
            failure: views.failure(of: namespace)))
      }
      return status
    }
  }

  /// Refuses names that are none of Diario's own projections, before anything is deleted for them.
  public static func requireProjections(_ names: [String]) throws(BooksError) {
    try require(names, among: ownProjections)
  }

  private static var ownProjections: Set<String> { Set(AllProjections.list.map { $0.name }) }

  private static func require(_ names: [String], among all: Set<String>) throws(BooksError) {
    guard let other = names.first(where: { !all.contains($0) }) else { return }
    throw BooksError(
      .question, "There is no projection \"\(other)\".",
      remedy: "Use one of: \(all.sorted().joined(separator: ", ")).")
  }

  /// Deletes summaries and builds them again on all cores.
  /// - Parameters:
  ///   - projections: names such as `accounts`; all when empty.
  ///   - fromScratch: false to go on where a build was interrupted, deleting nothing.
  ///   - progress: is told how many of how many leaves are done, from any thread.
  /// - Throws: ``BooksError``, that of a chosen projection when the others are built, or why what is built could not be kept.
  public func rebuild(
    _ projections: [String] = [], fromScratch: Bool = true,
    progress: @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws(BooksError) {
    let all = views.names
    try Self.require(projections, among: Set(all.keys))
    if let obstacle = views.obstacle { throw BooksError(views: obstacle) }
    let chosen = projections.isEmpty ? Array(all.keys) : projections
    let namespaces = chosen.compactMap { all[$0] }
    let size = try size()
    try summing { () throws(SummaryError) in
      if fromScratch { try views.delete(namespaces) }
      views.resume(namespaces)
      try views.bringUp(to: size, progress: progress)
      for namespace in namespaces {
        if let failure = views.failure(of: namespace) { throw failure }
      }
    }
  }

  /// The bytes of every stored part of every summary of `projection`, in order of level and index, for digests.
  public func forEachSummary(
    of projection: any Projection.Type, _ body: (SummaryRange, [UInt8]) -> Void
  ) throws(BooksError) {
    let size = try size()
    let namespace = projection.namespace
    try summing { () throws(SummaryError) in
      for range in views.tree.completed(from: 0, to: size) {
        try views.store.forEachPart(namespace, range) { body(range, $0) }
      }
    }
  }
}
