// Why: what may happen to a file while nobody looks, and how to undo it cheaply: hundreds of thousands of times.

internal import Foundation

/// One damage to one file.
struct Damage {
  private static let page = 4_096

  private enum Kind: String {
    case flip, zero, swap, cut
  }
  /// 0: the log; 1: the summaries.
  let file: Int
  private let kind: Kind
  private let first: Int
  private let second: Int

  /// Whether `verify` is asked although no answer is wrong: that costs as much as many questions.
  let isVerified: Bool

  /// A line `log|views flip BYTE BIT`, `zero PAGE 0`, `swap PAGE PAGE` or `cut LENGTH 0`, and `verified` behind it or nothing; nil when
  /// it says something else.
  init?(_ line: String) {
    let parts = line.split(separator: " ")
    guard parts.count == 4 || parts.count == 5, let kind = Kind(rawValue: String(parts[1])),
      let first = Int(parts[2]), let second = Int(parts[3])
    else { return nil }
    file = parts[0] == "log" ? 0 : 1
    (self.kind, self.first, self.second) = (kind, first, second)
    isVerified = parts.count == 5
  }

  /// A number that neighbouring damages do not share.
  var place: Int { first * 8 + second }

  /// The pages that differ afterwards; nil: there may be fewer.
  var pages: [Int]? {
    switch kind {
    case .flip: [first / Self.page]
    case .zero: [first]
    case .swap: [first, second]
    case .cut: nil
    }
  }

  /// The one byte that differs afterwards, and what it then is; nil when more do.
  func flipped(in bytes: Data) -> (offset: Int, byte: UInt8)? {
    kind == .flip ? (first, bytes[first] ^ 1 << UInt8(second)) : nil
  }

  /// Does it to `bytes`, an undamaged file.
  func apply(to bytes: inout Data) {
    let page = Self.page
    switch kind {
    case .flip: bytes[first] ^= 1 << UInt8(second)
    case .zero: bytes.resetBytes(in: first * page..<(first + 1) * page)
    case .swap:
      let one = Data(bytes[first * page..<(first + 1) * page])
      bytes.replaceSubrange(
        first * page..<(first + 1) * page,
        with: Data(bytes[second * page..<(second + 1) * page]))
      bytes.replaceSubrange(second * page..<(second + 1) * page, with: one)
    case .cut: bytes = bytes.prefix(first)
    }
  }
}
