// Why: each history of books signs under an origin of its own: the name of the key, then name/2, name/3 and so on. A name may itself end in
// a number, so an origin says which history it is of only beside the name.

internal import Wire

/// The origin of one incarnation of a log.
public struct LogOrigin: Sendable, Hashable {
  /// The name of the key, which is the origin of the first incarnation.
  public let name: String
  /// Which history it is, from 1.
  public let incarnation: Int

  /// The origin of the history number `incarnation`, from 1, of the log `name`.
  public init(name: String, incarnation: Int) {
    self.name = name
    self.incarnation = incarnation
  }

  /// The origin that `text` is, of the log `name`; `nil` when it is another log's.
  public init?(_ text: String, of name: String) {
    if text.isExactly(name) {
      self.init(name: name, incarnation: 1)
      return
    }
    let prefix = (name + "/").utf8
    guard text.utf8.starts(with: prefix),
      let number = Checkpoint.number(Array(text.utf8).dropFirst(prefix.count)), number >= 2,
      let incarnation = Int(exactly: number)
    else { return nil }
    self.init(name: name, incarnation: incarnation)
  }

  /// The origin as checkpoints have it.
  public var text: String { incarnation == 1 ? name : "\(name)/\(incarnation)" }
}
