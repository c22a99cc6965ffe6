// Why: what is held about one person stands in events about several. Of such an event this walk writes what is about that person, in the form
// of all the others, and says how much it has left out.

/// A part of an event's fields.
public struct Excerpt: Sendable, Hashable {
  /// The fields as one JSON object.
  public var fields = "{}"
  /// How many elements of its lists were left out, by the names of the fields.
  public var leftOut: [String: Int] = [:]

  /// Nothing.
  public init() {}
}

/// Whom the codes in a part of an event name.
public protocol ExcerptRule {
  /// Whether the whole event is about somebody else: then only what names the person is shown.
  var isAboutOthers: Bool { get }
  /// Whether `codes` name the person.
  func namesPerson(_ codes: [GivenCode]) -> Bool
  /// Whether an element of a list with `codes` is left out: when they name others, and not the person; when the whole event is about somebody
  /// else, also when they name nobody.
  func leavesOut(_ codes: [GivenCode]) -> Bool
}

/// Writes of a value's fields what is about one person.
public struct ExcerptWriter<Rule: ExcerptRule>: FieldCoder {
  private var writer = JSONWriter()
  private var leftOut: [String: Int] = [:]
  private let rule: Rule

  /// Of `value`, what `rule` lets through.
  public static func excerpt(
    of value: some Fields, _ rule: Rule
  ) throws(WireError) -> Excerpt {
    var coder = ExcerptWriter(rule: rule)
    var value = value
    coder.writer.begin("{")
    try value.fields(&coder)
    coder.writer.close("}")
    var excerpt = Excerpt()
    excerpt.fields = coder.writer.text
    excerpt.leftOut = coder.leftOut
    return excerpt
  }

  private init(rule: Rule) { self.rule = rule }

  public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    if value.isAbsent { return }
    if rule.isAboutOthers {
      var codes: [GivenCode] = []
      value.gatherCodes(of: name, into: &codes)
      if !rule.namesPerson(codes) {
        writer.key("\(name)")
        return writer.string(PersonalText.ofSomebodyElse)
      }
    }
    var kept = value
    let count = kept.leaveOut(of: name) { rule.leavesOut($0) } ?? 0
    if count > 0 { leftOut["\(name)"] = count }
    try writer.field(number, name, &kept)
  }
}
