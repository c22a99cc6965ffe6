// Why: every field is named once, in one walk. The walk writes the binary form, reads it, writes and
// reads JSON, and prints the schema and the documentation; what differs is only the coder it meets.

/// Something made of named fields: an event, a line of an order, an address.
public protocol Fields: Sendable {
  /// A value with every field empty, for a reader to fill.
  init()
  /// What the schema calls this message: `OrderLine`.
  static var messageName: String { get }
  /// Names each field once, in rising order of its number.
  mutating func fields(_ coder: inout some FieldCoder) throws(WireError)

  // The same walk for each of the coders that speed matters to. They are requirements so that the compiler writes
  // a specialised walk beside each type's `fields`, which is found even where only `any Event` is known.

  /// Writes the fields in the binary form.
  mutating func walk(_ coder: inout BinaryWriter) throws(WireError)
  /// Reads the fields from the binary form.
  mutating func walk(_ coder: inout BinaryReader) throws(WireError)
  /// Writes the fields as JSON.
  mutating func walk(_ coder: inout JSONWriter) throws(WireError)
  /// Reads the fields from JSON.
  mutating func walk(_ coder: inout JSONReader) throws(WireError)
}

extension Fields {
  /// The walk of `fields`.
  @inlinable public mutating func walk(_ coder: inout BinaryWriter) throws(WireError) {
    try fields(&coder)
  }
  /// The walk of `fields`.
  @inlinable public mutating func walk(_ coder: inout BinaryReader) throws(WireError) {
    try fields(&coder)
  }
  /// The walk of `fields`.
  @inlinable public mutating func walk(_ coder: inout JSONWriter) throws(WireError) {
    try fields(&coder)
  }
  /// The walk of `fields`.
  @inlinable public mutating func walk(_ coder: inout JSONReader) throws(WireError) {
    try fields(&coder)
  }

  /// The type's own name.
  public static var messageName: String { "\(Self.self)" }
}

/// What meets the fields of a value in their walk: a writer, a reader, a schema printer.
public protocol FieldCoder {
  /// Codes one field. Numbers are those of the protobuf schema and are never used twice.
  mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError)

  /// Codes one field that holds personal data about `subject`: it is what an erasure must reach.
  mutating func personal<Value: PersonalValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value, of subject: DataSubject
  ) throws(WireError)
}

extension FieldCoder {
  /// A coder that makes no difference for personal data codes it like any field.
  @inlinable public mutating func personal<Value: PersonalValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value, of subject: DataSubject
  ) throws(WireError) {
    try field(number, name, &value)
  }
}

/// A type that can be the value of one field.
public protocol FieldValue: Sendable {
  /// The empty value, for a reader to fill.
  init()
  /// How the schema describes it.
  static var fieldType: FieldType { get }
  /// Whether a line of JSON may leave the field out.
  static var mayBeAbsent: Bool { get }
  /// Whether "given, but empty" can be told from "not given": true of optionals only.
  static var hasPresence: Bool { get }
  /// Whether an empty value says nothing, even in an optional: an empty code.
  static var emptyIsNothing: Bool { get }
  /// Whether this value is written at all.
  var isAbsent: Bool { get }
  /// Writes the value as field `number`, tag included; writes nothing when it is absent or zero.
  func write(_ number: Int, to writer: inout BinaryWriter)
  /// Writes the value even when it is zero or empty: in an optional that was given, or as an element of a list.
  func writeGiven(_ number: Int, to writer: inout BinaryWriter)
  /// Reads the value of field `number`, at whose tag the reader stands.
  mutating func read(_ number: Int, from reader: inout BinaryReader) throws(WireError)
  /// Writes the value as JSON.
  func write(to writer: inout JSONWriter)
  /// Reads the value from JSON.
  mutating func read(from json: JSONValue) throws(WireError)
  /// Adds the codes that it gives, as a field called `field`, to `codes`.
  func gatherCodes(of field: StaticString, into codes: inout [GivenCode])
  /// Leaves out of a list the elements of whose codes `isLeftOut` says so, and returns how many; `nil` of what is no list.
  mutating func leaveOut(of field: StaticString, where isLeftOut: ([GivenCode]) -> Bool) -> Int?
}

extension FieldValue {
  /// A field is required unless its type says otherwise.
  @inlinable public static var mayBeAbsent: Bool { false }
  /// A value is present unless its type says otherwise.
  @inlinable public var isAbsent: Bool { false }
  /// Only optionals tell empty from not given.
  @inlinable public static var hasPresence: Bool { false }
  /// An optional may hold an empty value, unless the type says otherwise.
  @inlinable public static var emptyIsNothing: Bool { false }
  /// The same as `write`, for types that never leave anything out.
  @inlinable public func writeGiven(_ number: Int, to writer: inout BinaryWriter) {
    write(number, to: &writer)
  }
  /// Most types give no codes.
  public func gatherCodes(of field: StaticString, into codes: inout [GivenCode]) {}
  /// Most types are no lists.
  public mutating func leaveOut(
    of field: StaticString, where isLeftOut: ([GivenCode]) -> Bool
  ) -> Int? { nil }
}

/// How a field is described: the source of the printed schemas and of the documentation.
public indirect enum FieldType: Sendable, Hashable {
  /// Free text.
  case text
  /// A code of 1–64 characters.
  case code
  /// A whole number.
  case integer
  /// Yes or no.
  case boolean
  /// An exact decimal.
  case decimal
  /// A calendar day, `2026-03-31`.
  case day
  /// A moment, `2026-03-31T10:00:00Z`.
  case moment
  /// One of a few words.
  case choice([String])
  /// A nested message.
  case message(MessageSchema)
  /// A list.
  case list(FieldType)
}
