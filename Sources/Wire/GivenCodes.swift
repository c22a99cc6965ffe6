// Why: whom a part of an event is about is said by the codes in it, and whose code it is by the name of its field. This walk finds both in
// every kind of event, so none can be forgotten.

/// A code as a field gives it.
public struct GivenCode: Sendable, Hashable {
  /// The name of the field.
  public var field: String
  /// The code.
  public var code: Code
}

/// A walk that finds the codes that a value gives.
public struct CodeFinder: FieldCoder {
  /// Those that stand in no list.
  public private(set) var own: [GivenCode] = []
  /// Those in lists, element by element.
  public private(set) var elements: [[GivenCode]] = []

  /// The codes in `value`.
  public init(in value: some Fields) {
    var value = value
    do throws(WireError) { try value.fields(&self) } catch {
      preconditionFailure("a finder never throws: \(error)")
    }
  }

  public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    var elements: [[GivenCode]] = []
    let isList = value.leaveOut(of: name) { codes in
      elements.append(codes)
      return false
    }
    if isList == nil { value.gatherCodes(of: name, into: &own) }
    self.elements += elements
  }
}

extension Code {
  /// Adds itself.
  public func gatherCodes(of field: StaticString, into codes: inout [GivenCode]) {
    if !isEmpty { codes.append(GivenCode(field: "\(field)", code: self)) }
  }
}

extension Optional where Wrapped: FieldValue {
  /// Adds the codes of what is given.
  public func gatherCodes(of field: StaticString, into codes: inout [GivenCode]) {
    self?.gatherCodes(of: field, into: &codes)
  }
}

extension Array where Element: ListElement {
  /// Adds the codes of all elements.
  public func gatherCodes(of field: StaticString, into codes: inout [GivenCode]) {
    for element in self { element.gatherCodes(of: field, into: &codes) }
  }

  /// Leaves out the elements of whose codes `isLeftOut` says so, and returns how many.
  public mutating func leaveOut(
    of field: StaticString, where isLeftOut: ([GivenCode]) -> Bool
  ) -> Int? {
    let before = count
    removeAll { element in
      var codes: [GivenCode] = []
      element.gatherCodes(of: field, into: &codes)
      return isLeftOut(codes)
    }
    return before - count
  }
}

extension Message {
  /// Adds the codes in its fields, which have names of their own.
  public func gatherCodes(of field: StaticString, into codes: inout [GivenCode]) {
    let found = CodeFinder(in: self)
    codes += found.own + found.elements.joined()
  }
}
