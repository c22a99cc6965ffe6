// Why: summaries know neither the store nor the log; where the three meet, their errors become one another.

public import EventLog
public import LMDB
public import Summaries

extension SummaryError: StoreFailure {
  /// A failure of the store of the summaries.
  public init(store: StoreError) {
    let (message, remedy) = store.ofViews
    self.init(store.code.isDamage ? .damaged : .source, message, remedy: remedy)
  }
}

extension SummaryError {
  /// A failure of the log below a summary.
  public init(log: LogError) {
    self.init(.source, log.message, remedy: log.remedy)
  }

  /// A failure of the books below a look.
  init(books error: BooksError) {
    self.init(.source, error.message, remedy: error.remedy)
  }
}

extension BooksError {
  /// The summaries' error, as the books'.
  init(_ error: SummaryError) {
    self.init(
      error.code == .damaged ? .damaged : .system, error.message, remedy: error.remedy)
  }
}

/// Runs `body`, turning the summaries' error into the books'.
func summing<R>(_ body: () throws(SummaryError) -> R) throws(BooksError) -> R {
  do throws(SummaryError) { return try body() } catch { throw BooksError(error) }
}
