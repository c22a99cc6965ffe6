// Why: bodies are Protocol Buffers wire format (protobuf.dev, "Encoding"), so that any program can read
// them through the printed .proto. Written canonically: rising field numbers, absent fields left out,
// shortest varints. The same value always gives the same bytes, because the bytes are hashed.

/// Writes fields in Protocol Buffers wire format.
public struct BinaryWriter: FieldCoder, Sendable {
  /// What has been written so far.
  @inlinable public var bytes: [UInt8] { storage }
  @usableFromInline var storage: [UInt8] = []

  /// An empty writer.
  @inlinable public init() { storage.reserveCapacity(128) }

  /// The canonical bytes of `value`.
  @inlinable
  public static func bytes<Value: Fields>(of value: Value) throws(WireError) -> [UInt8] {
    var writer = BinaryWriter()
    var value = value
    try value.walk(&writer)
    return writer.storage
  }

  /// Writes one field.
  @inlinable public mutating func field<Value: FieldValue>(
    _ number: Int, _ name: StaticString, _ value: inout Value
  ) throws(WireError) {
    if !value.isAbsent { value.write(number, to: &self) }
  }

  /// Writes an unsigned LEB128 varint.
  @inlinable public mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      storage.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    storage.append(UInt8(truncatingIfNeeded: value))
  }

  /// Writes a field's tag.
  @inlinable public mutating func tag(_ number: Int, _ type: WireType) {
    varint(UInt64(number) << 3 | UInt64(type.rawValue))
  }

  /// Writes a whole number as a zigzag varint (`sint64`), leaving zero out.
  @inlinable public mutating func integer(_ number: Int, _ value: Int64) {
    if value != 0 { given(number, value) }
  }

  /// Writes a whole number as a zigzag varint (`sint64`), zero too.
  @inlinable public mutating func given(_ number: Int, _ value: Int64) {
    tag(number, .varint)
    varint(UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  /// Writes yes or no as a varint of 1 or 0 (`bool`).
  @inlinable public mutating func given(_ number: Int, _ value: Bool) {
    tag(number, .varint)
    varint(value ? 1 : 0)
  }

  /// Writes text, leaving an empty one out.
  @inlinable public mutating func text(_ number: Int, _ value: String) {
    if !value.isEmpty { given(number, value) }
  }

  /// Writes text, an empty one too.
  @inlinable public mutating func given(_ number: Int, _ value: String) {
    tag(number, .lengthDelimited)
    varint(UInt64(value.utf8.count))
    storage.append(utf8: value)
  }

  /// Writes bytes (`bytes`).
  mutating func given(_ number: Int, bytes: [UInt8]) {
    tag(number, .lengthDelimited)
    varint(UInt64(bytes.count))
    storage += bytes
  }

  /// Writes a nested message; `body` writes its fields.
  @inlinable public mutating func message(_ number: Int, _ body: (inout BinaryWriter) -> Void) {
    tag(number, .lengthDelimited)
    let start = storage.count
    storage.append(0)
    body(&self)
    let count = storage.count - start - 1
    if count < 0x80 {
      storage[start] = UInt8(count)
    } else {
      // The length needs more than the one byte kept for it: make room for the rest.
      var rest: [UInt8] = []
      var left = count >> 7
      while left > 0 {
        rest.append(UInt8(truncatingIfNeeded: left & 0x7f) | (left >= 0x80 ? 0x80 : 0))
        left >>= 7
      }
      storage[start] = UInt8(truncatingIfNeeded: count) | 0x80
      storage.insert(contentsOf: rest, at: start + 1)
    }
  }
}

/// The wire types of Protocol Buffers.
@frozen public enum WireType: UInt8, Sendable {
  /// A varint.
  case varint = 0
  /// Eight bytes.
  case fixed64 = 1
  /// A length and as many bytes.
  case lengthDelimited = 2
  /// Four bytes.
  case fixed32 = 5
}
