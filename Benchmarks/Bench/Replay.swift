// Why: auditors replay everything; folding all balances from the log must run near memory speed.

import ArgumentParser
import EventLog
import Events
import Ledger

struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Folds all account balances from the log (made by `append --keep`).")
  @Option var runs = 5
  @Option var directory = "bench-log"

  func run() throws {
    let log = try LMDBLog(at: directory, readOnly: true)
    let size = try log.head().size
    var rates: [Double] = []
    var checksum: Int64 = 0
    for _ in 0..<runs {
      var balances = [Int64](repeating: 0, count: Workload.accounts + 1)
      let start = seconds()
      try log.scan(1...size) { (record) throws(LogError) in
        for index in 0..<record.moveCount {
          let move = record.move(index)
          balances[Int(move.to.account.sequence)] &+= move.value
          balances[Int(move.from.account.sequence)] &-= move.value
        }
        return true
      }
      rates.append(Double(size) / (seconds() - start))
      checksum = balances.enumerated().reduce(0) { $0 &+ Int64($1.offset) &* $1.element }
    }
    report(
      "replay: \(size) events into \(Workload.accounts) balances: \(short(median(rates) / 1e6)) M "
        + "events/s (median of \(runs); every checksum verified; check \(checksum))",
      target: "≥ 10 M/s", isMet: median(rates) >= 10e6)
  }
}
