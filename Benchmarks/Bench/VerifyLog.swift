// Why: books that take an hour to verify are verified once a year. How fast everything is checked, and how soon a quick look answers,
// are figures worth keeping.

import ArgumentParser
import EventLog
import Events
import Glibc

struct VerifyLog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verifies a log in full and quickly (made by `append --keep`).")
  @Option var runs = 3
  @Option var directory = "bench-log"

  func run() throws {
    var rates: [Double] = []
    var quick: [Double] = []
    var size: Position = 0
    for _ in 0..<runs {
      let start = seconds()
      // From opening to closing, as a command does it.
      let answer = try LMDBLog(at: directory, readOnly: true).verify()
      guard answer.isSound else { throw ValidationError("\(answer.faults)") }
      size = answer.records
      rates.append(Double(size) / (seconds() - start))
    }
    for _ in 0..<runs * 7 {
      let start = seconds()
      let answer = try LMDBLog(at: directory, readOnly: true).verify(isQuick: true)
      guard answer.isSound else { throw ValidationError("\(answer.faults)") }
      quick.append((seconds() - start) * 1_000)
    }
    print(
      "verify: \(size) events in full: \(short(median(rates) / 1e6)) M events/s (median of \(runs)); "
        + "--quick: \(short(median(quick))) ms, at most \(short(quick.max() ?? 0)) ms")
  }
}
