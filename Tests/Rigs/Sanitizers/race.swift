// Why: the negative control of the Thread Sanitizer: two threads count in one variable without a lock, again and again, because on a busy
// machine one may be over before the other begins.

import Foundation

final class Counter: @unchecked Sendable {
  var count = 0
}

let counter = Counter()
for _ in 0..<50 {
  let threads = (0..<2).map { _ in
    Thread { for _ in 0..<10_000 { counter.count += 1 } }
  }
  threads.forEach { $0.start() }
  while threads.contains(where: { !$0.isFinished }) { usleep(1_000) }
}
print(counter.count)
