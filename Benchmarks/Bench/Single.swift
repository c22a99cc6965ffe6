// Why: one durable event at a time costs what two syncs of LMDB cost; the rest must be small beside them. Measured in
// turn with a plain put of the same size on the same disk.

import ArgumentParser
import EventLog
import Events
import Glibc
import LMDB
import Wire

struct Single: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One durable event a commit, against a plain LMDB put of the same size.")
  @Option var events = 2_000
  @Option var rounds = 7
  @Option(help: "Where both are written; they are replaced.") var directory = "bench-single"

  func run() throws {
    unsafe system("rm -rf '\(directory)'; mkdir -p '\(directory)'")
    try LMDBLog.create(at: "\(directory)/log", identity: [UInt8](repeating: 7, count: 16))
    let log = try LMDBLog(at: "\(directory)/log")
    let plain = try Environment(path: "\(directory)/plain", tables: ["t"], mode: .create)
    let table = try plain.table("t")
    var workload = Workload(events * rounds)
    var position: Position = 1
    var (ours, theirs, ratios): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<rounds {
      var frames: [Frame] = []
      for i in 0..<events {
        var frame = Frame()
        workload.next(position + Position(i), &frame)
        frames.append(frame)
      }
      var start = seconds()
      for frame in frames {
        try log.append(frame, expecting: position - 1)
        position += 1
      }
      ours.append(Double(events) / (seconds() - start))
      start = seconds()
      for (i, frame) in frames.enumerated() {
        let key = position - Position(events) + Position(i)
        let bytes = frame.bytes
        try plain.write { (txn) throws(StoreError) in
          try txn.put(key, bytes.raw, in: table, .append)
        }
      }
      theirs.append(Double(events) / (seconds() - start))
      ratios.append((ours.last ?? 0) / (theirs.last ?? 1))
    }
    report(
      "single: \(Int(median(ours))) events/s durable one by one; plain LMDB put "
        + "\(Int(median(theirs)))/s; ratio \(short(median(ratios))) "
        + "(\(short(ratios.min() ?? 0))–\(short(ratios.max() ?? 0)), \(rounds) pairs)",
      target: "≥ 0.8", isMet: median(ratios) >= 0.8)
    unsafe system("rm -rf '\(directory)'")
  }
}
