// Why: a record is what the log keeps of one event: a fixed header, the moves, who and what it mentions, the
// names it brings, and the body. Header, moves and mentions are read in place from the memory map. The
// layout is docs/FORMAT.md, byte by byte; all integers are little-endian; padding is zero, always.

public import Ledger
public import Wire

/// The fixed layout of a record.
public enum RecordLayout {
  /// Bytes of the header.
  public static let header = 56
  /// Version of the header's layout.
  public static let version: UInt8 = 1
  /// The largest record: one that needs a block of its own may be as long as this.
  public static let maximumLength = 16 << 20
  /// Bytes of the longest idempotency key; a digest of 16 stands before it.
  public static let longestKey = 255
  /// The most moves, mentions and new names of a record, each.
  public static let mostEntries = 0xffff

  // Offsets within the header.
  public static let length = 0
  public static let kind = 4
  public static let layout = 6
  public static let flags = 7
  public static let position = 8
  public static let at = 16
  public static let on = 24
  public static let moveCount = 28
  public static let mentionCount = 30
  public static let because = 32
  public static let by = 40
  public static let introducedCount = 44
  public static let keyLength = 46
  public static let bodyLength = 48
  public static let bodyVersion = 52
  public static let reserved = 54

  /// The most records that `bytes` bytes can hold.
  public static func most(in bytes: UInt64) -> Position { bytes / UInt64(header) }
}

/// A log position: 1, 2, 3 … without gaps; 0 is "before everything".
public typealias Position = UInt64

/// What is remarkable about how an event was recorded.
public struct RecordFlags: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Its `at` was given by an import of history.
  public static let imported = RecordFlags(rawValue: 1)
  /// The clock stood at or before the last event's `at`, which was raised by a microsecond instead.
  public static let clockBehind = RecordFlags(rawValue: 2)
  /// Its personal fields are sealed.
  public static let sealed = RecordFlags(rawValue: 4)
}

/// 16 bytes that stand for the content of a proposal.
public struct ContentDigest: Sendable, Hashable {
  /// The first and the second eight bytes.
  public var words: (UInt64, UInt64)
  /// Bytes of a digest.
  public static let byteCount = 16
  /// No digest.
  public init() { words = (0, 0) }
  /// A digest.
  public init(_ first: UInt64, _ second: UInt64) { words = (first, second) }
  public static func == (a: ContentDigest, b: ContentDigest) -> Bool { a.words == b.words }
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

/// Everything that a record says, as values.
public struct Recorded: Sendable, Hashable {
  /// Its place in the log; given by the writer.
  public var position: Position = 0
  /// When the books learned it; given by the writer, always rising.
  public var at = Instant()
  /// The day on which it is true.
  public var on = Day()
  /// The number of its kind, which this program may not know.
  public var kind: UInt16 = 0
  /// The version of its fields.
  public var bodyVersion: UInt16 = 1
  /// What is remarkable about it.
  public var flags: RecordFlags = []
  /// The position of the event that it corrects or answers; 0 for none.
  public var because: Position = 0
  /// Who recorded it.
  public var by = NameID.none
  /// What it moves.
  public var moves: [Move] = []
  /// Who and what it is about, first the document itself.
  public var mentions: [NameID] = []
  /// The names that appear with it for the first time.
  public var introduced: [Introduced] = []
  /// The caller's idempotency key; empty for none.
  public var key = ""
  /// The digest of what was proposed, if it came with a key: the same key may not come with another body.
  public var digest = ContentDigest()
  /// Its fields, in Protocol Buffers wire format.
  public var body: [UInt8] = []

  /// An empty record.
  public init() {}

  /// Its fields as an `E`, with `PersonalText.sealed` for what is sealed; `nil` when it is of another kind.
  /// - Throws: `WireError` when the bytes are damaged.
  public func event<E: Event>(_ type: E.Type) throws(WireError) -> E? {
    guard kind == E.kind.number else { return nil }
    if flags.contains(.sealed) {
      return try OpeningReader.read(E.self, from: body, opening: LeaveSealed())
    }
    return try BinaryReader.read(E.self, from: body)
  }

  /// The first name of `kind` that it mentions.
  public func mention(_ kind: NameKind) -> NameID? { mentions.first { $0.is(kind) } }
}
