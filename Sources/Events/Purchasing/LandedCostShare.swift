// Why: freight goes by weight, duty by value, handling by the piece.

public import Wire

/// By what a landed cost is shared among the goods.
public enum LandedCostShare: String, Choice {
  /// By what the goods were worth when they came.
  case value
  /// By their quantity, each in its own unit.
  case quantity
  /// By their weight.
  case weight
  public init() { self = .value }
}
