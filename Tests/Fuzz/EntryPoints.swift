// Why: libFuzzer reads the command's arguments itself, and then calls a function for each input.

import Foundation
import FuzzCounters

private let chosen: any Target.Type = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = targets.first(where: { $0.name == name }) else {
    fatalError("FUZZ_TARGET is one of: \(targets.map { $0.name }.joined(separator: ", "))")
  }
  return target
}()
private let sabotage: Sabotage =
  ProcessInfo.processInfo.environment["FUZZ_SABOTAGE"] == nil ? .none : .faulty

/// libFuzzer's own `main`, as a function (compiler-rt, lib/fuzzer/FuzzerInterface.h).
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ input: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
enum EntryPoint {
  /// Searches; or, with FUZZ_SEEDS=DIRECTORY, writes the seeds there, one file each, and that is all.
  static func main() throws {
    if let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"] {
      return try writeSeeds(folder)
    }
    let seeds = try chosen.seeds()
    // To make them up is nothing that the door does.
    counters_clear()
    for seed in seeds {
      chosen.check(seed, with: .none)
      counters_carry_over()
    }
    var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
    exit(
      runDriver(&count, &arguments) { start, count in
        chosen.check(Array(UnsafeBufferPointer(start: start, count: count)), with: sabotage)
        counters_carry_over()
        return 0
      })
  }

  private static func writeSeeds(_ folder: String) throws {
    for target in targets {
      let place = URL(filePath: folder).appending(path: target.name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for (number, seed) in try target.seeds().enumerated() {
        target.check(seed, with: .none)
        try Data(seed).write(to: place.appending(path: "seed-\(number)"))
      }
      print(target.name)
    }
  }
}
