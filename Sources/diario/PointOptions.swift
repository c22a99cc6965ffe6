// Why: every question about the books is asked at a point in time: what was true on a day, as known at a moment.

internal import ArgumentParser
internal import Books
internal import Ledger
internal import Wire

/// `--as-of` and `--known-at`.
struct PointOptions: ParsableArguments {
  @Option(help: "The last day that counts (2026-03-31); every day when absent.")
  var asOf: String?
  @Option(help: "What was known at a position (#812), on a day or at a moment; now when absent.")
  var knownAt: String?

  /// The books at that point.
  func look(_ books: Books) throws(Failure) -> BooksLook {
    try PointOptions.look(books, asOf: asOf, knownAt: knownAt)
  }

  /// The books at the point that these texts say.
  static func look(
    _ books: Books, asOf: String?, knownAt: String?
  ) throws(Failure) -> BooksLook {
    let day = try asOf.map { (text) throws(Failure) in try PointOptions.day(text, "--as-of") }
    return try withBooks { () throws(BooksError) in
      let known = try knownAt.map { (text) throws(BooksError) in try KnownAt(parsing: text) }
      return try books.look(asOf: day, knownAt: known ?? .now)
    }
  }

  /// The day that `text` says.
  static func day(_ text: String, _ option: String) throws(Failure) -> Day {
    do throws(WireError) { return try Day(text) } catch {
      throw Failure.usage("\(option): \(error.message) \(error.remedy)")
    }
  }
}
