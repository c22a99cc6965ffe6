// Why: a restored copy that is shorter than what was signed goes on with another history. Nobody may sign both under one name, so the
// operator says in the books themselves that a new history begins, and its checkpoints carry another origin.

public import Wire

/// The books go on from a restored or salvaged copy.
public struct IncarnationBegun: Event {
  /// Why: which copy, and what is missing from it.
  public var reason = ""
  /// How many events the last signed checkpoint of the old history has; absent when it is not known.
  public var signedSize: Int64?
  /// The root of that checkpoint, in base64.
  public var signedRoot = ""

  public init() {}
  public static let kind = Kind(215, "incarnation.begun")
  public static let purpose = "The books go on from a restored or salvaged copy."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "reason", &reason)
    try f.field(2, "signedSize", &signedSize)
    try f.field(3, "signedRoot", &signedRoot)
  }
  public static var example: IncarnationBegun {
    var event = IncarnationBegun()
    event.reason = "restored the backup of 2026-03-01 after the disk was lost"
    event.signedSize = 812
    event.signedRoot = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    return event
  }
}
