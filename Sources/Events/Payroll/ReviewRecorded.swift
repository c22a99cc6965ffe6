// Why: how somebody works is talked about once in a while; what was said is the employee's and is kept as personal.

public import Ledger
public import Wire

/// An employee's performance has been reviewed.
public struct ReviewRecorded: Event {
  /// Who was reviewed.
  public var employee = Code()
  /// Who of the employees reviewed.
  public var reviewer: Code?
  /// From 1 (poor) to 5 (excellent).
  public var rating: Int64?
  /// What was said; personal.
  public var text = ""
  /// When the next one is due.
  public var next: Day?

  public init() {}
  public static let kind = Kind(102, "review.recorded")
  public static let purpose = "An employee's performance has been reviewed."
  public mutating func fields(_ f: inout some FieldCoder) throws(WireError) {
    try f.field(1, "employee", &employee)
    try f.field(2, "reviewer", &reviewer)
    try f.field(3, "rating", &rating)
    try f.personal(4, "text", &text, of: .employee(employee))
    try f.field(5, "next", &next)
  }
  public static var example: ReviewRecorded {
    var event = ReviewRecorded()
    event.employee = "E-7"
    event.reviewer = "E-1"
    event.rating = 4
    event.text = "quick and exact; should learn the new shelves"
    event.next = "2027-03-01"
    return event
  }
}
