// Why: reads a value's fields from a JSON object by name, in any order, and refuses what nobody asked for.

/// Reads the fields of one JSON object.
public struct JSONReader: FieldCoder {
  private struct Member {
    var name: String
    var index: Int
    var used = false
  }
  private let object: JSONValue
  private var members: [Member] = []
  /// The member after the one read last: fields usually stand in the order of the walk.
  private var cursor = 0

  /// A reader over an object.
  /// - Throws: ``WireError`` `.wrongType` when `value` is something else.
  public init(_ value: JSONValue) throws(WireError) {
    object = value
    try value.forEachMember { name, index in members.append(Member(name: name, index: index)) }
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
    guard let json = take(name.description) else {
      if Value.mayBeAbsent { return }
      throw WireError(
        .missingField, "is required.", remedy: "Add the field \"\(name)\".", path: "\(name)",
        offset: object.offset)
    }
    do { try value.read(from: json) } catch { throw error.at(json.offset).inside(name) }
    if !Value.mayBeAbsent, value.isAbsent {
      throw WireError(
        .invalidValue, "is empty.", remedy: "Give the field \"\(name)\" a value.",
        path: "\(name)", offset: json.offset)
    }
  }

  /// The value of `name`, marked as read; `nil` when it is absent or `null`.
  public mutating func take(_ name: String) -> JSONValue? {
    for step in members.indices {
      let i = cursor + step < members.count ? cursor + step : cursor + step - members.count
      guard members[i].name == name else { continue }
      members[i].used = true
      cursor = i + 1
      let value = JSONValue(document: object.document, index: members[i].index)
      return value.isNull ? nil : value
    }
    return nil
  }

  /// Refuses the first field that nothing has read.
  public func finish() throws(WireError) {
    guard let unknown = members.first(where: { !$0.used }) else { return }
    throw WireError(
      .unknownField, "This field is not known here.",
      remedy: "Remove it; `diario schema` lists the fields of each event.", path: unknown.name,
      offset: JSONValue(document: object.document, index: unknown.index).offset)
  }
}
