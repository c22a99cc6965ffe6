// Why: a file that others have mapped must not be taken away under their locks; one that nobody has open may be.

import Foundation
import LMDB
import Processes
import Testing

@Suite struct `A data file that is deleted` {
  @Test func `is nobody's, and the next to open the directory begins anew`() async {
    // In a process of its own: a fork would inherit what other tests hold.
    await #expect(processExitsWith: .success) { try deleteWhileOpen() }
  }

  @Test func `need not be one that can be read`() throws {
    let scratch = try Scratch()
    try scratch.open().fill([1])
    try Data(repeating: 7, count: 20_000).write(to: scratch.dataFile)
    #expect(throws: error(.damaged)) { try scratch.open() }
    try Environment.deleteData(in: scratch.path)
    #expect(try scratch.open().keys() == [])
  }

  @Test func `need not be there, but its directory must`() throws {
    let scratch = try Scratch()
    try Environment.deleteData(in: scratch.path)
    #expect(try scratch.open().keys() == [])
    #expect(throws: error(.absent)) { try Environment.deleteData(in: scratch.path + "/none") }
  }
}

private func deleteWhileOpen() throws {
  let scratch = try Scratch()
  let environment = try scratch.open()
  try environment.fill([1])
  #expect(throws: error(.alreadyOpen)) { try Environment.deleteData(in: scratch.path) }
  let status = inChild {
    do throws(StoreError) { try Environment.deleteData(in: scratch.path) } catch {
      return error.code == .locked && error.message.hasPrefix("Process \(getppid()) has ") ? 0 : 2
    }
    return 1
  }
  #expect(status == 0, "a process that has it open is named")
  #expect(try environment.keys() == [1])
}
