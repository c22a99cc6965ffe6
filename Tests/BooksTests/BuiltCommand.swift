// Why: some promises are about several processes, and about one that is killed.

import Foundation

/// The program `diario`, as it was built beside the tests.
enum BuiltCommand {
  static let url = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "diario")

  /// Starts the program, with `input` as its standard input.
  static func start(_ arguments: [String], input: String = "") throws -> Process {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try pipe.fileHandleForWriting.close()
    return process
  }

  /// Runs the program to its end; its exit code.
  static func run(_ arguments: [String], input: String = "") throws -> Int32 {
    let process = try start(arguments, input: input)
    process.waitUntilExit()
    return process.terminationStatus
  }
}
