// Why: what appending promises: all or nothing, in order, at the size that the caller has seen.

internal import EventLog
internal import Events
internal import Ledger
internal import Wire

extension EventLogConformance {
  static func reading(_ log: some LogUnderTest) throws {
    var all: [Recorded] = []
    for last: Position in [1, 2, 3, 8, 9, 400] {
      let new = (Position(all.count) + 1...last).map { SampleRecords.record($0) }
      try log.opened { log in
        let head = try log.append(SampleRecords.frame(new), expecting: Position(all.count))
        all += new
        try require(head.size == last && head.at == new.last?.at, "answered \(head)")
        try require(try log.head() == head, "the head is not what append answered")
        try require(try records(log, 1...last) == all, "not what was appended up to \(last)")
      }
      try log.opened { log in
        try require(try log.head().size == last, "another size after a restart")
        try require(try records(log, 1...last) == all, "other records after a restart")
      }
    }
    try log.opened { log in
      let head = try log.head()
      try require(try log.append(Frame(), expecting: 400) == head, "an empty frame is no change")
    }
  }

  static func conflict(_ log: some LogUnderTest) throws {
    try log.opened { log in
      try log.append(SampleRecords.frame(1...5), expecting: 0)
      let before = try log.head()
      for wrong: Position in [0, 4, 6, 1_000] {
        var record = SampleRecords.record(wrong + 1)
        record.at = Instant(microseconds: 99)
        record.key = "k"
        record.introduced = [Introduced(id: NameID(.user, 1), code: "ana")]
        var fault: LogError.Code?
        do throws(LogError) {
          try log.append(SampleRecords.frame([record]), expecting: wrong)
        } catch { fault = error.code }
        try require(
          fault == .conflict(actual: 5), "expecting \(wrong): \(fault, default: "nothing")")
        try require(try log.head() == before, "the head moved")
        try require(try log.use(of: "k") == nil, "a key was left")
        try require(try log.count(of: .user) == 0, "a name was left")
      }
      try log.append(SampleRecords.frame(6...6), expecting: 5)
    }
  }

  static func positions(_ log: some LogUnderTest) throws {
    try log.opened { log in
      try requireInvalid(log, SampleRecords.frame(0...0), "a record at 0")
      try requireInvalid(log, SampleRecords.frame(2...2), "a first record at 2")
      try log.append(SampleRecords.frame(1...3), expecting: 0)
      for wrong: Position in [3, 5, 1, .max] {
        var record = SampleRecords.record(4)
        record.position = wrong
        try requireInvalid(log, SampleRecords.frame([record]), "a record at \(wrong) behind 3")
      }
      let gap = [SampleRecords.record(4), SampleRecords.record(6)]
      try requireInvalid(log, SampleRecords.frame(gap), "a gap inside a frame")
    }
  }

  static func moments(_ log: some LogUnderTest) throws {
    try log.opened { log in
      try log.append(SampleRecords.frame(1...10), expecting: 0)
      for moment: Int64 in [10, 9, .min] {
        var record = SampleRecords.record(11)
        record.at = Instant(microseconds: moment)
        try requireInvalid(log, SampleRecords.frame([record]), "moment \(moment) after 10")
      }
      var second = SampleRecords.record(12)
      second.at = Instant(microseconds: 11)
      try requireInvalid(
        log, SampleRecords.frame([SampleRecords.record(11), second]), "equal moments in a frame")
    }
  }

  static func namesInTurn(_ log: some LogUnderTest) throws {
    func frame(_ position: Position, _ names: [Introduced]) -> Frame {
      var record = SampleRecords.record(position)
      record.introduced = names
      return SampleRecords.frame([record])
    }
    try log.opened { log in
      let first = Introduced(id: NameID(.product, 1), code: "A")
      try requireInvalid(
        log, frame(1, [Introduced(id: NameID(.product, 2), code: "A")]), "a second name first")
      try requireInvalid(
        log, frame(1, [first, Introduced(id: NameID(.product, 2), code: "A")]), "a code twice")
      try requireInvalid(
        log, frame(1, [Introduced(id: NameID(raw: 63 << 26 | 1), code: "A")]), "an unknown kind")
      try log.append(frame(1, [first]), expecting: 0)
      try requireInvalid(log, frame(2, [first]), "the same name again")
      try requireInvalid(
        log, frame(2, [Introduced(id: NameID(.product, 2), code: "A")]), "a code again")
      try requireInvalid(
        log, frame(2, [Introduced(id: NameID(.product, 3), code: "C")]), "a number left out")
      try require(try log.count(of: .product) == 1, "names were left")
    }
    try log.opened { log in
      let next = [
        Introduced(id: NameID(.product, 2), code: "B"),
        Introduced(id: NameID(.warehouse, 1), code: "A"),
        Introduced(id: NameID(.product, 3), code: "C"),
      ]
      try log.append(frame(2, next), expecting: 1)
      try require(try log.count(of: .product) == 3, "names are missing")
    }
  }

  static func keys(_ log: some LogUnderTest) throws {
    func record(_ position: Position, _ key: String) -> Recorded {
      var record = SampleRecords.record(position)
      record.key = key
      record.digest = ContentDigest(position, 7)
      return record
    }
    let longest = String(repeating: "k", count: 255)
    try log.opened { log in
      try log.append(
        SampleRecords.frame([record(1, "one"), SampleRecords.record(2), record(3, longest)]),
        expecting: 0)
      try requireInvalid(log, SampleRecords.frame([record(4, "one")]), "a key again")
      try requireInvalid(
        log, SampleRecords.frame([record(4, "new"), record(5, "new")]), "a key twice in a frame")
    }
    try log.opened { log in
      let first = UsedKey(position: 1, digest: ContentDigest(1, 7))
      try require(try log.use(of: "one") == first, "the key's first use is lost")
      try require(try log.use(of: longest)?.position == 3, "the longest key is lost")
      try require(try log.use(of: "new") == nil, "a refused frame left a key")
      try require(try log.use(of: "") == nil, "no key is no key")
      try log.append(SampleRecords.frame([record(4, "new")]), expecting: 3)
    }
  }

  static func wholeFrames(_ log: some LogUnderTest) throws {
    try log.opened { log in
      try log.append(SampleRecords.frame(1...50), expecting: 0)
      var new = (51...1_500).map { SampleRecords.record($0) }
      for index in new.indices {
        new[index].introduced = [
          Introduced(id: NameID(.order, UInt32(index) + 1), code: Code(stringLiteral: "O\(index)"))
        ]
        new[index].key = "k\(index)"
      }
      let good = new
      new[new.count - 1].position = 9
      try requireInvalid(log, SampleRecords.frame(new), "1,449 good records and a bad one")
      try require(try log.count(of: .order) == 0, "names were left")
      try require(try log.name(.order, "O7") == nil, "a name was left")
      try require(try log.use(of: "k7") == nil, "a key was left")
      let head = try log.append(SampleRecords.frame(good), expecting: 50)
      try require(head.size == 1_500, "the frame was not appended after it was put right")
      try require(try log.count(of: .order) == 1_450, "names are missing")
    }
  }

  static func bigRecords(_ log: some LogUnderTest) throws {
    let sizes = [16, 16_000, 16_200, 16_264, 16_272, 16_400, 20, 100_000, 1_000_000, 8, 70_000, 16]
    let all = sizes.enumerated().map { SampleRecords.record(Position($0 + 1), body: $1) }
    for record in all {
      try log.opened { log in
        _ = try log.append(SampleRecords.frame([record]), expecting: record.position - 1)
      }
    }
    let second = all.map { record in
      var record = record
      record.position += 12
      record.at = Instant(microseconds: Int64(record.position))
      return record
    }
    try log.opened { log in
      _ = try log.append(SampleRecords.frame(second), expecting: 12)
      try require(try records(log, 1...24) == all + second, "big records came back changed")
      for record in all + second {
        try require(try log.record(at: record.position) == record, "record \(record.position)")
      }
    }
  }
}
