// Why: a summary says nothing that the log does not say as well. Whoever asks passes a damaged one over, as if it had not been built; whoever
// builds on it or checks it must not, and reads the store itself.

internal import Events
internal import Summaries
internal import Synchronization
internal import Wire

/// The stored summaries but for those that are damaged.
final class ViewsReading: SummarySource, Sendable {
  private struct Place: Hashable {
    var namespace: String
    var range: SummaryRange
  }

  private let store: ViewsStore
  private let passedOver: @Sendable (BooksError) -> Void
  /// The summaries that are passed over.
  private let aside = Mutex<Set<Place>>([])
  /// What was told.
  private let told = Mutex<Set<String>>([])

  init(_ store: ViewsStore, _ passedOver: @escaping @Sendable (BooksError) -> Void) {
    self.store = store
    self.passedOver = passedOver
  }

  /// Answers a question from the summaries. It is asked anew whenever it has met one that is passed over from then on: what it had taken
  /// from the whole parts of that one would count twice.
  func answer<R>(
    _ question: (ViewsReading) throws(SummaryError) -> R
  ) throws(SummaryError) -> R {
    while true {
      let known = aside.withLock { $0.count }
      do throws(SummaryError) { return try question(self) } catch {
        if aside.withLock({ $0.count }) == known { throw error }
      }
    }
  }

  func get<Answer>(
    _ namespace: String, _ range: SummaryRange, part: Int,
    _ body: (RawSpan) throws(SummaryError) -> Answer
  ) throws(SummaryError) -> Answer? {
    let place = Place(namespace: namespace, range: range)
    if aside.withLock({ $0.contains(place) }) { return nil }
    var isRead = false
    do throws(SummaryError) {
      let answer = try store.get(namespace, range, part: part) { (bytes) throws(SummaryError) in
        isRead = true
        return try body(bytes)
      }
      // Whoever asks for another part has read in the first one that it is there. Others may have deleted it since.
      if answer == nil, part > 0 { pass(over: place) }
      return answer
    } catch {
      guard error.code == .damaged else { throw error }
      pass(over: place)
      tell(error)
      // Nothing was taken from it yet, so the question need not be asked anew.
      if part == 0, !isRead { return nil }
      throw error
    }
  }

  private func pass(over place: Place) { _ = aside.withLock { $0.insert(place) } }

  /// Tells of damage, unless the same was told before.
  func tell(_ error: SummaryError) {
    let error = BooksError(error)
    if told.withLock({ $0.insert(error.message).inserted }) { passedOver(error) }
  }

  /// Asks the summaries of name spaces again, which are built anew.
  func askAgain(_ namespaces: [String]) {
    aside.withLock { aside in aside = aside.filter { !namespaces.contains($0.namespace) } }
  }
}
