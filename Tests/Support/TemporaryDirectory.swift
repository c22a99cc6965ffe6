// Why: every test has a directory of its own, which goes when the test does.

internal import Foundation

/// A fresh directory, deleted with the value.
public final class TemporaryDirectory: Sendable {
  /// Where it is.
  public let path: String

  /// Makes one.
  public init() throws {
    path = NSTemporaryDirectory() + "diario-\(UUID())"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
