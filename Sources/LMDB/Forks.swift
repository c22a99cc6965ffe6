// Why: each transaction asks whether the process is still the one that opened the environment. getpid(2) costs as much
// as reading a value; a counter that the child raises as it is born costs nothing.

internal import Glibc
internal import Synchronization

/// How many forks lie between this process and the first one that asked.
enum Forks {
  private static let counter = Atomic<Int>(0)
  // pthread_atfork(3): the handler runs in the child, before fork returns there; it only adds to an integer.
  private static let watch: Int32 = pthread_atfork(
    nil, nil, { _ = Forks.counter.add(1, ordering: .relaxed) })

  /// The count now; an environment is this process's own as long as it has not changed.
  static var count: Int {
    precondition(watch == 0, "pthread_atfork has no memory")
    return counter.load(ordering: .relaxed)
  }
}
