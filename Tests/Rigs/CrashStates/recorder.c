// Why: what a disk may hold after a crash follows from the order of writes and syncs. This library is loaded into `diario`
// (LD_PRELOAD) and writes down each of them: what was written where, which syncs returned, and what was acknowledged meanwhile.
//
// RECORDER_ROOT   only what is in this directory is recorded
// RECORDER_LOG    where the record goes
// RECORDER_LIES   when set: syncs are neither carried out nor written down, as with MDB_NOSYNC. The negative control.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// One entry: this head, then `length` bytes.
struct entry { uint8_t kind, file, synchronous, zero; uint32_t length; uint64_t offset; };

enum { most = 1024 };
static struct { uint8_t file, synchronous, directory; char *path; } open_files[most];
static char *paths[255];
static int path_count, output = -1, lies;
static const char *root;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void note(uint8_t kind, uint8_t file, uint8_t synchronous, uint64_t offset, const void *bytes, uint32_t length) {
  if (output < 0) return;
  struct entry entry = {kind, file, synchronous, 0, length, offset};
  struct iovec parts[2] = {{&entry, sizeof entry}, {(void *)bytes, length}};
  syscall(SYS_writev, output, parts, length ? 2 : 1);
}

__attribute__((constructor)) static void begin(void) {
  root = getenv("RECORDER_ROOT");
  const char *log = getenv("RECORDER_LOG");
  lies = getenv("RECORDER_LIES") != NULL;
  if (root && log) {
    int descriptor = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    output = syscall(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, descriptor);
  }
}

// The directory that holds the root counts too: its synchronisation makes the root's own name last.
static int is_ours(const char *path) {
  if (!root) return 0;
  size_t length = strlen(root), held = strlen(path);
  if (!strncmp(path, root, length) && (!path[length] || path[length] == '/')) return 1;
  while (held > 1 && path[held - 1] == '/') held--;
  const char *slash = strrchr(root, '/');
  return slash && held == (size_t)(slash - root) && !strncmp(path, root, held);
}

static int ends(const char *path, const char *end) {
  size_t a = strlen(path), b = strlen(end);
  return a >= b && strcmp(path + a - b, end) == 0;
}

static int opened(int descriptor, const char *path, int flags, int is_new) {
  if (descriptor < 0 || descriptor >= most || !is_ours(path)) return descriptor;
  pthread_mutex_lock(&lock);
  open_files[descriptor].file = open_files[descriptor].directory = 0;
  if (flags & O_DIRECTORY) {
    open_files[descriptor].directory = 1;
    free(open_files[descriptor].path);
    open_files[descriptor].path = strdup(path);
  } else if (!ends(path, "lock.mdb") && !ends(path, ".lock") && (flags & O_ACCMODE) != O_RDONLY) {
    int file = 0;
    while (file < path_count && strcmp(paths[file], path)) file++;
    if (file == path_count) {
      paths[path_count++] = strdup(path);
      note('F', file + 1, 0, 0, path, strlen(path));
    }
    open_files[descriptor].file = file + 1;
    open_files[descriptor].synchronous = (flags & (O_DSYNC | O_SYNC)) != 0 && !lies;
    if (is_new) note('C', file + 1, 0, 0, path, strlen(path));
    if (flags & O_TRUNC) note('T', file + 1, 0, 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return descriptor;
}

static int open_any(int at, const char *path, int flags, mode_t mode) {
  struct stat before;
  int is_new = (flags & O_CREAT) && stat(path, &before) != 0;
  int descriptor = syscall(SYS_openat, at, path, flags, mode);
  return opened(descriptor, path, flags, is_new);
}
#define MODE(flags, last) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, last); mode = va_arg(list, int); va_end(list); }
int open(const char *path, int flags, ...) { MODE(flags, flags) return open_any(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, flags) return open_any(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags, flags) return open_any(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags, flags) return open_any(at, path, flags, mode); }

int close(int descriptor) {
  if (descriptor >= 0 && descriptor < most) open_files[descriptor].file = open_files[descriptor].directory = 0;
  return syscall(SYS_close, descriptor);
}

int mkdir(const char *path, mode_t mode) {
  int result = syscall(SYS_mkdir, path, mode);
  if (result == 0 && is_ours(path)) note('M', 0, 0, 0, path, strlen(path));
  return result;
}

// A name that is gone, or now another's: a file that is opened under it later is another file.
static void forget_name(const char *path) {
  for (int i = 0; i < path_count; i++) if (!strcmp(paths[i], path)) paths[i][0] = 0;
}

static int gone(int result, const char *path) {
  if (result == 0 && is_ours(path)) {
    pthread_mutex_lock(&lock);
    forget_name(path);
    note('U', 0, 0, 0, path, strlen(path));
    pthread_mutex_unlock(&lock);
  }
  return result;
}
int unlink(const char *path) { return gone(syscall(SYS_unlink, path), path); }
int rmdir(const char *path) { return gone(syscall(SYS_rmdir, path), path); }

// A file or directory gets another name: the old one, a zero byte, the new one.
int rename(const char *old, const char *new) {
  int result = syscall(SYS_rename, old, new);
  if (result == 0 && is_ours(new)) {
    pthread_mutex_lock(&lock);
    forget_name(new);
    size_t known = strlen(old);
    for (int i = 0; i < path_count; i++) {
      if (strncmp(paths[i], old, known) || (paths[i][known] && paths[i][known] != '/')) continue;
      char *path = malloc(strlen(new) + strlen(paths[i]) + 1);
      strcpy(path, new);
      strcat(path, paths[i] + known);
      free(paths[i]);
      paths[i] = path;
    }
    pthread_mutex_unlock(&lock);
    size_t length = strlen(old) + 1 + strlen(new);
    char *both = malloc(length + 1);
    strcpy(both, old);
    strcpy(both + strlen(old) + 1, new);
    note('R', 0, 0, 0, both, length);
    free(both);
  }
  return result;
}

// Writes down what was written, not what was asked for. The lock keeps the record in the order of the calls.
static ssize_t written(int descriptor, const struct iovec *parts, int count, off_t offset, int is_positioned) {
  uint8_t file = descriptor >= 0 && descriptor < most ? open_files[descriptor].file : 0;
  int is_answer = descriptor == 1 || descriptor == 2;
  if (!file && !is_answer)
    return is_positioned ? syscall(SYS_pwritev, descriptor, parts, count, offset, 0)
                         : syscall(SYS_writev, descriptor, parts, count);
  pthread_mutex_lock(&lock);
  if (!is_positioned && file) offset = syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
  ssize_t result = is_positioned ? syscall(SYS_pwritev, descriptor, parts, count, offset, 0)
                                 : syscall(SYS_writev, descriptor, parts, count);
  int error = errno;
  if (result > 0) {
    char *bytes = malloc(result);
    size_t filled = 0;
    for (int i = 0; i < count && filled < (size_t)result; i++) {
      size_t part = parts[i].iov_len < result - filled ? parts[i].iov_len : result - filled;
      memcpy(bytes + filled, parts[i].iov_base, part);
      filled += part;
    }
    if (file) note('W', file, open_files[descriptor].synchronous, offset, bytes, filled);
    else note('A', 0, 0, 0, bytes, filled);
    free(bytes);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}
ssize_t write(int d, const void *b, size_t n) { struct iovec p = {(void *)b, n}; return written(d, &p, 1, 0, 0); }
ssize_t writev(int d, const struct iovec *p, int n) { return written(d, p, n, 0, 0); }
ssize_t pwrite(int d, const void *b, size_t n, off_t o) { struct iovec p = {(void *)b, n}; return written(d, &p, 1, o, 1); }
ssize_t pwrite64(int d, const void *b, size_t n, off_t o) { return pwrite(d, b, n, o); }
ssize_t pwritev(int d, const struct iovec *p, int n, off_t o) { return written(d, p, n, o, 1); }
ssize_t pwritev64(int d, const struct iovec *p, int n, off_t o) { return written(d, p, n, o, 1); }

static int synchronised(int number, int descriptor) {
  if (descriptor < 0 || descriptor >= most || (!open_files[descriptor].file && !open_files[descriptor].directory))
    return syscall(number, descriptor);
  if (lies) return 0;
  pthread_mutex_lock(&lock);
  // The rig asks what the record says was synchronised; carrying it out as well would only cost time.
  if (open_files[descriptor].directory)
    note('D', 0, 0, 0, open_files[descriptor].path, strlen(open_files[descriptor].path));
  else note('S', open_files[descriptor].file, 0, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return 0;
}
int fsync(int descriptor) { return synchronised(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return synchronised(SYS_fdatasync, descriptor); }

int ftruncate(int descriptor, off_t length) {
  pthread_mutex_lock(&lock);
  int result = syscall(SYS_ftruncate, descriptor, length);
  if (result == 0 && descriptor >= 0 && descriptor < most && open_files[descriptor].file)
    note('T', open_files[descriptor].file, 0, length, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
int ftruncate64(int descriptor, off_t length) { return ftruncate(descriptor, length); }
