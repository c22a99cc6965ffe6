// Why: which ticket comes first is said in one word.

public import Wire

/// How urgent a ticket is.
public enum TicketPriority: String, Choice {
  case low, normal, high, urgent
  public init() { self = .normal }
}
