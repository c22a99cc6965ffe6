// Why: what an issue of goods costs depends on the rule by which the product is valued.

public import Wire

/// How the goods that leave are valued.
public enum Costing: String, Choice {
  /// First in, first out: the oldest goods leave first, at what they cost.
  case fifo
  /// The moving weighted average of the goods on hand.
  case average
  /// A standard cost; differences from it are variances.
  case standard
  public init() { self = .fifo }
}
