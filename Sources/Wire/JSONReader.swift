// Why: reads a value's fields from a JSON object by name, in any order, and refuses what nobody asked for.

/// Reads the fields of one JSON object.
public struct JSONReader: FieldCoder {
  private let object: JSONValue
  private var members: [(name: String, value: JSONValue, used: Bool)] = []

  /// A reader over an object.
  /// - Throws: ``WireError`` `.wrongType` when `value` is something else.
  public init(_ value: JSONValue) throws(WireError) {
    object = value
    members = try value.members().map { ($0.name, $0.value, false) }
  }

  /// Reads a whole value from a JSON object; unknown fields are refused by name.
  public static func read<Value: Fields>(
    _ type: Value.Type, from json: JSONValue
  ) throws(WireError) -> Value {
    var value = Value()
    var reader = try JSONReader(json)
    try value.fields(&reader)
    try reader.finish()
    return value
  }

  /// Reads one field.
  public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    guard let json = take("\(name)") else {
      if Value.mayBeAbsent { return }
      throw WireError(
        .missingField, "is required.", remedy: "Add the field \"\(name)\".", path: "\(name)",
        offset: object.offset)
    }
    do { try value.read(from: json) } catch { throw error.inside(name) }
  }

  /// The value of `name`, marked as read; `nil` when it is absent or `null`.
  public mutating func take(_ name: String) -> JSONValue? {
    guard let i = members.firstIndex(where: { $0.name == name }) else { return nil }
    members[i].used = true
    return members[i].value.isNull ? nil : members[i].value
  }

  /// Refuses the first field that nothing has read.
  public func finish() throws(WireError) {
    guard let unknown = members.first(where: { !$0.used }) else { return }
    throw WireError(
      .unknownField, "This field is not known here.",
      remedy: "Remove it; `diario schema` lists the fields of each event.", path: unknown.name,
      offset: unknown.value.offset)
  }
}
