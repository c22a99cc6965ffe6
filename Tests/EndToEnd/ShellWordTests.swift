// Words of a shell's command: what a shell makes of each is what was meant.

import Foundation
import Testing
import Wire

@Suite struct ShellWordTests {
  private static let texts = [
    "C-17", "2026-03-31", "#812", "", "a b", "a $(id) b", "'", "it's", "a\"b", "*", "~", "a;b",
    "a\\b",
    "é", "a\nb", "`id`", "{a,b}", "!1", "a=b",
  ]

  @Test func `only what would mean something is quoted`() {
    #expect(Self.texts[..<3].map(\.shellWord) == ["C-17", "2026-03-31", "'#812'"])
    #expect("".shellWord == "''" && "it's".shellWord == #"'it'\''s'"#)
  }

  @Test(arguments: texts) func `a shell reads each as one word`(text: String) throws {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", "printf '%s|' \(text.shellWord) end"]
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let read = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    #expect(String(decoding: read, as: UTF8.self) == "\(text)|end|")
  }
}
