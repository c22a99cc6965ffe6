// Why: reads a value's fields from a JSON object by name, in any order, and refuses what nobody asked for.

/// Reads the fields of one JSON object.
public struct JSONReader: FieldCoder {
  private let object: JSONValue
  /// The nodes of the names that have not been read.
  private var names: [Int]

  /// A reader over an object.
  /// - Throws: ``WireError`` `.wrongType` when `value` is something else.
  public init(_ value: JSONValue) throws(WireError) {
    object = value
    // In reverse: fields usually stand in the order of the walk, so the next one wanted is the last one left.
    names = try value.memberNames().reversed()
  }

  /// Reads a whole value from a JSON object; unknown fields are refused by name.
  @inlinable public static func read<Value: Fields>(
    _ type: Value.Type, from json: JSONValue
  ) throws(WireError) -> Value {
    var value = Value()
    var reader = try JSONReader(json)
    try value.walk(&reader)
    try reader.finish()
    return value
  }

  /// Reads one field.
  public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    guard let json = take(name) else {
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
  private mutating func take(_ name: StaticString) -> JSONValue? {
    for i in names.indices.reversed() where object.document.names(name, at: names[i]) {
      let value = JSONValue(document: object.document, index: names[i] + 1)
      names.remove(at: i)
      return value.isNull ? nil : value
    }
    return nil
  }

  /// Refuses the first field that nothing has read.
  public func finish() throws(WireError) {
    guard let unknown = names.last else { return }
    throw WireError(
      .unknownField, "This field is not known here.",
      remedy: "Remove it; `diario schema` lists the fields of each event.",
      path: object.string(of: object.document.nodes[unknown]),
      offset: JSONValue(document: object.document, index: unknown + 1).offset)
  }
}

extension JSONDocument {
  /// Whether the node `index`, a text, is `name`.
  fileprivate func names(_ name: StaticString, at index: Int) -> Bool {
    let node = nodes[index]
    let range = Int(node.start)..<Int(node.end)
    if !node.escaped { return bytes.hold(name, at: range) }
    return JSONParser.unescaped(bytes[range]).isExactly(name.description)
  }
}
