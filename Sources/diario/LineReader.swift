// Why: lines come from files and pipes of any size; memory stays bounded, and a line that is too long is refused
// without being kept.

internal import Platform
internal import Wire

/// Reads lines of bytes from a file descriptor.
struct LineReader: ~Copyable {
  /// A longer line is reported as ``Line/tooLong``.
  static let longestLine = JSONDocument.maximumLength

  private let input: ByteInput
  private let name: String
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// The number of the line last returned, from 1.
  private(set) var line = 0
  /// Bytes read so far.
  private(set) var consumed: UInt64 = 0
  /// Bytes of the whole file; 0 when its end is not known.
  var size: UInt64 { input.size ?? 0 }

  /// Reads standard input.
  init() {
    input = ByteInput()
    name = "Standard input"
  }

  /// Reads the file at `path`.
  init(path: String) throws(Failure) {
    name = path
    do throws(ByteInput.Failure) { input = try ByteInput(path: path) } catch {
      throw Failure.unreadable(path, error)
    }
  }

  /// A line: its bytes without the line feed, or nothing but the fact that it was too long.
  enum Line {
    case bytes([UInt8])
    case tooLong
  }

  /// Whether another whole line can be returned without waiting for input.
  var hasLine: Bool { buffer[start...].contains(UInt8(ascii: "\n")) }

  /// The next line; `nil` at the end.
  mutating func next() throws(Failure) -> Line? {
    var scanned = start
    var isTooLong = false
    while true {
      if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        let range = start..<end
        start = end + 1
        line += 1
        return isTooLong || range.count > Self.longestLine ? .tooLong : .bytes(trimmed(range))
      }
      if isAtEnd {
        guard start < buffer.count || isTooLong else { return nil }
        let range = start..<buffer.count
        start = buffer.count
        line += 1
        return isTooLong ? .tooLong : .bytes(trimmed(range))
      }
      if buffer.count - start > Self.longestLine {
        isTooLong = true
        start = buffer.count
      }
      buffer.removeFirst(start)
      start = 0
      scanned = buffer.count
      try fill()
    }
  }

  /// What some editors put in front of a text in UTF-8 (U+FEFF). RFC 8259 lets a reader pass over it.
  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  private func trimmed(_ range: Range<Int>) -> [UInt8] {
    var range = range
    if line == 1, buffer[range].starts(with: Self.byteOrderMark) {
      range = range.lowerBound + Self.byteOrderMark.count..<range.upperBound
    }
    if range.count > 0, buffer[range.upperBound - 1] == UInt8(ascii: "\r") {
      range = range.lowerBound..<range.upperBound - 1
    }
    return Array(buffer[range])
  }

  private mutating func fill() throws(Failure) {
    do throws(ByteInput.Failure) {
      let chunk = try input.read(atMost: 1 << 18)
      isAtEnd = chunk.isEmpty
      consumed += UInt64(chunk.count)
      buffer += chunk
    } catch {
      throw Failure.usage("\(name) cannot be read: \(error.reason). Give a file of lines of JSON.")
    }
  }
}
