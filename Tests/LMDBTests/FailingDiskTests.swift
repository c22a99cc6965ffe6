// A disk that fails is told apart from one that is full, and is not written to for ever. Its failures come from a file that
// fails every write with EIO: proc(5), /proc/self/mem, at addresses where nothing is mapped.

import Foundation
import Glibc
import LMDB
import Testing

@Suite struct `A disk that fails` {
  @Test func `is written to once more, and then only read until it is opened again`() throws {
    let scratch = try Scratch()
    do {
      let environment = try scratch.open()
      try environment.fill([1])
      let descriptor = try #require(pagesFile(at: scratch.dataFile.path))
      let whole = dup(descriptor)
      let broken = unsafe Glibc.open("/proc/self/mem", O_RDWR | O_CLOEXEC)
      try #require(whole >= 0 && broken >= 0 && dup2(broken, descriptor) == descriptor)
      close(broken)
      for _ in 1...2 { #expect(throws: error(.ioError)) { try environment.fill([2]) } }
      try #require(dup2(whole, descriptor) == descriptor)
      close(whole)
      // The disk would take it now; the environment does not try.
      #expect(throws: error(.failing)) { try environment.fill([2]) }
      #expect(try environment.keys() == [1])
    }
    let again = try scratch.open()
    try again.fill([2])
    #expect(try again.keys() == [1, 2])
  }

  /// The descriptor through which pages of the data file at `path` are written; heads go through another one, which waits (O_DSYNC).
  private func pagesFile(at path: String) -> Int32? {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return all.compactMap { Int32($0) }.first { number in
      let target = try? FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/self/fd/\(number)")
      return target == path && fcntl(number, F_GETFL) & O_DSYNC == 0
    }
  }
}
