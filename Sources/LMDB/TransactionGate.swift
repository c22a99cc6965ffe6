// Why: the memory map may only be resized while no transaction of this process is active (lmdb.h,
// mdb_env_set_mapsize). So transactions pass through a gate: many at a time, or one resize. Readers are never made to
// wait for long, because one of them may be what another is waiting for; a resize that finds no
// quiet moment is given up instead.

internal import Glibc

/// Counts the transactions of this process and lets a resize happen between them.
@safe
final class TransactionGate: @unchecked Sendable {
  // pthread objects must not move, so each has its own allocation for the life of the gate.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var inside: [(thread: pthread_t, count: Int)] = []
  private var isResizing = false
  private var waitingToResize = 0
  private var writer: pthread_t?

  /// How long a new transaction lets a waiting resize go first.
  private static let courtesy = Duration.milliseconds(20)

  init() {
    // pthread_cond_timedwait(3): the monotonic clock, so that a changed wall clock delays nobody.
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(changed, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
    unsafe pthread_mutex_init(mutex, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  /// Counts one more transaction on this thread.
  func enter() {
    lock()
    defer { unlock() }
    let me = pthread_self()
    if let own = inside.firstIndex(where: { $0.thread == me }) {
      // Already inside: no resize can be under way, and waiting for one would wait for ourselves.
      inside[own].count += 1
      return
    }
    if waitingToResize > 0 {
      let deadline = Deadline(after: Self.courtesy)
      while waitingToResize > 0, wait(until: deadline) {}
    }
    while isResizing { _ = wait(until: nil) }
    inside.append((me, 1))
  }

  /// Counts one transaction less on this thread.
  func leave() {
    lock()
    defer { unlock() }
    let me = pthread_self()
    guard let own = inside.firstIndex(where: { $0.thread == me }) else {
      preconditionFailure("a transaction ends on the thread that began it")
    }
    inside[own].count -= 1
    if inside[own].count == 0 { inside.remove(at: own) }
    if inside.isEmpty, waitingToResize > 0 { unsafe pthread_cond_broadcast(changed) }
  }

  /// Makes this thread the only one of the process that may write; `false` when it is already.
  func beginWriting() -> Bool {
    lock()
    defer { unlock() }
    if writer == pthread_self() { return false }
    while writer != nil { _ = wait(until: nil) }
    writer = pthread_self()
    return true
  }

  /// Lets the next thread write.
  func endWriting() {
    lock()
    defer { unlock() }
    writer = nil
    unsafe pthread_cond_broadcast(changed)
  }

  /// Runs `body` while no transaction of this process is active, and returns what it returns; `nil` when there was
  /// no quiet moment within `limit`, or this thread is itself inside a transaction.
  func whileQuiet<R>(within limit: Duration, _ body: () -> R) -> R? {
    lock()
    let deadline = Deadline(after: limit)
    let me = pthread_self()
    if inside.contains(where: { $0.thread == me }) {
      unlock()
      return nil
    }
    waitingToResize += 1
    while isResizing || !inside.isEmpty {
      if !wait(until: deadline) { break }
    }
    waitingToResize -= 1
    guard !isResizing, inside.isEmpty else {
      unsafe pthread_cond_broadcast(changed)
      unlock()
      return nil
    }
    isResizing = true
    unlock()
    let result = body()
    lock()
    isResizing = false
    unsafe pthread_cond_broadcast(changed)
    unlock()
    return result
  }

  // pthread_mutex_lock(3): fails only on an invalid or already held mutex, neither of which can be.
  private func lock() { unsafe pthread_mutex_lock(mutex) }
  private func unlock() { unsafe pthread_mutex_unlock(mutex) }

  /// Waits for a change; `false` when the deadline has passed.
  private func wait(until deadline: Deadline?) -> Bool {
    guard let deadline else {
      unsafe pthread_cond_wait(changed, mutex)
      return true
    }
    var time = deadline.time
    return unsafe pthread_cond_timedwait(changed, mutex, &time) != ETIMEDOUT
  }

  /// A moment on the monotonic clock.
  private struct Deadline {
    let time: timespec

    init(after duration: Duration) {
      var now = timespec()
      unsafe clock_gettime(CLOCK_MONOTONIC, &now)
      let (seconds, attoseconds) = duration.components
      let nanoseconds = now.tv_nsec + Int(attoseconds / 1_000_000_000)
      time = timespec(
        tv_sec: now.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000,
        tv_nsec: nanoseconds % 1_000_000_000)
    }
  }
}
