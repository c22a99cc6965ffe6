// What must not cross a fork(2), and what must survive the death of a process. Each test runs in a process of its own,
// so that no other test holds a lock at the moment of the fork.

import Foundation
import LMDB
import Processes
import Testing

@Suite struct ProcessTests {
  @Test func `a child after a fork may not use its parent's environment, but may open it anew`()
    async
  {
    await #expect(processExitsWith: .success) { try forkThenUse() }
  }

  @Test func `a write that crosses a fork is the parent's alone`() async {
    await #expect(processExitsWith: .success) { try forkInsideWrite() }
  }

  @Test func `slots of readers that died are freed at the next opening`() async {
    await #expect(processExitsWith: .success) { try dieReading() }
  }

  @Test func `processes that count under the lock lose no step`() async {
    await #expect(processExitsWith: .success) { try countTogether() }
  }

  @Test func `a table of locks that a killed process left half made writes over no commit`() async {
    await #expect(processExitsWith: .success) { try openBesideUnfinishedLocks() }
    await #expect(processExitsWith: .success) { try writeWithUnfinishedLocks() }
  }

  @Test func `a process that dies drops its lock`() async {
    await #expect(processExitsWith: .success) { try dieHoldingLock() }
  }
}

private func forkThenUse() throws {
  let scratch = try Scratch()
  let environment = try scratch.open()
  try environment.fill([1])
  let log = try environment.table("log")
  let status = inChild {
    do throws(StoreError) {
      _ = try environment.read { (txn) throws(StoreError) in try txn.contains(UInt64(1), in: log)
      }
      return 1
    } catch { if error.code != .forked { return 2 } }
    do throws(StoreError) {
      try environment.write { (txn) throws(StoreError) in try txn.delete(UInt64(1), in: log) }
      return 3
    } catch { if error.code != .forked { return 4 } }
    do throws(StoreError) { try scratch.open(.readWrite).fill([2]) } catch { return 5 }
    return 0
  }
  #expect(status == 0)
  #expect(try environment.keys() == [1, 2])
  try environment.fill([3])
}

private func forkInsideWrite() throws {
  let environment = try Scratch().open()
  let log = try environment.table("log")
  var inParent = true
  let result = Result { () throws(StoreError) in
    try environment.write { (txn) throws(StoreError) in
      try txn.put(UInt64(1), [1], in: log)
      let child = forkProcess()
      if child == 0 { inParent = false } else { waitpid(child, nil, 0) }
    }
  }
  if !inParent {
    // In the child: the commit must have been refused.
    if case .failure(let error) = result, error.code == .forked { _exit(0) }
    _exit(1)
  }
  try result.get()
  #expect(try environment.keys() == [1])
  try environment.fill([2])
}

private func dieReading() throws {
  let scratch = try Scratch()
  try scratch.open().fill([1])
  // A child dies inside a snapshot, while we hold the environment open and so keep its lock file.
  let environment = try scratch.open(.readWrite)
  let status = inChild {
    guard let own = try? scratch.open(.readOnly) else { return 1 }
    try? own.read { (_: borrowing ReadTransaction) throws(Refused) in _exit(9) }
    return 2
  }
  #expect(status == 9)
  #expect(try environment.readers().count == 1)
  let cleared = inChild {
    guard let own = try? scratch.open(.readOnly) else { return 1 }
    return (try? own.readers().isEmpty) == true ? 0 : 2
  }
  #expect(cleared == 0)
  #expect(try environment.readers().isEmpty)
}

private func countTogether() throws {
  let scratch = try Scratch()
  let (file, counter) = (scratch.path + "/lock", scratch.path + "/counter")
  try Data("0".utf8).write(to: URL(fileURLWithPath: counter))
  let children = (0..<4).map { _ in
    startChild {
      for step in 0..<25 {
        do {
          let lock = try DirectoryLock(path: file, timeout: step % 2 == 0 ? nil : .seconds(20))
          let text = try String(contentsOfFile: counter, encoding: .utf8)
          try "\((Int(text) ?? -1000) + 1)".write(
            toFile: counter, atomically: false, encoding: .utf8)
          _ = consume lock
        } catch { return 1 }
      }
      return 0
    }
  }
  for child in children { #expect(exitStatus(of: child) == 0) }
  #expect(try String(contentsOfFile: counter, encoding: .utf8) == "100")
}

private func dieHoldingLock() throws {
  let scratch = try Scratch()
  let file = scratch.path + "/lock"
  let status = inChild {
    let lock = try? DirectoryLock(path: file)
    if lock == nil { return 1 }
    _exit(7)
  }
  #expect(status == 7)
  _ = try DirectoryLock(path: file, timeout: .zero)
}

/// Opens `lock.mdb` of `scratch`, in which seven commits have been made, and writes into it what stands there after two: as little as one
/// says that was killed while it made the table. The descriptor must not be closed while this process has the environment open.
private func withUnfinishedLocks(_ scratch: Scratch) throws -> Int32 {
  let other = try Scratch()
  try other.open().fill([1])
  let table = try Data(contentsOf: URL(filePath: other.path + "/lock.mdb"))
  let descriptor = unsafe open(scratch.path + "/lock.mdb", O_RDWR)
  let count = unsafe table.withUnsafeBytes {
    unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0)
  }
  #expect(count == table.count)
  return descriptor
}

private func openBesideUnfinishedLocks() throws {
  let scratch = try Scratch()
  for key in UInt64(1)...6 { try scratch.open().fill([key]) }
  let descriptor = try withUnfinishedLocks(scratch)
  // As one does that waited while the table was made: so nobody else is alone, and makes it anew.
  var share = flock()
  share.l_type = Int16(F_RDLCK)
  share.l_len = 1
  let taken = unsafe fcntl(descriptor, F_SETLK, &share)
  #expect(taken == 0)
  let status = inChild {
    do throws(StoreError) { try scratch.open(.readWrite).fill([7]) } catch {
      return error.code == .locked && error.message.contains("number of the last commit") ? 0 : 2
    }
    return 1
  }
  #expect(status == 0, "what it says is not believed")
  close(descriptor)
  try scratch.open(.readWrite).fill([7])
  #expect(try scratch.open(.readWrite).keys() == [1, 2, 3, 4, 5, 6, 7])
}

private func writeWithUnfinishedLocks() throws {
  let scratch = try Scratch()
  let environment = try scratch.open()
  for key in UInt64(1)...6 { try environment.fill([key]) }
  let descriptor = try withUnfinishedLocks(scratch)
  #expect(throws: error(.locked)) { try environment.fill([7]) }
  let status = inChild {
    do throws(StoreError) { try scratch.open(.readWrite).fill([7]) } catch {
      return error.code == .locked ? 0 : 2
    }
    return 1
  }
  #expect(status == 0)
  _ = consume environment
  close(descriptor)
  #expect(try scratch.open(.readWrite).keys() == [1, 2, 3, 4, 5, 6])
}
