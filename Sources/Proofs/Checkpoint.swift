// Why: one line of size and one of root say everything about a log: whoever holds them can prove later that it was rewritten.

internal import Wire

/// How a log stood (C2SP tlog-checkpoint): its origin, its size and its root.
public struct Checkpoint: Sendable, Hashable {
  /// Which log it is: a name that is used once in the world.
  public var origin: String
  /// How many leaves it has.
  public var size: UInt64
  /// The root over them.
  public var root: MerkleHash
  /// Further lines, which Diario does not write.
  public var extensions: [String] = []

  /// A checkpoint of the log `origin`.
  public init(origin: String, size: UInt64, root: MerkleHash) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// The body of the note.
  public var body: String {
    ([origin, "\(size)", root.base64] + extensions).map { $0 + "\n" }.joined()
  }

  /// The checkpoint that the body of `note` is. It says nothing about who signed it.
  public init(_ note: SignedNote) throws(ProofError) { try self.init(parsing: note.body) }

  /// The checkpoint that `body` is.
  public init(parsing body: String) throws(ProofError) {
    let parts = Array(body.utf8)[...].between(UInt8(ascii: "\n"), most: 4)
    guard parts.count == 4, !parts[0].isEmpty, let size = Self.number(parts[1]),
      let root = MerkleHash(base64: parts[2]),
      case let rest = parts[3].between(UInt8(ascii: "\n")),
      rest.last?.isEmpty == true, rest.dropLast().allSatisfy({ !$0.isEmpty })
    else {
      throw .malformed("A checkpoint is an origin, a size and a root in base64, each on its line.")
    }
    self.init(origin: String(decoding: parts[0], as: UTF8.self), size: size, root: root)
    extensions = rest.dropLast().map { String(decoding: $0, as: UTF8.self) }
    guard size > 0 || root == .empty else {
      throw .malformed("A checkpoint of no events has the root of nothing.")
    }
  }

  /// The number that `digits` are in its one decimal spelling.
  static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    let text = String(decoding: digits, as: UTF8.self)
    guard let number = UInt64(text), String(number) == text else { return nil }
    return number
  }
}
