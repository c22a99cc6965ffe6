// Children made by fork(2): for what must not cross it, and for what may crash. Swift hides fork, since little may be called after it in a
// process with threads; a child here does its bit and ends without returning.

public import Glibc

/// fork(2).
public func forkProcess() -> pid_t {
  typealias Fork = @convention(c) () -> pid_t
  guard let symbol = unsafe dlsym(UnsafeMutableRawPointer(bitPattern: 0), "fork") else { return -1 }
  return unsafe unsafeBitCast(symbol, to: Fork.self)()
}

/// Starts a child that runs `body` and exits with what it returns.
public func startChild(_ body: () -> Int32) -> pid_t {
  let child = forkProcess()
  precondition(child >= 0, "no child could be made: \(errno)")
  if child == 0 { _exit(body()) }
  return child
}

/// Waits for `child`; its exit status, or the negative number of the signal that killed it.
public func exitStatus(of child: pid_t) -> Int32 {
  var status: Int32 = 0
  var ended: pid_t
  repeat { ended = unsafe waitpid(child, &status, 0) } while ended < 0 && errno == EINTR
  precondition(ended == child, "\(child) is no child of this process")
  // wait(2): the low seven bits are the signal, the next byte the exit status.
  return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
}

/// Runs `body` in a child, and returns its exit status.
public func inChild(_ body: () -> Int32) -> Int32 { exitStatus(of: startChild(body)) }
