// Why: a long-lived writer keeps the documents that it touches in memory, loaded on first use and advanced with each
// event. The cache is bounded: what has not been used for a while is dropped and would be loaded again.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// The tables of all types of documents.
struct DocumentCache {
  private final class Box<D: Document>: AnyBox {
    var table: TwoGenerations<NameID, D>
    init(capacity: Int) { table = TwoGenerations(capacity: capacity) }
    override func advance(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
      try table.update(id) { (document) throws(WireError) in
        try document.evolve(event, id, chart)
        return !document.mustReload
      }
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

  mutating func find<D: Document>(_ type: D.Type, _ id: NameID) -> D? { box(type).table[id] }

  mutating func keep<D: Document>(_ document: D, _ id: NameID) {
    let box = box(D.self)
    box.kinds |= 1 << UInt64(id.raw >> 26)
    box.table[id] = document
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
