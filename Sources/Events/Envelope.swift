// Why: the envelope's fields, like an event's, are named once: for reading, for writing and for the schema.

internal import Ledger
internal import Wire

/// What a line of JSON says around an event's own fields.
struct Envelope: Fields {
  var on = Day()
  var at: Instant?
  var key: String?
  var by: Code?
  var because: Int64?
  var condition: Condition?

  init() {}

  mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "on", &on)
    try f.field(2, "at", &at)
    try f.field(3, "key", &key)
    try f.field(4, "by", &by)
    try f.field(5, "because", &because)
    try f.field(6, "if", &condition)
  }

  /// Refuses what no envelope may say.
  func check() throws(WireError) {
    if let key { try Proposal.check(key: key) }
    if let because, because < 1 {
      throw WireError(
        .invalidValue, "is not a position.", remedy: "Positions begin at 1.", path: "because")
    }
    if let condition, condition.unchangedSince < 0 {
      throw WireError(
        .invalidValue, "is not a position.",
        remedy: "Give the position up to which you have read; 0 is before everything.",
        path: "if.unchangedSince")
    }
  }
}
