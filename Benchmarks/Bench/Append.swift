// Why: how many ready events a second reach stable storage, with tree and names, in batches.

import ArgumentParser
import EventLog
import Events
import Glibc

struct Append: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Durable append of ready events, with Merkle tree and names.")
  @Option var events = 1_000_000
  @Option var batch = 8_192
  @Option var runs = 3
  @Option(help: "Where the log is written; it is replaced.") var directory = "bench-log"
  @Flag(help: "Keep the last log, for the other benchmarks.") var keep = false

  func run() throws {
    var rates: [Double] = []
    for _ in 0..<runs {
      unsafe system("rm -rf '\(directory)'")
      try LMDBLog.create(at: directory, identity: [UInt8](repeating: 7, count: 16))
      let log = try LMDBLog(at: directory)
      var workload = Workload(events)
      var position: Position = 1
      var spent = 0.0
      while workload.made < events {
        var frame = Frame()
        for _ in 0..<min(batch, events - workload.made) {
          workload.next(position, &frame)
          position += 1
        }
        let start = seconds()
        try log.append(frame, expecting: position - 1 - Position(frame.count))
        spent += seconds() - start
      }
      rates.append(Double(events) / spent)
    }
    report(
      "append: \(events) events, batches of \(batch): \(Int(median(rates))) events/s "
        + "(median of \(runs); \(Int(rates.min() ?? 0))–\(Int(rates.max() ?? 0)))",
      target: "≥ 600,000/s", isMet: median(rates) >= 600_000)
    if !keep { unsafe system("rm -rf '\(directory)'") }
  }
}
