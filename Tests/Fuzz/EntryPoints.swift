// Why: libFuzzer brings its own `main` and calls these two functions by name.

import Foundation

private let chosen: any Target.Type = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = targets.first(where: { $0.name == name }) else {
    fatalError("FUZZ_TARGET is one of: \(targets.map { $0.name }.joined(separator: ", "))")
  }
  return target
}()
private let sabotage: Sabotage =
  ProcessInfo.processInfo.environment["FUZZ_SABOTAGE"] == nil ? .none : .faulty

/// Called once. With FUZZ_SEEDS=DIRECTORY the seeds are written there, one file each, and that is all.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  guard let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"] else { return 0 }
  do {
    for target in targets {
      let place = URL(filePath: folder).appending(path: target.name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for (number, seed) in try target.seeds().enumerated() {
        target.check(seed, with: .none)
        try Data(seed).write(to: place.appending(path: "seed-\(number)"))
      }
      print(target.name)
    }
  } catch { fatalError("the seeds cannot be written: \(error)") }
  exit(0)
}

/// Called for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosen.check(Array(UnsafeBufferPointer(start: start, count: count)), with: sabotage)
  return 0
}
