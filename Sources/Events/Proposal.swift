// Why: a caller proposes an event; the envelope around its fields says when it is true, who says so, and what
// must still hold. One line of JSON is one proposal.

public import Ledger
public import Wire

/// What must still be so when the event is recorded.
public struct Condition: Message, Hashable {
  /// Nothing about `about` may have been recorded after this position.
  public var unchangedSince: Int64 = 0
  /// The codes that must be unchanged.
  public var about: [Code] = []

  public init() {}
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "unchangedSince", &unchangedSince)
    try f.field(2, "about", &about)
  }
}

/// An event that somebody asks to have recorded.
public struct Proposal: Sendable {
  /// The event.
  public var event: any Event
  /// The day on which it is true.
  public var on: Day
  /// The moment it was learned; only while importing history.
  public var at: Instant?
  /// The caller's idempotency key: the same key is recorded once.
  public var key: String
  /// Who says so.
  public var by: Code?
  /// The position of the event that this one corrects or answers.
  public var because: Position?
  /// What must still be so.
  public var condition: Condition?

  /// A proposal.
  public init(
    _ event: any Event, on: Day, at: Instant? = nil, key: String = "", by: Code? = nil,
    because: Position? = nil, condition: Condition? = nil
  ) {
    self.event = event
    self.on = on
    self.at = at
    self.key = key
    self.by = by
    self.because = because
    self.condition = condition
  }

  /// Refuses an idempotency key that no record has room for.
  /// - Throws: `WireError` `.invalidValue`.
  public static func check(key: String) throws(WireError) {
    guard key.utf8.count <= RecordLayout.longestKey else {
      throw WireError(
        .invalidValue, "is longer than \(RecordLayout.longestKey) bytes.",
        remedy: "Use a shorter key.", path: "key")
    }
  }

  /// Reads one line of JSON.
  /// - Throws: `WireError` with the place and the remedy.
  public init(json bytes: [UInt8]) throws(WireError) {
    let root = try JSONDocument(bytes).root
    guard root.isObject else { throw root.wrongType("one JSON object a line") }
    var reader = try JSONReader(root)
    var kind = ""
    try reader.field(0, "event", &kind)
    guard let type = Catalogue.named(kind) else {
      throw WireError(
        .unknownEvent, "\"\(kind)\" is not an event.",
        remedy: Catalogue.suggestion(for: kind), path: "event")
    }
    var envelope = Envelope()
    try envelope.walk(&reader)
    try envelope.check()
    on = envelope.on
    at = envelope.at
    key = envelope.key ?? ""
    by = envelope.by
    because = envelope.because.map { Position($0) }
    condition = envelope.condition
    event = try Proposal.read(type, from: &reader)
  }

  private static func read<E: Event>(
    _ type: E.Type, from reader: inout JSONReader
  ) throws(WireError) -> any Event {
    var event = E()
    try event.walk(&reader)
    try reader.finish()
    return event
  }

  /// The proposal as one line of JSON.
  public func json() throws(WireError) -> String { try Proposal.write(event, self) }

  private static func write<E: Event>(
    _ event: E, _ proposal: Proposal
  ) throws(WireError) -> String {
    var writer = JSONWriter()
    try writer.object { (writer) throws(WireError) in
      var kind = E.kind.name
      try writer.field(0, "event", &kind)
      var envelope = Envelope()
      envelope.on = proposal.on
      envelope.at = proposal.at
      envelope.key = proposal.key.isEmpty ? nil : proposal.key
      envelope.by = proposal.by
      envelope.because = proposal.because.map { Int64($0) }
      envelope.condition = proposal.condition
      try envelope.walk(&writer)
      var event = event
      try event.walk(&writer)
    }
    return writer.text
  }
}
