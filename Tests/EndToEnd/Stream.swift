// Why: tests of killing and of competition need many small events whose order can be told from their keys.

import Foundation

/// Generated lines, each with a key.
enum Stream {
  static func keys(_ count: Int, prefix: String) -> [String] {
    (0..<count).map { "\(prefix)-\($0)" }
  }

  static func lines(_ count: Int, prefix: String, textLength: Int = 4) -> [String] {
    let text = String(repeating: "t", count: textLength)
    return (0..<count).map { index in
      #"{"event":"journal.posted","on":"2026-04-15","key":"\#(prefix)-\#(index)","#
        + #""entry":"\#(prefix)-\#(index)","text":"\#(text)","lines":["#
        + #"{"account":"6200","debit":"\#(index + 1).00"},"#
        + #"{"account":"1000","credit":"\#(index + 1).00"}]}"#
    }
  }

  /// The key in a line of `diario log --format json`.
  static func key(_ line: Substring) -> String? {
    let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return object?["key"] as? String
  }

  /// The whole lines of a text: what stands behind the last line feed was cut off.
  static func wholeLines(_ text: String) -> [Substring] {
    guard let end = text.lastIndex(of: "\n") else { return [] }
    return text[..<end].split(separator: "\n")
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a seed that is printed gives the same run again.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
