// The programs of Tests/Misuse must not compile, and each for the reason that it names. One of them, the control, must:
// otherwise a missing module would pass for a rejected misuse.

import Foundation
import Testing

@Suite struct MisuseTests {
  /// Where the programs are.
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Misuse")

  /// The programs, by file name.
  static let programs: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted()
  }()

  @Test func `there are programs, and a control among them`() {
    #expect(Self.programs.count >= 14)
    #expect(Self.programs.contains("control.swift"))
  }

  @Test(arguments: programs)
  func `a misuse does not compile, and says why`(program: String) throws {
    let file = Self.folder.appending(path: program)
    let line = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .first { $0.hasPrefix("// expected: ") }
    let expected = try #require(line).dropFirst("// expected: ".count)
    let (status, output) = try compile(file)
    if program == "control.swift" {
      #expect(status == 0 && !output.contains("error:"), "\(output)")
    } else {
      #expect(status != 0)
      let errors = output.split(separator: "\n").filter { $0.contains("error: ") }
      #expect(errors.contains { $0.contains(expected) }, "\(output)")
    }
  }

  /// Runs the compiler up to the passes that check lifetimes and exclusive access, which come after type checking.
  private func compile(_ file: URL) throws -> (status: Int32, output: String) {
    // Modules lie beside the test program, the module map of CLMDB beside the sources.
    let modules = try #require(CommandLine.arguments.first.map { URL(filePath: $0) })
      .deletingLastPathComponent().appending(path: "Modules")
    let map = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/CLMDB")
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = [
      "swiftc", "-emit-sil", "-o", "/dev/null", "-swift-version", "6", "-I", modules.path, "-I",
      map.path, "-enable-experimental-feature", "Lifetimes", file.path,
    ]
    let pipe = Pipe()
    compiler.standardError = pipe
    compiler.standardOutput = FileHandle.nullDevice
    try compiler.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    compiler.waitUntilExit()
    return (compiler.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
