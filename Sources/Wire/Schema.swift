// Why: the same walk that writes a value prints what its fields are: the `.proto`, the JSON schema and the
// documentation cannot drift from the code.

/// The fields of one message, as its walk names them.
public struct MessageSchema: Sendable, Hashable {
  /// One field of a message.
  public struct Field: Sendable, Hashable {
    /// Its number in the binary form.
    public var number: Int
    /// Its name.
    public var name: String
    /// Its type.
    public var type: FieldType
    /// Whether it must be given.
    public var isRequired: Bool
    /// Whether "given, but empty" can be told from "not given".
    public var hasPresence: Bool
    /// Whether it holds personal data.
    public var isPersonal: Bool
  }
  /// The message's name: `OrderPlaced`.
  public var name: String
  /// Its fields, in rising order of their numbers.
  public var fields: [Field]

  /// The schema of `type`.
  public init<Value: Fields>(_ type: Value.Type) {
    var reader = SchemaReader()
    var value = Value()
    do throws(WireError) { try value.fields(&reader) } catch {
      preconditionFailure("a schema reader never throws: \(error)")
    }
    name = Value.messageName
    fields = reader.fields
  }

  /// Every message that this one holds, itself last, each once.
  public var all: [MessageSchema] {
    var found: [MessageSchema] = []
    for field in fields {
      for inner in field.type.messages where !found.contains(inner) { found.append(inner) }
    }
    return found + [self]
  }
}

extension FieldType {
  var messages: [MessageSchema] {
    switch self {
    case .message(let schema): schema.all
    case .list(let element): element.messages
    default: []
    }
  }
}

/// A coder that only writes down which fields it meets.
struct SchemaReader: FieldCoder {
  private(set) var fields: [MessageSchema.Field] = []

  mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    add(number, name, Value.self, personal: false)
  }

  mutating func personal<Value: PersonalValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value, of subject: DataSubject
  ) throws(WireError) {
    add(number, name, Value.self, personal: true)
  }

  private mutating func add<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ type: Value.Type, personal: Bool
  ) {
    precondition(fields.last.map { $0.number < number } ?? true, "\(name): numbers must rise")
    fields.append(
      .init(
        number: number, name: "\(name)", type: Value.fieldType, isRequired: !Value.mayBeAbsent,
        hasPresence: Value.hasPresence, isPersonal: personal))
  }
}
