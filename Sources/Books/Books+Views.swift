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
}

extension Books {
  /// How far the stored summaries go.
  public func viewStatus() throws(BooksError) -> [ViewStatus] {
    try summing { () throws(SummaryError) in
      var status: [ViewStatus] = []
      for projection in views.projections {
        status.append(
          ViewStatus(
            projection: projection.namespace, covered: try views.covered(projection)))
      }
      return status
    }
  }

  /// Deletes the summaries of `projections` (names such as `accounts`; all when empty) and builds them again on all
  /// cores. A build that was interrupted goes on where it stopped unless `fromScratch`.
  /// - Parameter progress: is told how many of how many leaves are done, from any thread.
  public func rebuild(
    _ projections: [String] = [], fromScratch: Bool = true,
    progress: @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws(BooksError) {
    let chosen = views.projections.filter { projections.isEmpty || projections.contains($0.name) }
    for name in projections where !chosen.contains(where: { $0.name == name }) {
      throw BooksError(
        .question, "There is no projection \"\(name)\".",
        remedy: "Use one of: \(views.projections.map(\.name).joined(separator: ", ")).")
    }
    let size = try size()
    try summing { () throws(SummaryError) in
      if fromScratch { for projection in chosen { try views.store.delete(projection.namespace) } }
      try views.bringUp(to: size, progress: progress)
    }
  }

  /// The bytes of every stored summary of `projection`, in order of level and index, for digests.
  public func forEachSummary(
    of projection: any Projection.Type, _ body: (SummaryRange, [UInt8]) -> Void
  ) throws(BooksError) {
    let size = try size()
    try summing { () throws(SummaryError) in
      for range in views.tree.completed(from: 0, to: size) {
        let bytes = try views.store.get(projection.namespace, range) {
          (bytes) throws(SummaryError) in bytes.bytes(0..<bytes.byteCount)
        }
        if let bytes { body(range, bytes) }
      }
    }
  }
}
