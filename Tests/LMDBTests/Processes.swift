// Children made by fork(2), for the tests of what must not cross it. Swift hides fork, since little may be called after
// it in a process with threads; a child here does its bit and ends without returning.

import Foundation

/// fork(2).
func fork() -> pid_t {
  typealias Fork = @convention(c) () -> pid_t
  guard let symbol = unsafe dlsym(UnsafeMutableRawPointer(bitPattern: 0), "fork") else { return -1 }
  return unsafe unsafeBitCast(symbol, to: Fork.self)()
}

/// Starts a child that runs `body` and exits with what it returns.
func startChild(_ body: () -> Int32) -> pid_t {
  let child = fork()
  if child == 0 { _exit(body()) }
  return child
}

/// Waits for `child`; its exit status, or −1 when it was killed.
func exitStatus(of child: pid_t) -> Int32 {
  var status: Int32 = 0
  unsafe waitpid(child, &status, 0)
  return status & 0x7f == 0 ? (status >> 8) & 0xff : -1
}

/// Runs `body` in a child, and returns its exit status.
func inChild(_ body: () -> Int32) -> Int32 { exitStatus(of: startChild(body)) }
