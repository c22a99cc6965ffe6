// Why: a row is known by its key, which is bytes; people know projections. What is said of a damaged summary names its projection, and
// what builds that again.

internal import LMDB

extension StoreError {
  /// What is said of this failure of the summaries' store, and what helps.
  var ofViews: (message: String, remedy: String) {
    guard code.isDamage else { return (message, remedy) }
    if code == .versionMismatch {
      return (
        message, "Nothing is lost: delete the directory of the summaries and run `diario rebuild`."
      )
    }
    guard let table else { return (message, "Nothing is lost: run `diario rebuild`.") }
    // In both tables the name space comes first: `accounts/1`.
    let namespace = String(decoding: key.prefix { $0 != 0 }, as: UTF8.self)
    let what =
      table == "coverage"
      ? "How far the summaries of \(namespace) go cannot be read: it is damaged."
      : "A summary of \(namespace) is damaged."
    return (what, "Nothing is lost: run `diario rebuild \(namespace.prefix { $0 != "/" })`.")
  }
}
