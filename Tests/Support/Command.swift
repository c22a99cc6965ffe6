// Why: other programs judge our figures: hledger, SQLite by way of Python.

public import Foundation

/// Runs other programs.
public enum Command {
  /// A program that ended with another exit code than 0.
  public struct Failed: Error {
    /// The exit code.
    public var status: Int32
  }

  /// What `program` prints to standard output.
  /// - Throws: ``Failed`` when it ends with another exit code than 0.
  public static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
    return String(decoding: data, as: UTF8.self)
  }
}

/// Comma-separated values without quotes.
public enum CSV {
  /// The rows of a file, each by column name.
  public static func rows(of file: URL) throws -> [[String: String]] {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    guard let first = lines.first else { return [] }
    let columns = first.split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      Dictionary(
        uniqueKeysWithValues: zip(
          columns, line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)))
    }
  }
}
