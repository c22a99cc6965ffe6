// Why: whoever wants another view of the log says in one file what it takes from each event; the tree, the storage and the
// queries are the same for all. A projection looks at header, moves and mentions only: they are read in place, whereas decoding
// bodies would make every rebuild many times slower and tie old summaries to the meaning of fields.

public import Events

/// A view of the log that is a summary of each range of it.
public protocol Projection: Sendable {
  /// Its name: `accounts`.
  static var name: String { get }
  /// Raised when what it takes from an event changes: summaries of another version are another name space.
  static var version: Int { get }
  /// How the bytes of its kind of summary are laid out: those of another layout are another name space.
  static var layout: Int { get }
  /// What gathers the events of one leaf.
  associatedtype Leaf: LeafBuilder
  /// An empty leaf.
  static func leaf() -> Leaf
  /// The bytes of the summary of `range`, which is not a leaf, from its children's and its elder sibling's in `store`.
  /// - Throws: ``SummaryError`` `.missing` when one of them is not there.
  static func merged<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, from store: borrowing Source
  ) throws(SummaryError) -> SummaryParts
}

extension Projection {
  /// Where its summaries lie: `accounts/1`, or with a later layout of its kind `histories/1.2`.
  public static var namespace: String {
    layout == 1 ? "\(name)/\(version)" : "\(name)/\(version).\(layout)"
  }
  /// The first layout, unless its kind says otherwise.
  public static var layout: Int { 1 }
}

/// What gathers the events of one leaf, for one projection. It may be used for one leaf after the other.
public protocol LeafBuilder: AnyObject {
  /// Begins the leaf `positions`.
  func begin(_ positions: ClosedRange<Position>)
  /// Takes the next event.
  /// - Throws: ``SummaryError``.
  func take(_ record: borrowing RecordView) throws(SummaryError)
  /// The bytes of the leaf `range`; elder siblings are read from `store`.
  /// - Throws: ``SummaryError`` `.missing` when one of them is not there.
  func finish<Source: SummarySource & ~Copyable & ~Escapable>(
    _ range: SummaryRange, _ tree: SummaryTree, elders store: borrowing Source
  ) throws(SummaryError) -> SummaryParts
}

/// Additive sums by key, at any day, as known at any position.
public protocol TallyProjection: Projection where Leaf == TallyLeaf<Self> {
  /// Adds what `record` contributes.
  static func lines(of record: borrowing RecordView, into lines: inout TallyLines)
  /// Whether only balances matter: keys whose debits and credits cancel inside a range then vanish from its summary,
  /// and answers give the balance on one side and nothing on the other.
  static var keepsNetOnly: Bool { get }
}

/// Which events concern whom.
public protocol TimelineProjection: Projection where Leaf == TimelineLeaf<Self> {
  /// Adds the names that `record` concerns; a name that is added twice counts once.
  static func names(of record: borrowing RecordView, into names: inout NameList)
}

extension TimelineProjection {
  /// The second: directories in pieces.
  public static var layout: Int { 2 }
}

/// What a custom projection keeps of a range: a monoid with an encoding.
public protocol RangeSummary: Sendable {
  /// The summary of no events.
  static var empty: Self { get }
  /// Takes the next event.
  mutating func add(_ record: borrowing RecordView) throws(SummaryError)
  /// Takes the summary of the range that follows. Must be associative.
  mutating func merge(_ later: Self) throws(SummaryError)
  /// The bytes; the same summary must give the same bytes.
  func encoded() -> [UInt8]
  /// Reads the bytes.
  /// - Throws: ``SummaryError`` `.damaged`.
  static func decoded(_ bytes: RawSpan) throws(SummaryError) -> Self
}

/// Any other view: its author says what a range's summary is.
public protocol SummaryProjection: Projection where Leaf == SummaryLeaf<Self> {
  /// What it keeps of a range.
  associatedtype Summary: RangeSummary
}
