// Why: a long-lived writer keeps the documents that it touches in memory, loaded on first use and advanced with each
// event. The cache is bounded: what has not been used for a while is dropped and would be loaded again.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// Documents of one type by name, in two generations: when the young one is full it becomes the old one, and what
/// is used again moves back. What was not used for a whole generation is gone.
struct DocumentTable<D: Document> {
  private var young: [NameID: D] = [:]
  private var old: [NameID: D] = [:]
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  mutating func find(_ id: NameID) -> D? {
    if let document = young[id] { return document }
    guard let document = old.removeValue(forKey: id) else { return nil }
    keep(document, for: id)
    return document
  }

  mutating func keep(_ document: D, for id: NameID) {
    if young.count >= capacity {
      old = young
      young = [:]
    }
    young[id] = document
  }

  mutating func advance(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    // Evolving in place, without a copy of the document.
    if let index = young.index(forKey: id) {
      try young.values[index].evolve(event, id, chart)
      if young.values[index].mustReload { young.remove(at: index) }
    } else if let index = old.index(forKey: id) {
      try old.values[index].evolve(event, id, chart)
      if old.values[index].mustReload { old.remove(at: index) }
    }
  }
}

/// The tables of all types of documents.
struct DocumentCache {
  private final class Box<D: Document>: AnyBox {
    var table: DocumentTable<D>
    init(capacity: Int) { table = DocumentTable(capacity: capacity) }
    override func advance(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
      try table.advance(event, id, chart)
    }
  }
  private class AnyBox {
    /// The kinds of names that have a document here: one bit each.
    var kinds: UInt64 = 0
    func advance(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {}
  }
  private var boxes: [ObjectIdentifier: AnyBox] = [:]
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  mutating func find<D: Document>(_ type: D.Type, _ id: NameID) -> D? { box(type).table.find(id) }

  mutating func keep<D: Document>(_ document: D, _ id: NameID) {
    let box = box(D.self)
    box.kinds |= 1 << UInt64(id.raw >> 26)
    box.table.keep(document, for: id)
  }

  /// Takes one more event into account in every document that it is about.
  func advance(
    _ event: Recorded, _ names: Set<NameID>, _ chart: Chart
  ) throws(WireError) {
    for box in boxes.values {
      for id in names where box.kinds >> UInt64(id.raw >> 26) & 1 == 1 {
        try box.advance(event, id, chart)
      }
    }
  }

  private mutating func box<D: Document>(_ type: D.Type) -> Box<D> {
    let key = ObjectIdentifier(type)
    if let box = boxes[key] as? Box<D> { return box }
    let box = Box<D>(capacity: capacity)
    boxes[key] = box
    return box
  }
}
