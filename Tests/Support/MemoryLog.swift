// Why: the contract of a log, kept in the plainest way: a list of records under one lock. It is the second
// implementation of the protocol, so the conformance suite cannot lean on how the first one happens to work.

public import EventLog
public import Events
public import Ledger
public import Proofs
internal import Synchronization
public import Wire

/// A log in memory; durable as long as it lives.
public final class MemoryLog: EventLog {
  public let identity: String
  private let contents = Mutex(Contents())

  /// An empty log.
  public init(identity: String = String(repeating: "0", count: 32)) { self.identity = identity }

  private struct Contents: Sendable {
    var records: [[UInt8]] = []
    var leaves: [MerkleHash] = []
    var at = Instant(microseconds: .min)
    var ids: [NameKind: [Code: NameID]] = [:]
    var names: [NameID: KnownName] = [:]
    var keys: [String: UsedKey] = [:]

    mutating func append(_ frame: Frame) throws(LogError) {
      var offset = 0
      while offset < frame.bytes.count {
        guard let view = RecordView(in: frame.bytes.raw, at: offset), let record = view.copy()
        else { throw invalid("is not laid out as a record") }
        guard record.position == Position(records.count) + 1 else { throw invalid("is elsewhere") }
        guard record.at > at else { throw invalid("is not later") }
        for name in record.introduced {
          guard let kind = name.id.kind, ids[kind]?[name.code] == nil,
            Int(name.id.sequence) == (ids[kind]?.count ?? 0) + 1
          else { throw invalid("brings \(name.code) out of turn") }
          ids[kind, default: [:]][name.code] = name.id
          names[name.id] = KnownName(id: name.id, code: name.code, since: record.position)
        }
        if !record.key.isEmpty {
          let used = UsedKey(position: record.position, digest: record.digest)
          guard keys.updateValue(used, forKey: record.key) == nil else {
            throw invalid("uses its key again")
          }
        }
        at = record.at
        let bytes = Array(frame.bytes[offset..<offset + view.length])
        records.append(bytes)
        leaves.append(NaiveMerkleTree.leaf(bytes))
        offset += view.length
      }
    }

    private func invalid(_ what: String) -> LogError {
      LogError(.invalidFrame, "Record \(records.count + 1) \(what).", remedy: "Lay it out anew.")
    }

    var head: LogHead {
      LogHead(size: Position(records.count), root: NaiveMerkleTree.root(leaves[...]), at: at)
    }
  }

  public func head() throws(LogError) -> LogHead { contents.withLock { $0.head } }

  public func append(_ frame: Frame, expecting size: Position) throws(LogError) -> LogHead {
    let outcome = contents.withLock { contents in
      Result { () throws(LogError) in
        let actual = Position(contents.records.count)
        guard actual == size else {
          throw LogError(.conflict(actual: actual), "Not \(size).", remedy: "Look again.")
        }
        var next = contents
        try next.append(frame)
        contents = next
        return next.head
      }
    }
    return try outcome.get()
  }

  public func scan<Failure: LogFailure>(
    _ range: ClosedRange<Position>, _ body: (borrowing RecordView) throws(Failure) -> Bool
  ) throws(Failure) {
    let records = contents.withLock { $0.records }
    var position = max(range.lowerBound, 1)
    while position <= range.upperBound, position <= Position(records.count) {
      let bytes = records[Int(position) - 1]
      guard let record = RecordView(in: bytes.raw, at: 0) else {
        preconditionFailure("the record was viewed when it was appended")
      }
      if try !body(record) { return }
      position += 1
    }
  }

  public func name(_ kind: NameKind, _ code: Code) throws(LogError) -> KnownName? {
    contents.withLock { contents in contents.ids[kind]?[code].flatMap { contents.names[$0] } }
  }
  public func name(_ id: NameID) throws(LogError) -> KnownName? {
    contents.withLock { $0.names[id] }
  }
  public func count(of kind: NameKind) throws(LogError) -> UInt32 {
    contents.withLock { UInt32($0.ids[kind]?.count ?? 0) }
  }
  public func use(of key: String) throws(LogError) -> UsedKey? {
    contents.withLock { $0.keys[key] }
  }
  public func root(at size: Position) throws(LogError) -> MerkleHash {
    contents.withLock { NaiveMerkleTree.root($0.leaves[..<Int(size)]) }
  }

  public func tile(_ level: Int, _ index: UInt64, width: Int) throws(LogError) -> [MerkleHash] {
    contents.withLock { contents in
      let span = 1 << (8 * level)
      let first = Int(index) * 256
      return (first..<first + width).map {
        NaiveMerkleTree.root(contents.leaves[$0 * span..<($0 + 1) * span])
      }
    }
  }
}
