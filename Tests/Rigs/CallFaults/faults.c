// Why: a disk says no in many ways, and at any moment. This library is loaded into `diario` (LD_PRELOAD), counts its system calls on
// the books and on its answers, and lets one of them fail, or all from one on.
//
// FAULTS_ROOT     the directory of the books, and of the backup
// FAULTS_AT       the number of the call that fails, from 1; 0 for none
// FAULTS_KIND     EIO, ENOSPC, short (half is written), before and after (killed around the call), torn (killed when half is
//                 written). The negative controls: lost (nothing is written) and kept (nothing is deleted or renamed), and success is
//                 claimed
// FAULTS_FOREVER  when set: all later calls fail too
// FAULTS_COUNT    a file in which the number of calls is left

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { most = 1024 };
enum kind { none, eio, enospc, is_short, before, after, torn, lost, kept };
static unsigned char ours[most];
static const char *root;
static long at;
static int forever, count_file = -1;
static enum kind kind;
static atomic_long calls;

__attribute__((constructor)) static void begin(void) {
  static const char *names[] = {"", "EIO", "ENOSPC", "short", "before", "after", "torn", "lost", "kept"};
  const char *wanted = getenv("FAULTS_KIND"), *number = getenv("FAULTS_AT"), *count = getenv("FAULTS_COUNT");
  for (int i = 1; wanted && i < 9; i++) if (!strcmp(wanted, names[i])) kind = i;
  root = getenv("FAULTS_ROOT");
  at = number ? atol(number) : 0;
  forever = getenv("FAULTS_FOREVER") != NULL;
  if (count) {
    int descriptor = syscall(SYS_openat, AT_FDCWD, count, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    count_file = syscall(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, descriptor);
  }
}

static void die(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) pause();
}

// What is to happen to the call that is being made.
static enum kind turn(void) {
  long number = ++calls;
  if (count_file >= 0) {
    char text[24];
    int length = snprintf(text, sizeof text, "%ld\n", number);
    syscall(SYS_pwrite64, count_file, text, length, 0);
  }
  if (!at || number < at || (number > at && !forever)) return none;
  if (kind == before) die();
  return kind;
}

static int is_ours(const char *path) { return root && strncmp(path, root, strlen(root)) == 0; }
static int has(int descriptor) { return descriptor >= 0 && descriptor < most && (ours[descriptor] || descriptor == 1); }

// Calls that write nothing either fail with an error of the disk or are survived.
#define PLAIN(is_counted, call) \
  enum kind what = (is_counted) ? turn() : none; \
  if (what == eio || what == enospc) { errno = what == eio ? EIO : ENOSPC; return -1; } \
  long result = (call); \
  if (what == after || what == torn) die(); \
  return result;
// Calls that take a name away.
#define NAME(is_counted, call) PLAIN(is_counted, what == kept ? 0 : (call))

static long opened(long descriptor, int is_ours) {
  if (descriptor >= 0 && descriptor < most) ours[descriptor] = is_ours;
  return descriptor;
}
static long open_any(int directory, const char *path, int flags, mode_t mode) {
  int mine = is_ours(path);
  PLAIN(mine, opened(syscall(SYS_openat, directory, path, flags, mode), mine))
}
#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, int); va_end(list); }
int open(const char *path, int flags, ...) { MODE(flags) return open_any(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_any(AT_FDCWD, path, flags, mode); }
int openat(int directory, const char *path, int flags, ...) { MODE(flags) return open_any(directory, path, flags, mode); }
int openat64(int directory, const char *path, int flags, ...) { MODE(flags) return open_any(directory, path, flags, mode); }
int close(int descriptor) {
  if (descriptor >= 0 && descriptor < most) ours[descriptor] = 0;
  return syscall(SYS_close, descriptor);
}
int rename(const char *old, const char *new) { NAME(is_ours(new), syscall(SYS_rename, old, new)) }
int unlink(const char *path) { NAME(is_ours(path), syscall(SYS_unlink, path)) }
int rmdir(const char *path) { NAME(is_ours(path), syscall(SYS_rmdir, path)) }
int mkdir(const char *path, mode_t mode) { PLAIN(is_ours(path), syscall(SYS_mkdir, path, mode)) }
int fsync(int d) { PLAIN(has(d), syscall(SYS_fsync, d)) }
int fdatasync(int d) { PLAIN(has(d), syscall(SYS_fdatasync, d)) }
int ftruncate(int d, off_t n) { PLAIN(has(d), syscall(SYS_ftruncate, d, n)) }
int ftruncate64(int d, off_t n) { return ftruncate(d, n); }
int flock(int d, int how) { PLAIN(has(d), syscall(SYS_flock, d, how)) }
int stat(const char *path, struct stat *s) { PLAIN(is_ours(path), syscall(SYS_stat, path, s)) }
int fstat(int d, struct stat *s) { PLAIN(has(d), syscall(SYS_fstat, d, s)) }
off_t lseek(int d, off_t o, int from) { PLAIN(has(d), syscall(SYS_lseek, d, o, from)) }
off_t lseek64(int d, off_t o, int from) { return lseek(d, o, from); }
ssize_t read(int d, void *b, size_t n) { PLAIN(has(d), syscall(SYS_read, d, b, n)) }
ssize_t pread(int d, void *b, size_t n, off_t o) { PLAIN(has(d), syscall(SYS_pread64, d, b, n, o)) }
ssize_t pread64(int d, void *b, size_t n, off_t o) { return pread(d, b, n, o); }
static long map(void *address, size_t length, int protection, int flags, int d, off_t o) {
  PLAIN(d >= 0 && has(d), syscall(SYS_mmap, address, length, protection, flags, d, o))
}
void *mmap(void *a, size_t n, int p, int f, int d, off_t o) { return (void *)map(a, n, p, f, d, o); }
void *mmap64(void *a, size_t n, int p, int f, int d, off_t o) { return (void *)map(a, n, p, f, d, o); }

static ssize_t put(int d, const struct iovec *parts, int count, off_t offset, int is_positioned) {
  enum kind what = has(d) ? turn() : none;
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  if (what == eio || what == enospc) { errno = what == eio ? EIO : ENOSPC; return -1; }
  if (what == lost && d != 1) return length;
  if (what == is_short || what == torn) {
    size_t half = parts[0].iov_len < length ? parts[0].iov_len : (length + 1) / 2;
    // Of what is written over, a disk keeps whole sectors.
    if (what == torn && is_positioned) half &= ~511;
    ssize_t result = is_positioned ? syscall(SYS_pwrite64, d, parts[0].iov_base, half, offset)
                                   : syscall(SYS_write, d, parts[0].iov_base, half);
    if (what == torn) die();
    return result;
  }
  ssize_t result = is_positioned ? syscall(SYS_pwritev, d, parts, count, offset, 0) : syscall(SYS_writev, d, parts, count);
  if (what == after) die();
  return result;
}
ssize_t write(int d, const void *b, size_t n) { struct iovec p = {(void *)b, n}; return put(d, &p, 1, 0, 0); }
ssize_t writev(int d, const struct iovec *p, int n) { return put(d, p, n, 0, 0); }
ssize_t pwrite(int d, const void *b, size_t n, off_t o) { struct iovec p = {(void *)b, n}; return put(d, &p, 1, o, 1); }
ssize_t pwrite64(int d, const void *b, size_t n, off_t o) { return pwrite(d, b, n, o); }
ssize_t pwritev(int d, const struct iovec *p, int n, off_t o) { return put(d, p, n, o, 1); }
ssize_t pwritev64(int d, const struct iovec *p, int n, off_t o) { return put(d, p, n, o, 1); }
