// Why: a log that proves its past cannot forget, so it never learns: personal fields are sealed before they are hashed. These
// are the walks that seal and open them. What a seal is made of they do not know; the plain walks know nothing of seals,
// so events without personal fields cost what they did.

/// Seals personal texts.
public protocol PersonalSealing {
  /// The bytes to keep in the place of `text`, the field `number` about `subject`.
  mutating func seal(
    _ text: String, field number: Int, of subject: DataSubject
  ) throws(WireError) -> [UInt8]
}

/// Opens what was sealed.
public protocol PersonalOpening {
  /// The text of the field `number` about `subject`, or the word that stands for it.
  mutating func open(
    _ sealed: [UInt8], field number: Int, of subject: DataSubject
  ) throws(WireError) -> String
}

/// Words that stand where a personal text is not shown.
public enum PersonalText {
  /// The key is destroyed: nobody can read it any more.
  public static let erased = "«erased»"
  /// It was read without keys.
  public static let sealed = "«sealed»"
  /// It is about another person than the one who asks.
  public static let ofSomebodyElse = "«about somebody else»"
}

/// Writes fields in the binary form, personal ones sealed. An empty text is left as it is: it says nothing.
public struct SealingWriter<Sealing: PersonalSealing>: FieldCoder {
  private var writer = BinaryWriter()
  private var sealing: Sealing

  /// The bytes of `value` with its personal fields sealed.
  public static func bytes<Value: Fields>(
    of value: Value, sealing: Sealing
  ) throws(WireError) -> [UInt8] {
    var coder = SealingWriter(sealing: sealing)
    var value = value
    try value.fields(&coder)
    return coder.writer.bytes
  }

  private init(sealing: Sealing) { self.sealing = sealing }

  public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    try writer.field(number, name, &value)
  }

  public mutating func personal<Value: PersonalValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value, of subject: DataSubject
  ) throws(WireError) {
    guard let text = value.personalText, !text.isEmpty else {
      return try writer.field(number, name, &value)
    }
    do { writer.given(number, bytes: try sealing.seal(text, field: number, of: subject)) } catch {
      throw error.inside(name)
    }
  }
}

/// Reads fields from the binary form with sealed personal fields.
public struct OpeningReader<Opening: PersonalOpening>: FieldCoder {
  private var reader: BinaryReader
  private var opening: Opening

  /// Reads a value from `bytes`, whose personal fields are sealed.
  public static func read<Value: Fields>(
    _ type: Value.Type, from bytes: [UInt8], opening: Opening
  ) throws(WireError) -> Value {
    var value = Value()
    var coder = OpeningReader(reader: try BinaryReader(bytes), opening: opening)
    try value.fields(&coder)
    try coder.reader.finish()
    return value
  }

  private init(reader: BinaryReader, opening: Opening) {
    self.reader = reader
    self.opening = opening
  }

  public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    try reader.field(number, name, &value)
  }

  public mutating func personal<Value: PersonalValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value, of subject: DataSubject
  ) throws(WireError) {
    do {
      guard let sealed = try reader.bytes(of: number) else { return }
      value = Value(
        personalText: sealed.isEmpty ? "" : try opening.open(sealed, field: number, of: subject))
    } catch { throw error.inside(name) }
    if !Value.hasPresence, value.isAbsent { throw WireError.emptyField(name, reader.offset) }
  }
}

/// Opens nothing: ``PersonalText/sealed`` stands for every text. What needs no personal data is read so.
public struct LeaveSealed: PersonalOpening {
  /// An opening that opens nothing.
  public init() {}
  public func open(_ sealed: [UInt8], field number: Int, of subject: DataSubject) -> String {
    PersonalText.sealed
  }
}

/// A walk that finds which personal fields are given, and about whom.
public struct PersonalFinder: FieldCoder {
  /// The fields by their names, with the person that they are about.
  private var given: [(name: String, subject: DataSubject)] = []
  /// Whom its personal fields are about, also those that are not given.
  private var subjects: Set<DataSubject> = []

  /// The personal fields that `value` gives.
  public static func fields<Value: Fields>(
    of value: Value
  ) throws(WireError) -> [(name: String, subject: DataSubject)] {
    var finder = PersonalFinder()
    var value = value
    try value.fields(&finder)
    return finder.given
  }

  /// Whom the personal fields of `value` are about, given or not.
  public static func subjects<Value: Fields>(
    of value: Value
  ) throws(WireError) -> Set<DataSubject> {
    var finder = PersonalFinder()
    var value = value
    try value.fields(&finder)
    return finder.subjects
  }

  private init() {}

  public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {}

  public mutating func personal<Value: PersonalValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value, of subject: DataSubject
  ) throws(WireError) {
    subjects.insert(subject)
    if value.personalText?.isEmpty == false { given.append(("\(name)", subject)) }
  }
}
