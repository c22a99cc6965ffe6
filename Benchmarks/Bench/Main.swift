// Why: the figures that the documentation quotes come from here: `make bench`.

import ArgumentParser

@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diario-bench",
    abstract: "Measures the engine on the peers' common workload.",
    subcommands: [
      Append.self, Single.self, Replay.self, VerifyLog.self, AsOf.self, ReportTimes.self,
      Memory.self,
    ])
}
