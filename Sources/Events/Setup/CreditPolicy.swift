// Why: one company stops at a credit limit, another wants to see who is beyond it.

public import Wire

/// What happens to an order that takes a customer beyond the credit limit.
public enum CreditPolicy: String, Choice {
  /// The order is refused, unless somebody allows it.
  case refuse
  /// The order is recorded; the report `credit` lists the customer.
  case warn
  public init() { self = .refuse }
}
