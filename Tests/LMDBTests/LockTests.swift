// One process holds the lock; the others wait, or give up in time and learn who has it.

import Foundation
import LMDB
import Testing

@Suite struct LockTests {
  @Test func `a lock that is held is waited for in vain, by name`() throws {
    let scratch = try Scratch()
    let file = scratch.path + "/lock"
    let held = try DirectoryLock(path: file)
    let started = ContinuousClock.now
    let thrown = #expect(throws: error(.locked)) {
      _ = try DirectoryLock(path: file, timeout: .milliseconds(100))
    }
    #expect(ContinuousClock.now - started >= .milliseconds(100))
    #expect(thrown?.message.hasPrefix("Process \(getpid()) ") == true)
    _ = consume held
    _ = try DirectoryLock(path: file, timeout: .zero)
  }

  @Test func `a place that cannot hold a lock file is an error, not a lock`() throws {
    #expect(throws: error(.absent)) { _ = try DirectoryLock(path: "/no/such/place/lock") }
  }
}
