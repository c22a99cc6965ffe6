// Why: a strict single pass over the bytes; every fault names its offset.

struct JSONParser {
  private let bytes: [UInt8]
  private var i = 0
  private(set) var nodes: [JSONDocument.Node] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    nodes.reserveCapacity(32)
  }

  private func fault(_ message: String, _ code: WireError.Code = .malformed, at offset: Int? = nil)
    -> WireError
  {
    WireError(
      code, "This is not valid JSON: \(message) at byte \((offset ?? i) + 1).",
      remedy: "Write one JSON object a line.", offset: offset ?? i)
  }

  private mutating func space() {
    while i < bytes.count {
      switch bytes[i] {
      case 0x20, 0x09, 0x0a, 0x0d: i += 1
      default: return
      }
    }
  }

  mutating func end() throws(WireError) {
    space()
    if i < bytes.count { throw fault("something follows the value") }
  }

  mutating func value(depth: Int) throws(WireError) {
    if depth > JSONDocument.maximumDepth {
      throw fault("nested deeper than \(JSONDocument.maximumDepth)", .tooDeep)
    }
    space()
    guard i < bytes.count else { throw fault("the text ends where a value should stand") }
    switch bytes[i] {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try word("true", .yes)
    case UInt8(ascii: "f"): try word("false", .no)
    case UInt8(ascii: "n"): try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw fault("an unexpected character")
    }
  }

  private mutating func open(_ kind: JSONDocument.Kind) -> Int {
    nodes.append(.init(kind: kind, start: Int32(i), end: 0))
    return nodes.count - 1
  }

  private mutating func close(_ node: Int) {
    nodes[node].end = Int32(i)
    nodes[node].next = Int32(nodes.count)
  }

  private mutating func object(depth: Int) throws(WireError) {
    let node = open(.object)
    var names = NameSet()
    i += 1
    space()
    if i < bytes.count, bytes[i] == UInt8(ascii: "}") {
      i += 1
      return close(node)
    }
    while true {
      space()
      guard i < bytes.count, bytes[i] == UInt8(ascii: "\"") else {
        throw fault("a name in quotes is missing")
      }
      let name = nodes.count
      try string()
      try refuseDuplicate(of: name, among: &names)
      space()
      guard i < bytes.count, bytes[i] == UInt8(ascii: ":") else {
        throw fault("a colon is missing")
      }
      i += 1
      try value(depth: depth + 1)
      space()
      guard i < bytes.count else { throw fault("an object is not closed") }
      i += 1
      if bytes[i - 1] == UInt8(ascii: "}") { return close(node) }
      if bytes[i - 1] != UInt8(ascii: ",") { throw fault("a comma or } is missing", at: i - 1) }
    }
  }

  private func refuseDuplicate(
    of name: Int, among names: inout NameSet
  ) throws(WireError) {
    if names.insert(name, of: self) { return }
    let text = self.text(of: nodes[name])
    throw WireError(
      .duplicateField, "The field \"\(text)\" is given twice.", remedy: "Give it once.",
      path: text, offset: Int(nodes[name].start))
  }

  fileprivate func text(of node: JSONDocument.Node) -> String {
    let raw = bytes[Int(node.start)..<Int(node.end)]
    return node.escaped ? JSONParser.unescaped(raw) : String(decoding: raw, as: UTF8.self)
  }

  /// Whether two names are the same, whatever their escapes.
  fileprivate func areEqual(_ a: JSONDocument.Node, _ b: JSONDocument.Node) -> Bool {
    if a.escaped || b.escaped { return text(of: a).isExactly(text(of: b)) }
    guard a.end - a.start == b.end - b.start else { return false }
    var (i, j) = (Int(a.start), Int(b.start))
    while i < Int(a.end) {
      if bytes[i] != bytes[j] { return false }
      i += 1
      j += 1
    }
    return true
  }

  private mutating func array(depth: Int) throws(WireError) {
    let node = open(.array)
    i += 1
    space()
    if i < bytes.count, bytes[i] == UInt8(ascii: "]") {
      i += 1
      return close(node)
    }
    while true {
      try value(depth: depth + 1)
      space()
      guard i < bytes.count else { throw fault("a list is not closed") }
      i += 1
      if bytes[i - 1] == UInt8(ascii: "]") { return close(node) }
      if bytes[i - 1] != UInt8(ascii: ",") { throw fault("a comma or ] is missing", at: i - 1) }
    }
  }

  private mutating func word(_ text: StaticString, _ kind: JSONDocument.Kind) throws(WireError) {
    let node = open(kind)
    let word = Array("\(text)".utf8)
    guard bytes[i...].starts(with: word) else { throw fault("an unexpected word") }
    i += word.count
    close(node)
  }

  private mutating func number() throws(WireError) {
    let node = open(.number)
    if bytes[i] == UInt8(ascii: "-") { i += 1 }
    let first = i
    try digits()
    if bytes[first] == UInt8(ascii: "0"), i > first + 1 { throw fault("a number begins with 0") }
    if i < bytes.count, bytes[i] == UInt8(ascii: ".") {
      i += 1
      try digits()
    }
    if i < bytes.count, bytes[i] | 0x20 == UInt8(ascii: "e") {
      i += 1
      if i < bytes.count, bytes[i] == UInt8(ascii: "+") || bytes[i] == UInt8(ascii: "-") { i += 1 }
      try digits()
    }
    close(node)
  }

  private mutating func digits() throws(WireError) {
    let first = i
    while i < bytes.count, (48...57).contains(bytes[i]) { i += 1 }
    if i == first { throw fault("a digit is missing") }
  }

  private mutating func string() throws(WireError) {
    i += 1
    let node = open(.string)
    var ascii = true
    while true {
      while i < bytes.count, (0x20..<0x80).contains(bytes[i]), bytes[i] != 0x22, bytes[i] != 0x5c {
        i += 1
      }
      guard i < bytes.count else { throw fault("a text is not closed") }
      switch bytes[i] {
      case UInt8(ascii: "\""):
        close(node)
        if !ascii { try validateUTF8(nodes[node]) }
        i += 1
        return
      case UInt8(ascii: "\\"):
        nodes[node].escaped = true
        try escape()
      case 0..<0x20: throw fault("a control character in a text")
      case 0x80...:
        ascii = false
        i += 1
      default: i += 1
      }
    }
  }

  private func validateUTF8(_ node: JSONDocument.Node) throws(WireError) {
    let raw = bytes[Int(node.start)..<Int(node.end)]
    if String(validating: raw, as: UTF8.self) == nil {
      throw WireError(
        .invalidUTF8, "A text is not valid UTF-8 at byte \(node.start + 1).",
        remedy: "Save the file as UTF-8.", offset: Int(node.start))
    }
  }

  private mutating func escape() throws(WireError) {
    let start = i
    i += 1
    guard i < bytes.count else { throw fault("a text is not closed") }
    guard bytes[i] == UInt8(ascii: "u") else {
      guard "\"\\/bfnrt".utf8.contains(bytes[i]) else { throw fault("an unknown escape") }
      i += 1
      return
    }
    let unit = try hexUnit()
    if (0xdc00..<0xe000).contains(unit) { throw fault("half a surrogate pair", at: start) }
    if (0xd800..<0xdc00).contains(unit) {
      guard i + 1 < bytes.count, bytes[i] == UInt8(ascii: "\\"), bytes[i + 1] == UInt8(ascii: "u")
      else { throw fault("half a surrogate pair", at: start) }
      i += 1
      guard (0xdc00..<0xe000).contains(try hexUnit()) else {
        throw fault("half a surrogate pair", at: start)
      }
    }
  }

  /// Reads `uXXXX`, standing at the u.
  private mutating func hexUnit() throws(WireError) -> UInt32 {
    i += 1
    guard i + 4 <= bytes.count else { throw fault("a text is not closed") }
    var unit: UInt32 = 0
    for byte in bytes[i..<i + 4] {
      guard let digit = Self.hexDigit(byte) else {
        throw fault("a \\u escape needs four hexadecimal digits")
      }
      unit = unit << 4 | digit
    }
    i += 4
    return unit
  }

  private static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    default: nil
    }
  }

  /// The text behind escapes that have already been checked.
  static func unescaped(_ raw: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var i = raw.startIndex
    func unit() -> UInt32 {
      i += 4
      return raw[i - 4..<i].reduce(0) { $0 << 4 | (hexDigit($1) ?? 0) }
    }
    while i < raw.endIndex {
      let byte = raw[i]
      i += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      let escape = raw[i]
      i += 1
      switch escape {
      case UInt8(ascii: "u"):
        var scalar = unit()
        if (0xd800..<0xdc00).contains(scalar) {
          // Its other half stands behind it, as another escape.
          i += 2
          scalar = 0x10000 + (scalar - 0xd800) << 10 + (unit() - 0xdc00)
        }
        text += (Unicode.Scalar(scalar) ?? "\u{fffd}").utf8
      case UInt8(ascii: "b"): text.append(8)
      case UInt8(ascii: "f"): text.append(12)
      case UInt8(ascii: "n"): text.append(10)
      case UInt8(ascii: "r"): text.append(13)
      case UInt8(ascii: "t"): text.append(9)
      default: text.append(escape)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The names of one object: a short list is searched, a long one is hashed, so that a hostile line costs no more
/// than its length.
private struct NameSet {
  private var few: [Int] = []
  private var many: Set<ExactText> = []

  /// Adds the name at the node `name`; false when it is there already.
  mutating func insert(_ name: Int, of parser: JSONParser) -> Bool {
    if !many.isEmpty {
      return many.insert(ExactText(parser.text(of: parser.nodes[name]))).inserted
    }
    let node = parser.nodes[name]
    for other in few where parser.areEqual(parser.nodes[other], node) { return false }
    few.append(name)
    if few.count == 32 { many = Set(few.map { ExactText(parser.text(of: parser.nodes[$0])) }) }
    return true
  }
}
