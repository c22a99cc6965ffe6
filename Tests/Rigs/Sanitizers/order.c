// Why: the Thread Sanitizer sees what it has instrumented. Swift's Mutex takes and leaves a contended lock inside the runtime, and
// libdispatch hands out a parallel loop inside a library: it does not see that these put memory accesses in order, and would call every
// one of them a race. This library stands before both and says so. It hides nothing: what is not under the lock is still a race.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

// Of the sanitizer's runtime; absent in the programs around the tests, such as `swift test` itself.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

static void acquired(void *address) { if (__tsan_acquire) __tsan_acquire(address); }
static void released(void *address) { if (__tsan_release) __tsan_release(address); }

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

typedef SWIFT void LockSlow(uint32_t thread, SELF);
typedef SWIFT void UnlockSlow(SELF);

// `_MutexHandle._lockSlow(_:)` of the module Synchronization: returns when the lock is taken.
SWIFT void lockSlow(uint32_t thread, SELF) __asm__(LOCK_SLOW);
SWIFT void lockSlow(uint32_t thread, SELF) {
  ((LockSlow *)dlsym(RTLD_NEXT, LOCK_SLOW))(thread, self);
  acquired(self);
}

// `_MutexHandle._unlockSlow()`: gives the lock to somebody who waits.
SWIFT void unlockSlow(SELF) __asm__(UNLOCK_SLOW);
SWIFT void unlockSlow(SELF) {
  released(self);
  ((UnlockSlow *)dlsym(RTLD_NEXT, UNLOCK_SLOW))(self);
}

// A block as the compiler lays it out (Block ABI): all that is needed of it is its function.
struct Block { void *isa; int32_t flags, reserved; void (*invoke)(struct Block *, size_t); };
struct Loop { struct Block *body; };

static void iteration(void *context, size_t index) {
  struct Loop *loop = context;
  acquired(loop);
  loop->body->invoke(loop->body, index);
  released(loop);
}

// dispatch_apply(3): all iterations come after its beginning and before its end.
void dispatch_apply(size_t count, void *queue, struct Block *body) {
  typedef void Apply(size_t, void *, void *, void (*)(void *, size_t));
  struct Loop loop = { body };
  released(&loop);
  ((Apply *)dlsym(RTLD_NEXT, "dispatch_apply_f"))(count, queue, &loop, iteration);
  acquired(&loop);
}
