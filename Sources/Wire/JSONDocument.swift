// Why: one line of JSON is one proposed event, from anybody. It is parsed strictly (RFC 8259, no duplicate
// names, valid UTF-8, bounded depth) into a flat list of nodes; numbers stay text until a field knows
// their exact type, so that no amount ever passes through a Double.

/// One parsed JSON text.
public final class JSONDocument: Sendable {
  /// Nesting deeper than this is refused.
  public static let maximumDepth = 32
  /// A longer text is refused: as many bytes as the largest record of the log.
  public static let maximumLength = 16 << 20

  enum Kind: UInt8, Sendable { case object, array, string, number, yes, no, null }
  /// A value: its kind, its bytes (without quotes), and where its next sibling stands.
  struct Node: Sendable {
    var kind: Kind
    var escaped = false
    var start: Int32
    var end: Int32
    var next: Int32 = 0
  }
  let bytes: [UInt8]
  let nodes: [Node]

  /// Parses `bytes` as one JSON value.
  /// - Parameters:
  ///   - bytes: the text, in UTF-8.
  ///   - limit: how many bytes it may have; at most 2 GiB.
  /// - Throws: ``WireError`` with the offset of the first byte at fault.
  public init(_ bytes: [UInt8], limit: Int = maximumLength) throws(WireError) {
    if bytes.count > min(limit, Int(Int32.max)) {
      throw WireError(
        .tooLong, "The line is longer than \(limit >> 20) MiB.",
        remedy: "Write one JSON object a line, and split what is larger into several events.",
        offset: limit)
    }
    var parser = JSONParser(bytes)
    try parser.value(depth: 0)
    try parser.end()
    self.bytes = bytes
    nodes = parser.nodes
  }

  /// The outermost value.
  public var root: JSONValue { JSONValue(document: self, index: 0) }
}

/// One value inside a ``JSONDocument``.
public struct JSONValue: Sendable {
  let document: JSONDocument
  let index: Int
  var node: JSONDocument.Node { document.nodes[index] }

  /// Where the value starts in the text, in bytes.
  public var offset: Int { Int(node.start) }
  /// Whether the value is `null`.
  public var isNull: Bool { node.kind == .null }
  /// Whether the value is an object.
  public var isObject: Bool { node.kind == .object }

  /// The characters of a text, without quotes and escapes, or of anything else, as they stand in the document.
  public var spelling: String { string(of: node) }

  /// The text of a string.
  public func text() throws(WireError) -> String {
    guard node.kind == .string else { throw wrongType("a text in quotes") }
    return string(of: node)
  }

  /// The digits of a number, or of a string that holds one.
  public func decimal() throws(WireError) -> ExactDecimal {
    guard node.kind == .number || node.kind == .string, !node.escaped else {
      throw wrongType("a decimal number such as \"121.00\"")
    }
    let bytes = document.bytes
    let digits = bytes.span.extracting(Int(node.start)..<Int(node.end))
    switch ExactDecimal.parse(digits) {
    case .success(let value): return value
    case .failure(var error):
      error.offset = offset
      error.message = "\"\(string(of: node))\" \(error.message)"
      throw error
    }
  }

  /// A whole number, or a string that holds one.
  public func integer() throws(WireError) -> Int64 {
    guard node.kind == .number || node.kind == .string else { throw wrongType("a whole number") }
    let value = try decimal()
    guard value.scale == 0 else { throw wrongType("a whole number") }
    return value.digits
  }

  /// `true` or `false`.
  public func boolean() throws(WireError) -> Bool {
    switch node.kind {
    case .yes: return true
    case .no: return false
    default: throw wrongType("true or false")
    }
  }

  /// The elements of a list.
  public func elements() throws(WireError) -> [JSONValue] {
    guard node.kind == .array else { throw wrongType("a list in [ ]") }
    var elements: [JSONValue] = []
    var child = index + 1
    while child < Int(node.next) {
      elements.append(JSONValue(document: document, index: child))
      child = Int(document.nodes[child].next)
    }
    return elements
  }

  /// The fields of an object, in order.
  public func members() throws(WireError) -> [(name: String, value: JSONValue)] {
    var members: [(name: String, value: JSONValue)] = []
    for name in try memberNames() {
      let value = JSONValue(document: document, index: name + 1)
      members.append((string(of: document.nodes[name]), value))
    }
    return members
  }

  /// The nodes of an object's names, in order; after each stands its value.
  func memberNames() throws(WireError) -> [Int] {
    guard node.kind == .object else { throw wrongType("an object in { }") }
    let end = Int(node.next)
    var names: [Int] = []
    names.reserveCapacity(8)
    var child = index + 1
    while child < end {
      names.append(child)
      child = Int(document.nodes[child + 1].next)
    }
    return names
  }

  func string(of node: JSONDocument.Node) -> String {
    let range = Int(node.start)..<Int(node.end)
    if !node.escaped, let text = document.bytes.text(range) { return text }
    return JSONParser.unescaped(document.bytes[range])
  }

  /// The error that says that this value should have been `expected`.
  public func wrongType(_ expected: String) -> WireError {
    WireError(
      .wrongType, "is \(kindName), but \(expected) is needed.", remedy: "Give \(expected).",
      offset: offset)
  }

  private var kindName: String {
    switch node.kind {
    case .object: "an object"
    case .array: "a list"
    case .string: "a text"
    case .number: "a number"
    case .yes, .no: "true or false"
    case .null: "null"
    }
  }
}
