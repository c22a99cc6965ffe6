// Why: proofs come from strangers. What is wrong with one is said in a sentence, with what to do about it.

/// Why a proof, a checkpoint or a key is not accepted.
public struct ProofError: Error, Sendable, Hashable {
  /// The kind of fault: switch on this.
  public enum Code: Sendable, Hashable {
    /// The text is not laid out as it should be.
    case malformed
    /// No signature of the expected key is there, or it does not fit.
    case signature
    /// The hashes do not lead to the root that was signed.
    case mismatch
  }
  /// What kind of fault it is.
  public let code: Code
  /// What is wrong, in a sentence.
  public let message: String
  /// What would help, in a sentence.
  public let remedy: String

  /// An error.
  public init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  static func malformed(_ message: String) -> ProofError {
    ProofError(.malformed, message, remedy: "Ask for the file again; it may have been cut.")
  }
}

extension ProofError: CustomStringConvertible {
  /// One line: what and remedy.
  public var description: String { "\(message) \(remedy)" }
}
