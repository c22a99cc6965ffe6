// Why: the log on LMDB and a naive one in memory keep the same promises.

internal import EventLog
internal import Support
internal import Testing

@Suite struct `Any event log` {
  @Test(arguments: EventLogConformance.allCases)
  func `on LMDB keeps the promise`(_ promise: EventLogConformance) throws {
    try promise.check(try StoredLog())
  }

  @Test(arguments: EventLogConformance.allCases)
  func `in memory keeps the promise`(_ promise: EventLogConformance) throws {
    try promise.check(RememberedLog())
  }
}

@Suite struct `Creating a log` {
  @Test func `goes on while it is empty, and is refused when it has events`() throws {
    let stored = try StoredLog()
    let identity = try LMDBLog(at: stored.path).identity
    try LMDBLog.create(at: stored.path, identity: Array(repeating: 9, count: 16))
    #expect(try LMDBLog(at: stored.path).identity == identity)
    try LMDBLog(at: stored.path).append(SampleRecords.frame(1...1), expecting: 0)
    let thrown = #expect(throws: LogError.self) {
      try LMDBLog.create(at: stored.path, identity: Array(repeating: 9, count: 16))
    }
    #expect(thrown?.code == .exists)
  }
}

/// A log on disk.
struct StoredLog: LogUnderTest {
  let directory: TemporaryDirectory
  var path: String { directory.path + "/log" }

  init() throws {
    directory = try TemporaryDirectory()
    try LMDBLog.create(at: path, identity: (0..<16).map { UInt8($0) })
  }

  func opened<Answer>(_ body: (any EventLog) throws -> Answer) throws -> Answer {
    try body(try LMDBLog(at: path))
  }
}

private struct RememberedLog: LogUnderTest {
  let log = MemoryLog()
  func opened<Answer>(_ body: (any EventLog) throws -> Answer) throws -> Answer { try body(log) }
}
