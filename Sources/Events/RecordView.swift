// Why: replay reads moves where they lie, without decoding anything. The view checks every length once when it
// is made: the parts must fill the record exactly, up to zero padding, so that no later read can leave it and
// no byte of it goes unread.

public import Ledger
public import Wire

/// One record, read in place.
public struct RecordView: ~Escapable {
  /// The record's bytes, padding included.
  public let bytes: RawSpan
  /// Where the idempotency key begins, after the names.
  @usableFromInline let keyOffset: Int

  /// The record that begins at `offset` of `block`; `nil` when its layout is another or its lengths do not fit
  /// together exactly.
  @_lifetime(copy block)
  @inlinable
  public init?(in block: RawSpan, at offset: Int) {
    guard block.byteCount - offset >= RecordLayout.header else { return nil }
    let length = Int(block.load(offset, as: UInt32.self))
    guard length >= RecordLayout.header, length % 8 == 0, length <= block.byteCount - offset
    else { return nil }
    bytes = block.extracting(offset..<offset &+ length)
    guard bytes.load(RecordLayout.layout, as: UInt8.self) == RecordLayout.version,
      bytes.load(RecordLayout.reserved, as: UInt16.self) == 0
    else { return nil }
    var end = RecordLayout.header
    end &+= Int(bytes.load(RecordLayout.moveCount, as: UInt16.self)) &* Move.byteCount
    end &+= Int(bytes.load(RecordLayout.mentionCount, as: UInt16.self)) &* 4
    for _ in 0..<bytes.load(RecordLayout.introducedCount, as: UInt16.self) {
      guard end &+ 5 <= length else { return nil }
      end &+= 5 &+ Int(bytes.load(end &+ 4, as: UInt8.self))
    }
    keyOffset = end
    let keyLength = Int(bytes.load(RecordLayout.keyLength, as: UInt16.self))
    guard keyLength == 0 || keyLength > ContentDigest.byteCount,
      keyLength <= ContentDigest.byteCount + RecordLayout.longestKey
    else { return nil }
    end &+= keyLength
    end &+= Int(bytes.load(RecordLayout.bodyLength, as: UInt32.self))
    guard end <= length, length &- end < 8 else { return nil }
    while end < length {
      guard bytes.load(end, as: UInt8.self) == 0 else { return nil }
      end &+= 1
    }
  }

  /// The record's length in bytes, a multiple of 8.
  @inlinable public var length: Int { bytes.byteCount }
  /// Its place in the log.
  @inlinable public var position: Position { bytes.load(RecordLayout.position, as: UInt64.self) }
  /// When the books learned it.
  @inlinable public var at: Instant {
    Instant(microseconds: bytes.load(RecordLayout.at, as: Int64.self))
  }
  /// The day on which it is true.
  @inlinable public var on: Day { Day(number: bytes.load(RecordLayout.on, as: Int32.self)) }
  /// The number of its kind.
  @inlinable public var kind: UInt16 { bytes.load(RecordLayout.kind, as: UInt16.self) }
  /// What is remarkable about it.
  @inlinable public var flags: RecordFlags {
    RecordFlags(rawValue: bytes.load(RecordLayout.flags, as: UInt8.self))
  }
  /// The position of the event that it corrects or answers.
  @inlinable public var because: Position { bytes.load(RecordLayout.because, as: UInt64.self) }
  /// Who recorded it.
  @inlinable public var by: NameID { NameID(raw: bytes.load(RecordLayout.by, as: UInt32.self)) }
  /// How many moves it makes.
  @inlinable public var moveCount: Int {
    Int(bytes.load(RecordLayout.moveCount, as: UInt16.self))
  }
  /// How many names it mentions.
  @inlinable public var mentionCount: Int {
    Int(bytes.load(RecordLayout.mentionCount, as: UInt16.self))
  }
  /// How many names appear with it for the first time.
  @inlinable public var introducedCount: Int {
    Int(bytes.load(RecordLayout.introducedCount, as: UInt16.self))
  }
  /// Whether it carries an idempotency key.
  @inlinable public var hasKey: Bool { bytes.load(RecordLayout.keyLength, as: UInt16.self) > 0 }
  /// Bytes of the body.
  @inlinable public var bodyLength: Int {
    Int(bytes.load(RecordLayout.bodyLength, as: UInt32.self))
  }
  /// The version of the body's fields.
  @inlinable public var bodyVersion: UInt16 {
    bytes.load(RecordLayout.bodyVersion, as: UInt16.self)
  }
  /// A copy of the caller's idempotency key; empty for none.
  public var key: String {
    guard hasKey else { return "" }
    let end = keyOffset + Int(bytes.load(RecordLayout.keyLength, as: UInt16.self))
    let text = bytes.bytes(keyOffset + ContentDigest.byteCount..<end)
    return String(decoding: text, as: UTF8.self)
  }
  /// The digest of what was proposed with the key; zero without one.
  public var digest: ContentDigest {
    guard hasKey else { return ContentDigest() }
    return ContentDigest(
      bytes.load(keyOffset, as: UInt64.self), bytes.load(keyOffset + 8, as: UInt64.self))
  }
  /// A copy of the body, for `BinaryReader`.
  public var body: [UInt8] {
    let start = keyOffset + Int(bytes.load(RecordLayout.keyLength, as: UInt16.self))
    return bytes.bytes(start..<start + bodyLength)
  }

  /// The move `index` (from 0).
  @inlinable @inline(__always)
  public func move(_ index: Int) -> Move {
    let base = RecordLayout.header &+ index &* Move.byteCount
    return Move(
      amount: bytes.load(base, as: Int64.self),
      value: bytes.load(base &+ 8, as: Int64.self),
      commodity: NameID(raw: bytes.load(base &+ 16, as: UInt32.self)),
      from: Place(
        NameID(raw: bytes.load(base &+ 20, as: UInt32.self)),
        NameID(raw: bytes.load(base &+ 24, as: UInt32.self))),
      to: Place(
        NameID(raw: bytes.load(base &+ 28, as: UInt32.self)),
        NameID(raw: bytes.load(base &+ 32, as: UInt32.self))),
      on: Day(number: bytes.load(base &+ 36, as: Int32.self)))
  }

  /// The mention `index` (from 0).
  @inlinable @inline(__always)
  public func mention(_ index: Int) -> NameID {
    let base = RecordLayout.header &+ moveCount &* Move.byteCount &+ index &* 4
    return NameID(raw: bytes.load(base, as: UInt32.self))
  }

  /// The first name of `kind` that it mentions; none when there is no such.
  @inlinable
  public func mention(_ kind: NameKind) -> NameID {
    for index in 0..<mentionCount where mention(index).is(kind) { return mention(index) }
    return .none
  }

  @usableFromInline var namesOffset: Int {
    RecordLayout.header &+ moveCount &* Move.byteCount &+ mentionCount &* 4
  }

  /// A copy of everything the record says; `nil` when one of its names is no code or its key no UTF-8.
  public func copy() -> Recorded? {
    var record = Recorded()
    record.position = position
    record.at = at
    record.on = on
    record.kind = kind
    record.bodyVersion = bodyVersion
    record.flags = flags
    record.because = because
    record.by = by
    record.moves = (0..<moveCount).map { move($0) }
    record.mentions = (0..<mentionCount).map { mention($0) }
    var offset = namesOffset
    for _ in 0..<introducedCount {
      guard let (name, next) = introduced(at: offset) else { return nil }
      record.introduced.append(name)
      offset = next
    }
    if hasKey {
      let end = offset + Int(bytes.load(RecordLayout.keyLength, as: UInt16.self))
      let text = bytes.bytes(offset + ContentDigest.byteCount..<end)
      guard let key = String(validating: text, as: UTF8.self) else { return nil }
      record.key = key
      record.digest = digest
    }
    record.body = body
    return record
  }

  private func introduced(at offset: Int) -> (name: Introduced, next: Int)? {
    let end = offset + 5 + Int(bytes.load(offset + 4, as: UInt8.self))
    guard let text = String(validating: bytes.bytes(offset + 5..<end), as: UTF8.self) else {
      return nil
    }
    do throws(WireError) {
      let id = NameID(raw: bytes.load(offset, as: UInt32.self))
      return (Introduced(id: id, code: try Code(text)), end)
    } catch { return nil }
  }
}
