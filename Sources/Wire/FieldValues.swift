// Why: what a text, a number, a decimal, a list … looks like on the wire and in JSON, said once for each type.

extension String: FieldValue {
  public static var fieldType: FieldType { .text }
  @inlinable public var isAbsent: Bool { isEmpty }
  @inlinable public func write(_ number: Int, to writer: inout BinaryWriter) {
    writer.text(number, self)
  }
  @inlinable public func writeGiven(_ number: Int, to writer: inout BinaryWriter) {
    writer.given(number, self)
  }
  @inlinable public mutating func read(_ number: Int, from reader: inout BinaryReader)
    throws(WireError)
  {
    self = try reader.text()
  }
  @inlinable public func write(to writer: inout JSONWriter) { writer.string(self) }
  @inlinable public mutating func read(from json: JSONValue) throws(WireError) {
    self = try json.text()
    if utf8.count > 65_536 {
      throw WireError(
        .invalidValue, "is longer than 64 KiB.", remedy: "Shorten the text.", offset: json.offset)
    }
  }
}

/// A type that can hold personal data: what it says can be sealed, and written over when its key is gone.
public protocol PersonalValue: FieldValue {
  /// The text; `nil` when none was given.
  var personalText: String? { get }
  /// A value that says `text`.
  init(personalText text: String)
}

extension String: PersonalValue {
  public var personalText: String? { isEmpty ? nil : self }
  public init(personalText text: String) { self = text }
}

extension Optional: PersonalValue where Wrapped == String {
  public var personalText: String? { self }
  public init(personalText text: String) { self = text }
}

extension Code: FieldValue {
  public static var fieldType: FieldType { .code }
  @inlinable public static var emptyIsNothing: Bool { true }
  @inlinable public var isAbsent: Bool { isEmpty }
  @inlinable public func write(_ number: Int, to writer: inout BinaryWriter) {
    writer.text(number, text)
  }
  @inlinable public func writeGiven(_ number: Int, to writer: inout BinaryWriter) {
    writer.given(number, text)
  }
  @inlinable public mutating func read(_ number: Int, from reader: inout BinaryReader)
    throws(WireError)
  {
    self = try Code(try reader.text())
  }
  @inlinable public func write(to writer: inout JSONWriter) { writer.string(text) }
  @inlinable public mutating func read(from json: JSONValue) throws(WireError) {
    self = try Code(try json.text())
  }
}

extension Int64: FieldValue {
  public static var fieldType: FieldType { .integer }
  @inlinable public func write(_ number: Int, to writer: inout BinaryWriter) {
    writer.integer(number, self)
  }
  @inlinable public func writeGiven(_ number: Int, to writer: inout BinaryWriter) {
    writer.given(number, self)
  }
  @inlinable public mutating func read(_ number: Int, from reader: inout BinaryReader)
    throws(WireError)
  {
    self = try reader.integer()
  }
  @inlinable public func write(to writer: inout JSONWriter) { writer.raw(String(self)) }
  @inlinable public mutating func read(from json: JSONValue) throws(WireError) {
    self = try json.integer()
  }
}

extension Bool: FieldValue {
  public static var fieldType: FieldType { .boolean }
  @inlinable public static var mayBeAbsent: Bool { true }
  @inlinable public var isAbsent: Bool { !self }
  @inlinable public func write(_ number: Int, to writer: inout BinaryWriter) {
    if self { writeGiven(number, to: &writer) }
  }
  @inlinable public func writeGiven(_ number: Int, to writer: inout BinaryWriter) {
    writer.given(number, self)
  }
  @inlinable public mutating func read(_ number: Int, from reader: inout BinaryReader)
    throws(WireError)
  {
    self = try reader.boolean()
  }
  @inlinable public func write(to writer: inout JSONWriter) { writer.raw(self ? "true" : "false") }
  @inlinable public mutating func read(from json: JSONValue) throws(WireError) {
    self = try json.boolean()
  }
}

extension ExactDecimal: FieldValue {
  public static var fieldType: FieldType { .decimal }
  @inlinable public func write(_ number: Int, to writer: inout BinaryWriter) {
    if !isZero { writeGiven(number, to: &writer) }
  }
  @inlinable public func writeGiven(_ number: Int, to writer: inout BinaryWriter) {
    writer.message(number) { inner in
      inner.integer(1, digits)
      inner.integer(2, Int64(scale))
    }
  }
  @inlinable public mutating func read(_ number: Int, from reader: inout BinaryReader)
    throws(WireError)
  {
    var digits: Int64 = 0
    var scale: Int64 = 0
    try reader.message { (inner) throws(WireError) in
      try inner.field(1, "digits", &digits)
      try inner.field(2, "scale", &scale)
    }
    guard (0...18).contains(scale), digits != .min else {
      throw WireError(
        .invalidValue, "A decimal is out of range.", remedy: "The bytes are damaged.")
    }
    let value = ExactDecimal(digits: digits, scale: Int(scale))
    if Int64(value.scale) != scale {
      throw WireError(
        .notCanonical, "A decimal is not in its shortest form.",
        remedy: "The bytes were not written by this program, or are damaged.")
    }
    reader.readZero = value.isZero
    self = value
  }
  @inlinable public func write(to writer: inout JSONWriter) { writer.string(description) }
  @inlinable public mutating func read(from json: JSONValue) throws(WireError) {
    self = try json.decimal()
  }
}

extension Optional: FieldValue where Wrapped: FieldValue {
  @inlinable public init() { self = nil }
  public static var fieldType: FieldType { Wrapped.fieldType }
  @inlinable public static var mayBeAbsent: Bool { true }
  @inlinable public static var hasPresence: Bool { true }
  @inlinable public var isAbsent: Bool {
    guard let self else { return true }
    return Wrapped.emptyIsNothing && self.isAbsent
  }
  @inlinable public func write(_ number: Int, to writer: inout BinaryWriter) {
    self?.writeGiven(number, to: &writer)
  }
  @inlinable public mutating func read(_ number: Int, from reader: inout BinaryReader)
    throws(WireError)
  {
    var value = Wrapped()
    try value.read(number, from: &reader)
    self = value
  }
  @inlinable public func write(to writer: inout JSONWriter) { self?.write(to: &writer) }
  @inlinable public mutating func read(from json: JSONValue) throws(WireError) {
    var value = Wrapped()
    try value.read(from: json)
    self = value
  }
}

extension Array: FieldValue where Element: ListElement {
  public static var fieldType: FieldType { .list(Element.fieldType) }
  @inlinable public static var mayBeAbsent: Bool { true }
  @inlinable public var isAbsent: Bool { isEmpty }
  @inlinable public func write(_ number: Int, to writer: inout BinaryWriter) {
    for element in self { element.writeGiven(number, to: &writer) }
  }
  @inlinable public mutating func read(_ number: Int, from reader: inout BinaryReader)
    throws(WireError)
  {
    while reader.isAt(number) {
      var element = Element()
      try element.read(number, from: &reader)
      append(element)
    }
  }
  @inlinable public func write(to writer: inout JSONWriter) {
    writer.list(self) { (writer, element) in element.write(to: &writer) }
  }
  @inlinable public mutating func read(from json: JSONValue) throws(WireError) {
    for (i, value) in try json.elements().enumerated() {
      var element = Element()
      do { try element.read(from: value) } catch {
        throw error.at(value.offset).inside(element: i)
      }
      append(element)
    }
  }
}

/// A type that can be an element of a list: one that has a length on the wire, so that no list is packed.
public protocol ListElement: FieldValue {}

extension String: ListElement {}
extension Code: ListElement {}

/// A nested message: a line of an order, an address. Conform a type to this to use it as a field.
public protocol Message: Fields, ListElement {}

extension Message {
  /// Described by its own fields.
  public static var fieldType: FieldType { .message(MessageSchema(Self.self)) }
  /// Writes the message with its length.
  @inlinable public func write(_ number: Int, to writer: inout BinaryWriter) {
    writer.message(number) { inner in
      var copy = self
      do throws(WireError) { try copy.walk(&inner) } catch {
        preconditionFailure("a writer never throws: \(error)")
      }
    }
  }
  /// Reads the message's fields.
  @inlinable public mutating func read(_ number: Int, from reader: inout BinaryReader)
    throws(WireError)
  {
    var copy = self
    try reader.message { (inner) throws(WireError) in try copy.walk(&inner) }
    self = copy
  }
  /// Writes the message as an object.
  @inlinable public func write(to writer: inout JSONWriter) {
    do throws(WireError) {
      try writer.object { (writer) throws(WireError) in
        var copy = self
        try copy.walk(&writer)
      }
    } catch { preconditionFailure("a writer never throws: \(error)") }
  }
  /// Reads the message from an object, refusing unknown fields.
  @inlinable public mutating func read(from json: JSONValue) throws(WireError) {
    var reader = try JSONReader(json)
    try walk(&reader)
    try reader.finish()
  }
}

/// One of a few words: `enum Costing: String, Choice { case fifo, average }`.
public protocol Choice: FieldValue, CaseIterable, RawRepresentable where RawValue == String {}

extension Choice {
  /// Described by its words.
  public static var fieldType: FieldType { .choice(allCases.map(\.rawValue)) }
  /// Writes the word.
  @inlinable public func write(_ number: Int, to writer: inout BinaryWriter) {
    writer.text(number, rawValue)
  }
  /// Reads the word.
  @inlinable public mutating func read(_ number: Int, from reader: inout BinaryReader)
    throws(WireError)
  {
    self = try Self.named(try reader.text())
  }
  /// Writes the word.
  @inlinable public func write(to writer: inout JSONWriter) { writer.string(rawValue) }
  /// Reads the word.
  @inlinable public mutating func read(from json: JSONValue) throws(WireError) {
    self = try Self.named(try json.text())
  }
  @usableFromInline static func named(_ word: String) throws(WireError) -> Self {
    if let value = Self(rawValue: word) { return value }
    throw WireError(
      .invalidValue, "\"\(word)\" is not one of the words known here.",
      remedy: "Use one of: \(allCases.map(\.rawValue).joined(separator: ", ")).")
  }
}
