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

  /// How many of the first events are those that others hold.
  var shared: Position { shared(below: .max) }

  /// The same, of those that hold less than `size` events: an incarnation that began later fits, and says nothing of the one before.
  private func shared(below size: Position) -> Position {
    held.filter { $0.checkpoint.size < size && isSame($0) }.map(\.checkpoint.size).max() ?? 0
  }

  private static func changed(_ events: ClosedRange<Position>) -> String {
    events.count == 1
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
        faults.append(missing(held))
        // What is left of a shortened log may have been rewritten too: tiles tell, a checkpoint alone cannot.
        if let event = try firstDifference(held) { faults.append(changed(held, event)) }
      } else if verification.roots[held.checkpoint.size] == nil {
        faults.append(
          Fault(
            .history, "The log is damaged, so it cannot be compared with \(held.name).",
            remedy: "Restore the log first."))
      } else {
        faults.append(changed(held, try firstDifference(held)))
      }
    }
    return faults
  }

  private func missing(_ held: HeldHistory) -> Fault {
    let checkpoint = held.checkpoint
    return Fault(
      .history,
      "\(held.name) has \(checkpoint.size) events of \(checkpoint.origin), the books have \(size).",
      affects: "Events \(size + 1) to \(checkpoint.size) were removed, or these are older books.",
      remedy: "Look for the newer books, and keep both.")
  }

  private func changed(_ held: HeldHistory, _ event: Position?) -> Fault {
    let checkpoint = held.checkpoint
    let affects =
      if let event {
        "Event \(event) is the first that differs; it was changed, removed, inserted or moved."
      } else {
        Self.changed(shared(below: checkpoint.size) + 1...checkpoint.size)
      }
    return Fault(
      .history,
      "The first \(checkpoint.size) events are not those of \(checkpoint.origin) in \(held.name).",
      affects: affects,
      remedy: "The history was rewritten, or the checkpoint is of other books. Keep both; "
        + "they prove it.")
  }

  /// The first event whose hash is not the one that the tiles of `held` have; `nil` when they have no other, or are not known, or are not
  /// those of the checkpoint: damaged ones accuse the innocent.
  private func firstDifference(_ held: HeldHistory) throws(LogError) -> Position? {
    guard let tiles = held.tiles else { return nil }
    let (theirSize, common) = (held.checkpoint.size, min(size, held.checkpoint.size))
    var tree = MerkleTree()
    var first: Position?
    var start: UInt64 = 0
    while start < theirSize {
      let index = start / TilePath.width
      let width = Int(min(TilePath.width, theirSize - start))
      guard let theirs = tiles(0, index), theirs.count == width else { return nil }
      for hash in theirs { tree.append(hash) { _, _ in } }
      if first == nil, start < common {
        let ours = try log.tile(0, index, width: Int(min(TilePath.width, common - start)))
        first = zip(ours, theirs).enumerated().first { $0.element.0 != $0.element.1 }
          .map { start + UInt64($0.offset) + 1 }
      }
      start += TilePath.width
    }
    return tree.root == held.checkpoint.root ? first : nil
  }
}
