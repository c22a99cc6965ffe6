// Why: ranges are walked side by side; what each found is put together in their order, and what must hold between two neighbours is
// checked then.

internal import Events
internal import Ledger
internal import Proofs
internal import Wire

/// What the records of a range say, as far as others can be compared with it.
struct RangeContents {
  private let seed: UInt64
  private(set) var names = SetSum()
  private(set) var keys = SetSum()
  /// The first and the last number of each kind of name, by the kind's number.
  private(set) var sequences = [ClosedRange<UInt32>?](repeating: nil, count: 64)
  private(set) var firstAt: Instant?
  private(set) var lastAt: Instant?
  var records: UInt64 = 0
  var blocks: UInt64 = 0
  /// The roots of the full tiles of leaves, and the leaves behind the last one.
  var tiles: [MerkleHash] = []
  var tail: [MerkleHash] = []
  /// Whether every record could be read.
  var isWhole = true
  /// Whether behind the last record that counts there is more in its block.
  var hasMore = false
  /// Whether a leaf is lost that no tile has either.
  var hasUnknownLeaves = false

  init(seed: UInt64) { self.seed = seed }

  /// Adds a record; the first thing that is wrong with it, in a sentence.
  mutating func add(_ record: borrowing RecordView) -> String? {
    let position = record.position
    let (before, at) = (lastAt, record.at)
    if firstAt == nil { firstAt = at }
    lastAt = at
    var wrong: String?
    if let before, at <= before {
      wrong = "Event \(position) is not later than the one before it."
    } else if let impossible = record.impossibility {
      wrong = "Event \(position) has \(impossible): no recording wrote it."
    }
    guard record.introducedCount > 0 || record.hasKey else { return wrong }
    // What it brings counts all the same, or those behind it would seem to be wrong.
    guard let copy = record.copy() else {
      isWhole = false
      return wrong ?? "Event \(position) brings a name that is no code, or a key that is no text."
    }
    for name in copy.introduced {
      guard let kind = name.id.kind else {
        wrong = wrong ?? "Event \(position) brings a name of an unknown kind."
        continue
      }
      names.add(IndexRow.name(name, position), seed)
      let place = Int(kind.rawValue)
      let known = sequences[place] ?? name.id.sequence...name.id.sequence
      // Behind records that cannot be read, nobody knows whose turn it is.
      if isWhole, sequences[place] != nil, name.id.sequence != known.upperBound + 1 {
        wrong =
          wrong ?? "Event \(position) brings the \(kind.label) \(name.code) out of turn."
      }
      sequences[place] = known.lowerBound...max(known.upperBound, name.id.sequence)
    }
    if !copy.key.isEmpty { keys.add(IndexRow.key(copy.key, position, copy.digest), seed) }
    return wrong
  }

  /// Adds what comes behind; what is wrong between the two, in sentences.
  mutating func append(_ later: RangeContents) -> [String] {
    var wrong: [String] = []
    if let lastAt, let next = later.firstAt, next <= lastAt {
      wrong.append("The events behind position \(records) are not later than those before.")
    }
    for (place, numbers) in later.sequences.enumerated() {
      guard let numbers else { continue }
      let known = sequences[place]
      if isWhole, later.isWhole, numbers.lowerBound != (known?.upperBound ?? 0) + 1 {
        let kind = NameKind(rawValue: UInt8(place))?.label ?? "name"
        wrong.append("The numbers of each \(kind) are not in turn behind position \(records).")
      }
      let last = max(numbers.upperBound, known?.upperBound ?? 0)
      sequences[place] = (known?.lowerBound ?? numbers.lowerBound)...last
    }
    names += later.names
    keys += later.keys
    firstAt = firstAt ?? later.firstAt
    lastAt = later.lastAt ?? lastAt
    records += later.records
    blocks += later.blocks
    tiles += later.tiles
    tail = later.tail
    hasMore = hasMore || later.hasMore
    isWhole = isWhole && later.isWhole
    hasUnknownLeaves = hasUnknownLeaves || later.hasUnknownLeaves
    return wrong
  }
}
