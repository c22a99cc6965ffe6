// Why: an entry never changes; its mirror image, dated on its own, takes it back.

public import Wire

/// An entry has been taken back by its mirror image.
public struct JournalReversed: Event {
  /// The reversing entry's code.
  public var entry = Code()
  /// The entry that it takes back.
  public var reverses = Code()
  /// Why.
  public var text: String?

  public init() {}
  public static let kind = Kind(113, "journal.reversed")
  public static let purpose = "An entry has been taken back by its mirror image."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "entry", &entry)
    try f.field(2, "reverses", &reverses)
    try f.field(3, "text", &text)
  }
  public static var example: JournalReversed {
    var event = JournalReversed()
    event.entry = "J-2"
    event.reverses = "J-1"
    event.text = "paid by the landlord's error"
    return event
  }
}
