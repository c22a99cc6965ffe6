// Why: the negative control of the power cuts: a disk that says it has written what it has not. Syncs return at once, and files are
// opened without O_DSYNC.

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

int fsync(int descriptor) { return 0; }
int fdatasync(int descriptor) { return 0; }

static int open_lazily(const char *path, int flags, mode_t mode) {
  return syscall(SYS_openat, AT_FDCWD, path, flags & ~O_SYNC, mode);
}
int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? va_arg(list, int) : 0;
  va_end(list);
  return open_lazily(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? va_arg(list, int) : 0;
  va_end(list);
  return open_lazily(path, flags, mode);
}
