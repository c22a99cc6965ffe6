// Why: writing a file anew for each damage would cost more than judging it; overwriting it in place costs one call.

internal import Foundation

/// A data file that is damaged and mended in turn.
struct DamagedFile {
  private let clean: Data
  private let handle: FileHandle

  /// The undamaged file at `path`.
  init(at path: String) throws {
    clean = try Data(contentsOf: URL(filePath: path))
    handle = try FileHandle(forUpdating: URL(filePath: path))
  }

  /// Damages it.
  func apply(_ damage: Damage) throws {
    var bytes = clean
    damage.apply(to: &bytes)
    try write(bytes)
  }

  /// Makes it what it was.
  func restore() throws { try write(clean) }

  private func write(_ bytes: Data) throws {
    try handle.seek(toOffset: 0)
    try handle.write(contentsOf: bytes)
    try handle.truncate(atOffset: UInt64(bytes.count))
  }
}
