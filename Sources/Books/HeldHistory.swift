// Why: whoever may write to the machine can rewrite the whole log and all its hashes. What somebody else has kept of it cannot be
// rewritten: a checkpoint says that the history is another; several, or the tree's tiles, say from where on.

internal import EventLog
internal import Events
public import Proofs

/// What somebody else knows of a history.
public struct HeldHistory: Sendable {
  /// Finds the hashes of tile `index` of `level` of the tree; `nil` when they are not there.
  public typealias Tiles = @Sendable (_ level: Int, _ index: UInt64) -> [MerkleHash]?

  /// How it is called in messages: the name of the file.
  public var name: String
  /// How the log stood.
  public var checkpoint: Checkpoint
  /// The tree at that size; `nil` when only the checkpoint is known.
  public var tiles: Tiles?

  /// A history of which `checkpoint` is known, and perhaps the tree.
  public init(name: String, checkpoint: Checkpoint, tiles: Tiles? = nil) {
    self.name = name
    self.checkpoint = checkpoint
    self.tiles = tiles
  }
}

/// Compares a log that was just verified with what others know of it.
struct HistoryCheck {
  let log: LMDBLog
  let verification: Verification
  let held: [HeldHistory]

  private var size: Position { verification.head.size }

  /// Those that the log continues.
  var continued: [HeldHistory] { held.filter(isSame) }

  /// How many of the first events `other` shares, as far as others of the same origin that hold less events tell. An incarnation that began
  /// later fits too, and says nothing of the one before.
  private func shared(with other: HeldHistory) -> Position {
    let (size, origin) = (other.checkpoint.size, other.checkpoint.origin)
    return continued.map(\.checkpoint).filter { $0.size < size && $0.origin == origin }
      .map(\.size).max() ?? 0
  }

  private static func changed(_ events: ClosedRange<Position>) -> String {
    events.lowerBound == events.upperBound
      ? "Event \(events.lowerBound) was changed, removed, inserted or moved."
      : "One of the events \(events.lowerBound) to \(events.upperBound) was changed, removed, inserted or moved."
  }

  private func isSame(_ held: HeldHistory) -> Bool {
    verification.roots[held.checkpoint.size] == held.checkpoint.root
  }

  /// What is not as others know it.
  func faults() throws(LogError) -> [Fault] {
    var faults: [Fault] = []
    for held in held.sorted(by: { $0.checkpoint.size < $1.checkpoint.size }) where !isSame(held) {
      if held.checkpoint.size > size {
        faults.append(missing(held, try compare(held)))
      } else if verification.roots[held.checkpoint.size] == nil {
        faults.append(.uncompared(held))
      } else {
        faults.append(changed(held, try compare(held)))
      }
    }
    return faults
  }

  private func missing(_ held: HeldHistory, _ comparison: Comparison) -> Fault {
    let checkpoint = held.checkpoint
    let (missing, known) = (size + 1...checkpoint.size, shared(with: held))
    let removed =
      "Events \(missing.lowerBound) to \(missing.upperBound) were removed, or these are older books"
    // What is left of a shortened log may have been rewritten too: tiles tell, a checkpoint alone cannot.
    let affects =
      switch comparison {
      case .differs(let event): "\(Self.first(event)) \(removed)."
      case .unknown where known < size:
        "\(removed). Whether events \(known + 1) to \(size) are the same, only the tree's tiles tell."
      case .same, .unknown: "\(removed)."
      }
    return Fault(
      .history,
      "\(held.name) has \(checkpoint.size) events of \(checkpoint.origin), the books have \(size).",
      affects: affects, remedy: "Look for the newer books, and keep both.")
  }

  private static func first(_ event: Position) -> String {
    "Event \(event) is the first that differs; it was changed, removed, inserted or moved."
  }

  private func changed(_ held: HeldHistory, _ comparison: Comparison) -> Fault {
    let checkpoint = held.checkpoint
    let affects =
      if case .differs(let event) = comparison {
        Self.first(event)
      } else {
        Self.changed(shared(with: held) + 1...checkpoint.size)
      }
    return Fault(
      .history,
      "The first \(checkpoint.size) events are not those of \(checkpoint.origin) in \(held.name).",
      affects: affects,
      remedy: "The history was rewritten, or the checkpoint is of other books. Keep both; "
        + "they prove it.")
  }

  /// What the hashes of single events say.
  private enum Comparison {
    /// All that both have are the same.
    case same
    /// This event is the first that is another.
    case differs(Position)
    /// The hashes are not known, or are not those of the checkpoint: damaged ones accuse the innocent.
    case unknown
  }

  /// Compares the hash of each event with the one that the tiles of `held` have.
  private func compare(_ held: HeldHistory) throws(LogError) -> Comparison {
    do throws(LogError) { return try firstDifference(held) } catch {
      guard error.isDamage else { throw error }
      return .unknown
    }
  }

  private func firstDifference(_ held: HeldHistory) throws(LogError) -> Comparison {
    guard let tiles = held.tiles else { return .unknown }
    let (theirSize, common) = (held.checkpoint.size, min(size, held.checkpoint.size))
    var tree = MerkleTree()
    var first: Position?
    var start: UInt64 = 0
    while start < theirSize {
      let index = start / TilePath.width
      let width = Int(min(TilePath.width, theirSize - start))
      guard let theirs = tiles(0, index), theirs.count == width else { return .unknown }
      for hash in theirs { tree.append(hash) { _, _ in } }
      if first == nil, start < common {
        let ours = try log.tile(0, index, width: Int(min(TilePath.width, common - start)))
        first = zip(ours, theirs).enumerated().first { $0.element.0 != $0.element.1 }
          .map { start + UInt64($0.offset) + 1 }
      }
      start += TilePath.width
    }
    guard tree.root == held.checkpoint.root else { return .unknown }
    return first.map { .differs($0) } ?? .same
  }
}

extension Fault {
  /// What somebody else holds cannot be compared with a log that is damaged.
  static func uncompared(_ held: HeldHistory) -> Fault {
    Fault(
      .history, "The log is damaged, so it cannot be compared with \(held.name).",
      remedy: "Restore the log first.")
  }
}
