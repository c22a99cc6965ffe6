// Why: the hashes of RFC 6962 and RFC 9162, so that public tools can verify what Diario proves. One place feeds
// bytes to the hash function.

internal import Crypto
internal import Wire

/// A SHA-256 value, kept as four words so that it costs no allocation.
public struct MerkleHash: Sendable, Hashable, BitwiseCopyable {
  /// The 32 bytes as four numbers, each with its lowest byte first.
  public let words: (UInt64, UInt64, UInt64, UInt64)

  /// Bytes of a hash.
  public static let byteCount = 32

  /// The hash that `bytes` are: 32.
  public init(bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount, "a hash has 32 bytes")
    self.init(bytes.raw)
  }

  /// The hash whose 32 bytes stand at `offset` of `span`.
  public init(_ span: RawSpan, at offset: Int = 0) {
    words = (
      span.load(offset, as: UInt64.self), span.load(offset + 8, as: UInt64.self),
      span.load(offset + 16, as: UInt64.self), span.load(offset + 24, as: UInt64.self)
    )
  }

  /// The hashes that `span` is made of, one after the other, as tiles and heads hold them.
  public static func list(in span: RawSpan) -> [MerkleHash] {
    stride(from: 0, to: span.byteCount, by: byteCount).map { MerkleHash(span, at: $0) }
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    append(to: &bytes)
    return bytes
  }

  /// Appends the 32 bytes to `bytes`.
  public func append(to bytes: inout [UInt8]) {
    bytes.append(littleEndian: words.0)
    bytes.append(littleEndian: words.1)
    bytes.append(littleEndian: words.2)
    bytes.append(littleEndian: words.3)
  }

  public static func == (a: MerkleHash, b: MerkleHash) -> Bool { a.words == b.words }
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension MerkleHash {
  /// The hash whose 64 hexadecimal digits are `text`; `nil` when they are none.
  public init?(hexadecimal text: String) {
    guard let bytes = Hexadecimal.bytes(text), bytes.count == Self.byteCount else { return nil }
    self.init(bytes: bytes)
  }
}

extension MerkleHash: CustomStringConvertible {
  /// 64 hexadecimal digits.
  public var description: String { Hexadecimal.text(bytes) }
}

extension MerkleHash {
  /// SHA-256 of `bytes`.
  public static func of(_ bytes: RawSpan) -> MerkleHash {
    var hasher = SHA256()
    unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    return MerkleHash(hasher.finalize())
  }

  /// The root of an empty tree: SHA-256 of nothing (RFC 6962 §2.1).
  public static let empty = MerkleHash(SHA256().finalize())

  /// The hash of a leaf: SHA-256(0x00 ‖ `record`).
  public static func leaf(_ record: RawSpan) -> MerkleHash { prefixed(0, record) }

  /// The hash of a node: SHA-256(0x01 ‖ `left` ‖ `right`).
  public static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
    let pair = (left.words, right.words)
    return unsafe withUnsafeBytes(of: pair) { unsafe prefixed(1, RawSpan(_unsafeBytes: $0)) }
  }

  private static func prefixed(_ prefix: UInt8, _ bytes: RawSpan) -> MerkleHash {
    var hasher = SHA256()
    // The buffers live for the duration of the call, which is all that `update` asks.
    unsafe withUnsafeBytes(of: prefix) { unsafe hasher.update(bufferPointer: $0) }
    unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    return MerkleHash(hasher.finalize())
  }

  private init(_ digest: SHA256Digest) {
    words = unsafe digest.withUnsafeBytes { bytes in
      unsafe (
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
      )
    }
  }
}
