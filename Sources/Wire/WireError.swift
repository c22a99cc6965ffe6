// Why: input comes from people and other programs. Whatever is wrong with it is said once, here, with
// the place (field path, byte offset) and the remedy, so that every door into Diario reports it alike.

/// What is wrong with bytes or JSON that should describe a value.
public struct WireError: Error, Sendable, Hashable {
  /// The kind of fault: switch on this. The raw value is the stable name shown to users.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case malformed = "json.malformed"
    case invalidUTF8 = "json.invalidUTF8"
    case tooDeep = "json.tooDeep"
    case tooLong = "line.tooLong"
    case duplicateField = "field.duplicate"
    case unknownField = "field.unknown"
    case missingField = "field.missing"
    case wrongType = "field.wrongType"
    case invalidValue = "field.invalid"
    case tooManyDecimals = "decimal.tooPrecise"
    case overflow = "decimal.overflow"
    case unknownEvent = "event.unknown"
    case truncated = "bytes.truncated"
    case notCanonical = "bytes.notCanonical"
    case unreadable = "bytes.unreadable"
  }
  /// What kind of fault it is.
  public var code: Code
  /// The field, as a path: `lines[2].price`; empty when the whole line is at fault.
  public var path: String
  /// What is wrong, in a sentence.
  public var message: String
  /// What would help, in a sentence.
  public var remedy: String
  /// Where in the input, in bytes from its start, if that is known.
  public var offset: Int?

  /// Creates an error; `path` is filled in by the walkers as the error travels up.
  public init(
    _ code: Code, _ message: String, remedy: String, path: String = "", offset: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.path = path
    self.offset = offset
  }

  /// The same error, seen from one field further out.
  public func inside(_ name: StaticString) -> WireError {
    var outer = self
    outer.path =
      path.isEmpty ? "\(name)" : path.hasPrefix("[") ? "\(name)\(path)" : "\(name).\(path)"
    return outer
  }

  /// The same error, seen from the list whose element `index` (from 0) holds it.
  public func inside(element index: Int) -> WireError {
    var outer = self
    outer.path = path.isEmpty ? "[\(index)]" : "[\(index)].\(path)"
    return outer
  }

  /// The same error at `offset`, unless it knows its place better already.
  @usableFromInline func at(_ offset: Int) -> WireError {
    var placed = self
    placed.offset = self.offset ?? offset
    return placed
  }

  /// Two errors are equal when they are the same fault at the same place; the wording may differ.
  public static func == (a: WireError, b: WireError) -> Bool {
    a.code == b.code && a.path == b.path
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(path)
  }
}

extension WireError: CustomStringConvertible {
  /// One line: where, what, remedy.
  public var description: String {
    let place = path.isEmpty ? "" : "\(path): "
    return "\(place)\(message) \(remedy)"
  }
}
