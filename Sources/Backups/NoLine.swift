// Why: an event that was saved but is no line would be forgotten when the lines are recorded again. So each is named, with the reason.

public import Events

/// Why a saved event cannot be written as a line for `diario record`.
public struct NoLine: Error, Sendable, Hashable {
  /// The reason, in words that go on a sentence: "its personal fields cannot be opened: …".
  public let reason: String

  /// An event is no line for this reason.
  public init(_ reason: String) { self.reason = reason }

  static let unreadable = NoLine(
    "they bring a name that is no code, or have a key that is no text")
}

/// Events that were saved and are in no file of lines.
public struct Unwritten: Sendable, Hashable {
  /// The file in which they would stand.
  public let file: Salvage.File
  /// Why they do not.
  public let reason: String
  /// Their positions.
  public internal(set) var positions: [ClosedRange<Position>]

  /// How many they are.
  var count: UInt64 { positions.reduce(0) { $0 + $1.size } }
}

extension [Unwritten] {
  /// How many events would have to stand in `file` and do not.
  func count(in file: Salvage.File) -> UInt64 {
    filter { $0.file == file }.reduce(0) { $0 + $1.count }
  }

  /// Notes that the event at `position`, which is behind those noted so far, is not in `file`.
  mutating func note(_ position: Position, _ file: Salvage.File, _ why: NoLine) {
    guard let known = firstIndex(where: { $0.file == file && $0.reason == why.reason }) else {
      return append(Unwritten(file: file, reason: why.reason, positions: [position...position]))
    }
    guard let last = self[known].positions.last, last.upperBound + 1 == position else {
      return self[known].positions.append(position...position)
    }
    self[known].positions[self[known].positions.count - 1] = last.lowerBound...position
  }
}
