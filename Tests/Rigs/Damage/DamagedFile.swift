// Why: writing a file anew for each damage would cost more than judging it. So a byte is flipped in place and flipped back.

internal import Foundation

/// A data file that is damaged and mended in turn.
struct DamagedFile {
  private let clean: Data
  private let path: URL
  private let handle: FileHandle

  /// The undamaged file at `path`.
  init(at path: String) throws {
    self.path = URL(filePath: path)
    clean = try Data(contentsOf: self.path)
    handle = try FileHandle(forUpdating: self.path)
  }

  /// Damages it.
  func apply(_ damage: Damage) throws {
    if let (offset, byte) = damage.flipped(in: clean) { return try write([byte], at: offset) }
    var bytes = clean
    damage.apply(to: &bytes)
    try write(whole: bytes)
  }

  /// Takes the damage back.
  func undo(_ damage: Damage) throws {
    guard let (offset, _) = damage.flipped(in: clean) else { return try write(whole: clean) }
    try write([clean[offset]], at: offset)
  }

  /// Makes it what it was, whatever has happened to it since.
  func mend() throws {
    if try Data(contentsOf: path, options: .alwaysMapped) != clean { try write(whole: clean) }
  }

  private func write(whole bytes: Data) throws {
    try write(bytes, at: 0)
    try handle.truncate(atOffset: UInt64(bytes.count))
  }

  private func write(_ bytes: some DataProtocol, at offset: Int) throws {
    try handle.seek(toOffset: UInt64(offset))
    try handle.write(contentsOf: bytes)
  }
}
