// Why: everything above the log relies on what the protocol EventLog promises, whatever keeps the records. One suite
// says what that is, case by case; an implementation is one when it passes all of them.

internal import Dispatch
public import EventLog
internal import Events
internal import Ledger
internal import Synchronization
internal import Wire

/// A log to be tested: empty at first, and opened anew for each use, as after a restart.
public protocol LogUnderTest {
  /// Opens the log, lends it, and closes it.
  func opened<Answer>(_ body: (any EventLog) throws -> Answer) throws -> Answer
}

/// A promise that was not kept.
public struct Nonconformance: Error, CustomStringConvertible {
  /// What was found.
  public let description: String
}

/// What any log must do.
public enum EventLogConformance: String, Sendable, CaseIterable {
  case `an empty log holds nothing`
  case `what is appended is read back, also after a restart`
  case `another size than expected is a conflict that leaves nothing`
  case `positions have no gaps`
  case `moments rise`
  case `names come in turn`
  case `a key is used once`
  case `a frame is appended whole or not at all`
  case `big records are kept like small ones`
  case `a scan shows its range and stops early`
  case `names are found by code and by number`
  case `every size has the root of RFC 6962`
  case `of appenders that expect the same size one wins`
  case `readers see whole frames while others append`

  /// Tests this promise on a log that is empty.
  public func check(_ log: some LogUnderTest) throws {
    switch self {
    case .`an empty log holds nothing`: try Self.emptiness(log)
    case .`what is appended is read back, also after a restart`: try Self.reading(log)
    case .`another size than expected is a conflict that leaves nothing`: try Self.conflict(log)
    case .`positions have no gaps`: try Self.positions(log)
    case .`moments rise`: try Self.moments(log)
    case .`names come in turn`: try Self.namesInTurn(log)
    case .`a key is used once`: try Self.keys(log)
    case .`a frame is appended whole or not at all`: try Self.wholeFrames(log)
    case .`big records are kept like small ones`: try Self.bigRecords(log)
    case .`a scan shows its range and stops early`: try Self.scans(log)
    case .`names are found by code and by number`: try Self.names(log)
    case .`every size has the root of RFC 6962`: try Self.roots(log)
    case .`of appenders that expect the same size one wins`: try Self.appenders(log)
    case .`readers see whole frames while others append`: try Self.readers(log)
    }
  }
}

/// Complains unless `condition` holds.
func require(_ condition: Bool, _ what: @autoclosure () -> String) throws(Nonconformance) {
  if !condition { throw Nonconformance(description: what()) }
}

/// The records of `log` in `range`, copied.
func records(_ log: any EventLog, _ range: ClosedRange<Position>) throws -> [Recorded] {
  var records: [Recorded] = []
  try log.scan(range) { (record) throws(LogError) in
    guard let copy = record.copy() else {
      throw LogError(.damaged, "\(record.position) cannot be copied.", remedy: "Look at it.")
    }
    records.append(copy)
    return true
  }
  return records
}

/// Complains unless `log` refuses `frame` as invalid and stays as it is.
func requireInvalid(_ log: any EventLog, _ frame: Frame, _ what: String) throws {
  let before = try log.head()
  do throws(LogError) {
    try log.append(frame, expecting: before.size)
  } catch {
    try require(error.code == .invalidFrame, "\(what): \(error)")
    try require(try log.head() == before, "\(what): the head moved")
    let after = try records(log, before.size + 1...before.size + 100)
    try require(after.isEmpty, "\(what): records were left")
    return
  }
  throw Nonconformance(description: "\(what): was appended")
}
