// Why: an event is a fact in the past tense. It names its fields once and says what kind it is; everything
// else (bytes, JSON, schema, documentation, round-trip tests) follows from that.

public import Wire

/// A kind of event: a number for the log, a name for people. Neither ever changes or is used again.
public struct Kind: Sendable, Hashable {
  /// The number in the record header.
  public let number: UInt16
  /// The name in JSON and on the command line: `order.placed`.
  public let name: String

  /// A kind.
  public init(_ number: UInt16, _ name: String) {
    self.number = number
    self.name = name
  }
}

/// Something that happened in a company.
public protocol Event: Fields, Hashable {
  /// What kind of event it is.
  static var kind: Kind { get }
  /// One sentence for the documentation: what has happened when this is recorded.
  static var purpose: String { get }
  /// A complete example with every field given: it drives the round-trip, golden-bytes and documentation cases.
  static var example: Self { get }
  /// The version of its fields; raised when their meaning changes.
  static var version: UInt16 { get }
}

extension Event {
  /// The first version.
  public static var version: UInt16 { 1 }
}
