// Why: on a machine that others use as well, the time on the wall says how busy they are. What is asked here is work, on one
// core, so the processor's time is taken.

import Glibc

/// The time that this process has spent on processors.
struct ProcessorClock {
  /// How much of it `body` takes.
  func measure(_ body: () throws -> Void) rethrows -> Duration {
    let start = now
    try body()
    return now - start
  }

  private var now: Duration {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
