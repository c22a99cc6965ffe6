// Why: what a long-lived writer remembers is bounded, and what is used again is worth more than what is merely newer.

/// A bounded dictionary that forgets what was not used for a while.
struct TwoGenerations<Key: Hashable, Value> {
  private var young: [Key: Value] = [:]
  private var old: [Key: Value] = [:]
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  subscript(key: Key) -> Value? {
    mutating get {
      if let value = young[key] { return value }
      guard let value = old.removeValue(forKey: key) else { return nil }
      self[key] = value
      return value
    }
    set {
      if young.count >= capacity {
        old = young
        young = [:]
      }
      young[key] = newValue
    }
  }

  /// Changes what is kept for `key`, if anything is, where it lies; it is forgotten when `body` answers false.
  mutating func update<Failure: Error>(
    _ key: Key, _ body: (inout Value) throws(Failure) -> Bool
  ) throws(Failure) {
    if let index = young.index(forKey: key) {
      if try !body(&young.values[index]) { young.remove(at: index) }
    } else if let index = old.index(forKey: key) {
      if try !body(&old.values[index]) { old.remove(at: index) }
    }
  }
}
