// Why: what reading promises: the same answers at any time, from any thread, whatever is being appended.

internal import Dispatch
internal import EventLog
internal import Events
internal import Ledger
internal import Proofs
internal import Synchronization
internal import Wire

extension EventLogConformance {
  static func emptiness(_ log: some LogUnderTest) throws {
    let identity = try log.opened { log in
      let head = try log.head()
      try require(head.size == 0, "\(head.size) records")
      try require(head.root == NaiveMerkleTree.root([]), "another root than that of nothing")
      try require(try log.root(at: 0) == head.root, "another root at 0")
      try require(try records(log, 1...(.max)).isEmpty, "shows records")
      try require(try log.record(at: 0) == nil && log.record(at: 1) == nil, "has a record")
      try require(try log.position(at: Instant(microseconds: .max)) == 0, "knows something")
      for kind in NameKind.allCases {
        try require(try log.count(of: kind) == 0, "has a \(kind)")
        try require(try log.name(kind, "A") == nil, "has a \(kind) called A")
        try require(try log.name(NameID(kind, 1)) == nil, "has \(kind) 1")
      }
      try require(try log.use(of: "A") == nil, "has used a key")
      return log.identity
    }
    try require(identity.count == 32 && identity.allSatisfy(\.isHexDigit), "identity \(identity)")
    try require(try log.opened { $0.identity } == identity, "another identity after a restart")
  }

  static func scans(_ log: some LogUnderTest) throws {
    let all = (1...1_000).map { SampleRecords.record($0, body: Int($0) % 97) }
    try log.opened { log in
      for start in stride(from: 0, to: 1_000, by: 125) {
        try log.append(
          SampleRecords.frame(Array(all[start..<start + 125])), expecting: Position(start))
      }
    }
    try log.opened { log in
      var numbers = SeededNumbers(seed: 6_962)
      for _ in 0..<200 {
        let first = Position.random(in: 0...1_010, using: &numbers)
        let last = Position.random(in: first...1_020, using: &numbers)
        let expected = all.filter { $0.position >= first && $0.position <= last }
        try require(try records(log, first...last) == expected, "scan of \(first)...\(last)")
        let wanted = Int.random(in: 1...5, using: &numbers)
        var shown: [Position] = []
        try log.scan(first...last) { (record) throws(LogError) in
          shown.append(record.position)
          return shown.count < wanted
        }
        try require(
          shown == expected.prefix(wanted).map(\.position), "\(first)...\(last) stopped early")
      }
      try require(try records(log, 990...(.max)).count == 11, "scan past the end")
      for moment: Int64 in [0, 1, 500, 1_000, 2_000] {
        let known = try log.position(at: Instant(microseconds: moment))
        try require(known == min(Position(moment), 1_000), "known at \(moment): \(known)")
      }
    }
  }

  static func names(_ log: some LogUnderTest) throws {
    var names: [KnownName] = []
    var all: [Recorded] = []
    for position: Position in 1...120 {
      var record = SampleRecords.record(position)
      for kind in [NameKind.customer, .product, .invoice] where position % 3 != kind.rawValue % 3 {
        let count = names.count { $0.id.is(kind) }
        // The same code for several kinds, and one of letters of many bytes.
        let code = Code(stringLiteral: position % 2 == 0 ? "N\(position)" : "Ñandú \(position) 東")
        let name = KnownName(id: NameID(kind, UInt32(count) + 1), code: code, since: position)
        names.append(name)
        record.introduced.append(Introduced(id: name.id, code: code))
      }
      all.append(record)
    }
    try log.opened { log in
      try log.append(SampleRecords.frame(Array(all[..<70])), expecting: 0)
      try log.append(SampleRecords.frame(Array(all[70...])), expecting: 70)
    }
    try log.opened { log in
      for name in names {
        try require(try log.name(name.id) == name, "by number: \(name)")
        let kind = name.id.kind ?? .books
        try require(try log.name(kind, name.code) == name, "by code: \(name)")
      }
      for kind in NameKind.allCases {
        let count = UInt32(names.count { $0.id.is(kind) })
        try require(try log.count(of: kind) == count, "count of \(kind)")
        try require(try log.name(NameID(kind, count + 1)) == nil, "a \(kind) too many")
      }
      try require(try log.name(.customer, "n2") == nil, "N2 is not n2")
    }
  }

  static func roots(_ log: some LogUnderTest) throws {
    var leaves: [MerkleHash] = []
    var numbers = SeededNumbers(seed: 9_162)
    while leaves.count < 600 {
      let size = Position(leaves.count)
      let frame = SampleRecords.frame(size + 1...size + .random(in: 1...70, using: &numbers))
      var offset = 0
      while offset < frame.bytes.count {
        let length = RecordView(in: frame.bytes.raw, at: offset)?.length ?? frame.bytes.count
        leaves.append(NaiveMerkleTree.leaf(Array(frame.bytes[offset..<offset + length])))
        offset += length
      }
      try log.opened { log in
        let head = try log.append(frame, expecting: size)
        try require(head.root == NaiveMerkleTree.root(leaves[...]), "root of \(head.size)")
      }
    }
    try log.opened { log in
      for size in 0...leaves.count {
        let root = try log.root(at: Position(size))
        try require(root == NaiveMerkleTree.root(leaves[..<size]), "earlier root of \(size)")
      }
    }
  }

  static func appenders(_ log: some LogUnderTest) throws {
    let wins = 100
    try log.opened { log in
      let failure = Mutex<String?>(nil)
      DispatchQueue.concurrentPerform(iterations: 4) { thread in
        do {
          var won = 0
          while won < wins / 4 {
            let size = try log.head().size
            var record = SampleRecords.record(size + 1)
            record.kind = UInt16(thread)
            do throws(LogError) {
              try log.append(SampleRecords.frame([record]), expecting: size)
              won += 1
            } catch {
              guard case .conflict(let actual) = error.code, actual > size else { throw error }
            }
          }
        } catch { failure.withLock { $0 = "\(error)" } }
      }
      if let failure = failure.withLock({ $0 }) { throw Nonconformance(description: failure) }
      let all = try records(log, 1...1_000)
      try require(all.map(\.position) == Array(1...Position(wins)), "lost or doubled records")
      for thread in 0..<4 {
        try require(all.count { $0.kind == thread } == wins / 4, "lost records of \(thread)")
      }
    }
  }

  static func readers(_ log: some LogUnderTest) throws {
    try log.opened { log in
      let failure = Mutex<String?>(nil)
      let isDone = Atomic(false)
      DispatchQueue.concurrentPerform(iterations: 3) { thread in
        do {
          if thread == 0 {
            defer { isDone.store(true, ordering: .releasing) }
            for start in stride(from: Position(0), to: 3_000, by: 30) {
              try log.append(SampleRecords.frame(start + 1...start + 30), expecting: start)
            }
            return
          }
          while !isDone.load(ordering: .acquiring) {
            let head = try log.head()
            try require(head.size % 30 == 0, "half a frame: \(head.size)")
            try require(try log.root(at: head.size) == head.root, "root at \(head.size)")
            if head.size == 0 { continue }
            var next: Position = 1
            try log.scan(1...head.size) { (record) throws(LogError) in
              guard record.position == next, record.at.microseconds == Int64(next) else {
                throw LogError(.damaged, "\(record.position), not \(next).", remedy: "")
              }
              next += 1
              return true
            }
            try require(next == head.size + 1, "\(next - 1) records of \(head.size)")
          }
        } catch { failure.withLock { $0 = $0 ?? "\(error)" } }
      }
      if let failure = failure.withLock({ $0 }) { throw Nonconformance(description: failure) }
      try require(try log.head().size == 3_000, "not all was appended")
    }
  }
}
