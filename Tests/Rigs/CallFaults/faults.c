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
// FAULTS_SERVER   the descriptor of a socket: what a program does before it asks for anything of the books or for another process, such as
//                 loading libraries, is done once. Then each request has a child go on from there: a word for AT, KIND, FOREVER and COUNT,
//                 and the descriptors 0 to 2. What is answered is the child's number, and when it has ended its status.
// FAULTS_EARLY    when set: that is only what comes before the program's own first step

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
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
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { most = 1024 };
enum kind { none, eio, enospc, is_short, before, after, torn, lost, kept };
static unsigned char ours[most];
static const char *root;
static long at;
static int forever, count_file = -1, server = -1;
static enum kind kind;
static atomic_long calls;

static void settle(void) {
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

static void fail(const char *what) {
  dprintf(2, "faults.c: %s\n", what);
  _exit(99);
}

// The words of a request; and its three descriptors are those of the program from now on.
static int has_request(char *words, size_t room) {
  union { struct cmsghdr header; char bytes[CMSG_SPACE(3 * sizeof(int))]; } control;
  struct iovec part = {words, room - 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  ssize_t length = recvmsg(server, &message, MSG_CMSG_CLOEXEC);
  if (length <= 0) return 0;
  words[length] = 0;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (!header || header->cmsg_len != CMSG_LEN(3 * sizeof(int))) fail("a request has no descriptors");
  int streams[3];
  memcpy(streams, CMSG_DATA(header), sizeof streams);
  for (int i = 0; i < 3; i++) {
    dup2(streams[i], i);
    syscall(SYS_close, streams[i]);
  }
  return 1;
}

// Takes the streams from the server; `told` is where its own errors go.
static void drop_streams(int told) {
  int nothing = syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC);
  for (int i = 0; i < 2; i++) dup2(nothing, i);
  dup2(told, 2);
  syscall(SYS_close, nothing);
}

// What a child has to do otherwise than the server.
static void obey(const char *words) {
  char number[24], fault[24], ever[24], path[4096];
  syscall(SYS_close, server);
  server = -1;
  unsetenv("FAULTS_SERVER");
  if (sscanf(words, "%23s %23s %23s %4095s", number, fault, ever, path) != 4) fail("a request has not four words");
  setenv("FAULTS_AT", number, 1);
  setenv("FAULTS_KIND", fault, 1);
  if (strcmp(ever, "-")) setenv("FAULTS_FOREVER", "1", 1);
  if (strcmp(path, "-")) setenv("FAULTS_COUNT", path, 1);
  settle();
}

// Returns in each child; the server itself ends when nobody asks any more.
static void serve(void) {
  char words[4352];
  struct stat tasks;
  pid_t child = 0;
  int told = syscall(SYS_fcntl, 2, F_DUPFD_CLOEXEC, 900);
  // A directory has two links, and one more for each directory in it: here for each thread.
  if (syscall(SYS_stat, "/proc/self/task", &tasks) || tasks.st_nlink != 3) fail("other threads run already");
  while (has_request(words, sizeof words)) {
    siginfo_t end;
    int status;
    // The last one is let go only now: until then its number is nobody else's, and it can be killed.
    if (child && waitpid(child, &status, 0) != child) fail("the last child is not there");
    child = fork();
    if (child < 0) fail("there can be no child");
    if (!child) {
      syscall(SYS_close, told);
      return obey(words);
    }
    // Only the child has the streams, so that who reads them sees its end.
    drop_streams(told);
    send(server, &child, sizeof child, MSG_NOSIGNAL);
    if (waitid(P_PID, child, &end, WEXITED | WNOWAIT)) fail("the child is not there");
    status = end.si_code == CLD_EXITED ? end.si_status : -end.si_status;
    send(server, &status, sizeof status, MSG_NOSIGNAL);
  }
  _exit(0);
}

// What was there when the server stopped must not be known to its children: so it stops before it knows anything.
static void stop_before(int concerns) {
  if (concerns && server >= 0) serve();
}

__attribute__((constructor)) static void begin(void) {
  settle();
  const char *socket = getenv("FAULTS_SERVER");
  if (socket) server = atoi(socket);
  stop_before(getenv("FAULTS_EARLY") != NULL);
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

static int is_ours(const char *path) {
  size_t end = root ? strlen(root) : 0;
  int is_below = root && strncmp(path, root, end) == 0 && (!path[end] || path[end] == '/');
  // To read the streams by their names must wait for a child's, too.
  stop_before(is_below || strncmp(path, "/dev/std", 8) == 0 || strncmp(path, "/dev/fd/", 8) == 0);
  return is_below;
}
static int has(int descriptor) {
  stop_before(descriptor >= 0 && descriptor <= 2);
  return descriptor >= 0 && descriptor < most && (ours[descriptor] || descriptor == 1);
}

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

// Calls that are not counted, but before which a server stops: what else says something of files, or begins what makes another process.
#define STOP(type, name, parameters, arguments, concerns) \
  type name parameters { \
    static type (*next) parameters; \
    if (!next) next = (type (*) parameters)dlsym(RTLD_NEXT, #name); \
    stop_before(concerns); \
    return next arguments; \
  }
STOP(int, access, (const char *path, int mode), (path, mode), is_ours(path))
STOP(int, faccessat, (int d, const char *path, int mode, int flags), (d, path, mode, flags), is_ours(path))
STOP(DIR *, opendir, (const char *path), (path), is_ours(path))
STOP(int, lstat, (const char *path, struct stat *s), (path, s), is_ours(path))
STOP(int, fstatat, (int d, const char *path, struct stat *s, int flags), (d, path, s, flags), is_ours(path))
STOP(ssize_t, readlink, (const char *path, char *b, size_t n), (path, b, n), is_ours(path))
STOP(char *, realpath, (const char *path, char *b), (path, b), is_ours(path))
STOP(int, statfs, (const char *path, struct statfs *s), (path, s), is_ours(path))
STOP(int, statvfs, (const char *path, struct statvfs *s), (path, s), is_ours(path))
STOP(int, truncate, (const char *path, off_t n), (path, n), is_ours(path))
STOP(int, chdir, (const char *path), (path), is_ours(path))
STOP(int, pipe, (int d[2]), (d), 1)
STOP(int, pipe2, (int d[2], int flags), (d, flags), 1)
