// Why: a figure that cannot be asked for again cannot be audited; every table says which books, how much of the log and
// which command it comes from.

public import Ledger
public import Wire

extension Table {
  /// Where an answer comes from, so that anybody can ask for it again, byte for byte.
  public struct Provenance: Sendable, Hashable {
    /// The identity of the books.
    public var origin: String
    /// Whose books they are.
    public var books: String
    /// The first day of movements, where the report has any.
    public var from: Day?
    /// The last day counted; `nil` for no limit.
    public var asOf: Day?
    /// The last position counted: the size of the tree.
    public var size: UInt64
    /// When that event was recorded; `nil` for empty books.
    public var at: Instant?
    /// The Merkle root over the first `size` records.
    public var root: String
    /// The projections that were read, with their versions.
    public var projections: [String]
    /// The books' currency.
    public var currency: Code
    /// The command that gives the same answer.
    public var command: String

    /// A provenance.
    public init(
      origin: String, books: String, from: Day? = nil, asOf: Day?, size: UInt64, at: Instant?,
      root: String, projections: [String], currency: Code, command: String
    ) {
      self.origin = origin
      self.books = books
      self.from = from
      self.asOf = asOf
      self.size = size
      self.at = at
      self.root = root
      self.projections = projections
      self.currency = currency
      self.command = command
    }
  }
}
