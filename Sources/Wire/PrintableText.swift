// Why: what strangers wrote is shown to people: the program that a proof names, a line that could not be read. A line feed in it would forge
// a line of the answer, an escape would draw on the terminal, and a mark of direction would show figures in another order.

extension StringProtocol {
  /// Whether every character of the text can be seen, or is a space.
  @inlinable public var isPrintable: Bool { unicodeScalars.allSatisfy { $0.isPrintable } }

  /// The text on one line, with a code such as `\u{1b}` for whatever cannot be seen.
  public var printable: String {
    if isPrintable { return String(self) }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isPrintable {
        text.unicodeScalars.append(scalar)
      } else {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether it is neither a control, nor the end of a line, nor a mark that changes the direction of what follows (Unicode, UAX #9).
  @usableFromInline var isPrintable: Bool {
    // What Unicode says of ASCII, without looking it up.
    if isASCII { return value >= 0x20 && value != 0x7f }
    return switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    default: !properties.isBidiControl
    }
  }
}
