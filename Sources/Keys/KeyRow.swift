// Why: what the store keeps of a person is a wrapped key, or the fact that there was one. docs/FORMAT.md has the bytes.

internal import Wire

/// What is known of a person's key.
public enum KeyState: Sendable {
  /// It is there.
  case known(SubjectKey)
  /// It was destroyed, as was asked for at this position.
  case erased(since: UInt64)
  /// There is a row of it, which is damaged: nobody can have the key from it.
  case damaged
  /// There is none, and never was as far as the store knows.
  case unknown
}

/// One row of the table of keys.
struct KeyRow: Sendable {
  enum State: UInt8 { case live = 1, erased = 2, damaged = 3 }
  var state: State
  /// Where the erasure was asked for; 0 unless it is erased.
  var since: UInt64
  /// The wrapped key; empty when it is erased. Of a damaged row, all that was left of it.
  var wrapped: [UInt8]

  init(wrapped: [UInt8]) {
    state = .live
    since = 0
    self.wrapped = wrapped
  }

  init(erasedSince position: UInt64) {
    state = .erased
    since = position
    wrapped = []
  }

  /// A row of which this is left. A new store keeps it, so that nothing is destroyed but what somebody asked for.
  init(damaged remains: [UInt8]) {
    state = .damaged
    since = 0
    wrapped = remains
  }

  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.head, let state = State(rawValue: bytes[0]),
      bytes[1..<8].allSatisfy({ $0 == 0 })
    else { return nil }
    self.state = state
    since = bytes[8..<16].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    wrapped = Array(bytes[Self.head...])
    guard (since == 0) == (state != .erased) else { return nil }
    switch state {
    case .live: if wrapped.count != SubjectKey.byteCount + AEAD.overhead { return nil }
    case .erased: if !wrapped.isEmpty { return nil }
    case .damaged: break
    }
  }

  /// Bytes before the wrapped key.
  private static let head = 16

  /// What may be the wrapped key, in a damaged row too; `nil` when there is none.
  var wrappedKey: [UInt8]? {
    switch state {
    case .live: wrapped
    case .erased: nil
    case .damaged: wrapped.count < Self.head ? nil : Array(wrapped[Self.head...])
    }
  }

  /// Of a damaged row in which only the checksum was changed: where the erasure was asked for, if it is an erased person's.
  var erasure: UInt64? {
    guard state == .damaged, let row = KeyRow(wrapped), row.state == .erased else { return nil }
    return row.since
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = [state.rawValue, 0, 0, 0, 0, 0, 0, 0]
    bytes.append(littleEndian: since)
    return bytes + wrapped
  }

  /// The key of a person's row.
  static func key(_ subject: DataSubject) -> [UInt8] {
    [subject.kind.rawValue] + Array(subject.code.text.utf8)
  }

  /// Whose row it is.
  static func subject(_ key: [UInt8]) -> DataSubject? {
    guard let first = key.first, let kind = DataSubject.Kind(rawValue: first),
      let text = String(validating: key.dropFirst(), as: UTF8.self), let code = try? Code(text)
    else { return nil }
    return DataSubject(kind, code)
  }
}
