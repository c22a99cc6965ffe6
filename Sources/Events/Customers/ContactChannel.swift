// Why: a few words for the ways in which people talk, so that reports can count them.

public import Wire

/// By which way the company and a customer talk.
public enum ContactChannel: String, Choice {
  case phone, email, visit, chat, letter, message
  public init() { self = .phone }
}
