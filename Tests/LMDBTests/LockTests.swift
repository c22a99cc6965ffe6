// One process holds the lock; the others wait, or give up in time and learn who has it.

import Foundation
import LMDB
import Testing

@Suite struct LockTests {
  @Test func `a lock that is held is waited for in vain, by name`() throws {
    let scratch = try Scratch()
    let file = scratch.path + "/lock"
    let held = try DirectoryLock(path: file)
    if DirectoryLock.shared(file) != nil { Issue.record("a lock that is held was shared") }
    let started = ContinuousClock.now
    let thrown = #expect(throws: error(.locked)) {
      _ = try DirectoryLock(path: file, timeout: .milliseconds(100))
    }
    #expect(ContinuousClock.now - started >= .milliseconds(100))
    #expect(thrown?.message.hasPrefix("Process \(getpid()) ") == true)
    _ = consume held
    _ = try DirectoryLock(path: file, timeout: .zero)
  }

  @Test func `who only reads keeps others from writing, but not from reading`() throws {
    let scratch = try Scratch()
    let file = scratch.path + "/lock"
    _ = try DirectoryLock(path: file)
    let reader = DirectoryLock.shared(file)
    let other = DirectoryLock.shared(file)
    let areBoth = reader != nil && other != nil
    #expect(areBoth)
    #expect(throws: error(.locked)) { _ = try DirectoryLock(path: file, timeout: .zero) }
    _ = consume reader
    _ = consume other
    _ = try DirectoryLock(path: file, timeout: .zero)
    let nothingIsHeld = DirectoryLock.shared(scratch.path + "/none") != nil
    #expect(nothingIsHeld && !FileManager.default.fileExists(atPath: scratch.path + "/none"))
  }

  @Test func `what is no lock is left as it is`() throws {
    let scratch = try Scratch()
    let (file, link) = (scratch.path + "/notes.lock", scratch.path + "/link.lock")
    try Data("precious\n".utf8).write(to: URL(filePath: file))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    for path in [file, link] {
      #expect(throws: StoreError.self) { _ = try DirectoryLock(path: path, timeout: .zero) }
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious\n")
    let dangling = scratch.path + "/dangling.lock"
    try FileManager.default.createSymbolicLink(
      atPath: dangling, withDestinationPath: scratch.path + "/none")
    #expect(throws: StoreError.self) { _ = try DirectoryLock(path: dangling, timeout: .zero) }
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/none"))
  }

  @Test func `nobody writes beside the locks of another process`() throws {
    let scratch = try Scratch()
    let environment = try scratch.open()
    try environment.fill([1])
    try FileManager.default.removeItem(atPath: scratch.path + "/lock.mdb")
    try environment.fill([2])
    // As another process makes it, whose locks are not ours.
    try Data(count: 8_192).write(to: URL(filePath: scratch.path + "/lock.mdb"))
    let thrown = #expect(throws: error(.locked)) { try environment.fill([3]) }
    #expect(thrown?.message.contains("lock.mdb was replaced") == true)
    #expect(try environment.keys() == [1, 2])
  }

  @Test func `a place that cannot hold a lock file is an error, not a lock`() throws {
    #expect(throws: error(.absent)) { _ = try DirectoryLock(path: "/no/such/place/lock") }
  }
}
