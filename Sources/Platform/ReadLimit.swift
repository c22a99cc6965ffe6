// Why: a file that is read whole may be anything: a disk image named by mistake, a stream without an end, what a stranger sent. What is
// larger than such a file can be is refused before it fills the memory.

/// The most bytes that a file of some kind may have.
public struct ReadLimit: Sendable {
  /// How many bytes.
  public let bytes: Int
  /// What the file is: `a proof`.
  public let kind: String

  /// At most `bytes` bytes for `kind`, such as `a proof`.
  public init(_ bytes: Int, of kind: String) {
    self.bytes = bytes
    self.kind = kind
  }
}
