// Why: a checkpoint that somebody else has seen cannot be taken back. A witness says so with a cosignature (C2SP tlog-cosignature):
// "at this moment, this was the largest checkpoint of this log that I knew, and it was consistent with all before".

internal import Wire

/// The signatures of witnesses.
public enum Cosignature {
  /// What a witness signs.
  private static func message(_ body: String, _ seconds: UInt64) -> [UInt8] {
    Array("cosignature/v1\ntime \(seconds)\n\(body)".utf8)
  }

  /// Adds the signature of the witness `key` to `note`, in place of an earlier one of the same key.
  /// - Parameters:
  ///   - note: the note of which the witness knows the history.
  ///   - key: the witness's secret key.
  ///   - seconds: the moment, in seconds since 1970.
  public static func add(
    to note: SignedNote, _ key: SigningKey, at seconds: UInt64
  ) throws(ProofError) -> SignedNote {
    let signature = try key.signature(
      of: message(note.body, seconds), before: seconds.bigEndianBytes)
    var note = note
    note.signatures.removeAll {
      $0.keyID == signature.keyID && $0.name.isExactly(signature.name)
    }
    note.signatures.append(signature)
    return note
  }

  static func isValid(_ bytes: [UInt8], of key: VerificationKey, for body: String) -> Bool {
    guard bytes.count == 72 else { return false }
    let seconds = UInt64(bigEndianBytes: bytes[0..<8])
    return key.isValid(Array(bytes[8...]), for: message(body, seconds))
  }
}
