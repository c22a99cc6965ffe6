// Why: a retry must be told from another event under the same key, without keeping what was proposed. What is personal must
// not leave a fingerprint that outlives its erasure, so its digest is made with the person's key.

internal import EventLog
internal import Events
internal import Keys
internal import Ledger
internal import Proofs
internal import Wire

extension Proposal {
  /// 16 bytes of the SHA-256 over what is proposed: kind, day, cause, author and fields.
  func digest() throws(WireError) -> ContentDigest {
    let content = try content()
    return ContentDigest(MerkleHash.of(content.raw))
  }

  /// 16 bytes of the HMAC-SHA-256, by the key of the person it is about, over the same.
  func digest(_ key: SubjectKey) throws(WireError) -> ContentDigest {
    let code = key.digest(of: try content())
    let bytes = code.raw
    return ContentDigest(bytes.load(0, as: UInt64.self), bytes.load(8, as: UInt64.self))
  }

  private func content() throws(WireError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: type(of: event).kind.number)
    bytes.append(littleEndian: on.number)
    bytes.append(littleEndian: because ?? 0)
    bytes += Array((by?.text ?? "").utf8) + [0]
    return bytes + (try event.encoded())
  }
}

extension Event {
  /// The event's fields in wire format.
  fileprivate func encoded() throws(WireError) -> [UInt8] { try BinaryWriter.bytes(of: self) }
}
