// Why: which pages of its files a program reads, so that a damage elsewhere need not be judged. Loaded before the rig's worker, it forbids the
// pages of each data.mdb that is mapped; the first access to one is written down and then permitted. So is what is read by pread. Each fflush(NULL) of the program
// prints the pages since the last one, `log PAGE … views PAGE …`, and forbids them again.

#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { page = 4096, most_pages = 1 << 16 };
static struct file {
  const char *path, *name;
  char *start;
  size_t length;
  unsigned char touched[most_pages];
} files[] = {{"/log/data.mdb", "log", 0, 0, {0}}, {"/views/data.mdb", "views", 0, 0, {0}}};

static void on_access(int number, siginfo_t *info, void *context) {
  char *address = info->si_addr;
  for (int i = 0; i < 2; i++) {
    struct file *f = &files[i];
    if (!f->start || address < f->start || address >= f->start + f->length) continue;
    size_t at = (address - f->start) / page;
    f->touched[at] = 1;
    mprotect(f->start + at * page, page, PROT_READ);
    return;
  }
  signal(number, SIG_DFL);
}

__attribute__((constructor)) static void begin(void) {
  struct sigaction action = {0};
  action.sa_sigaction = on_access;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  sigaction(SIGSEGV, &action, NULL);
}

// The file that a descriptor belongs to, or none.
static struct file *file_of(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t count = readlink(link, path, sizeof path - 1);
  for (int i = 0; i < 2; i++) {
    size_t end = strlen(files[i].path);
    if (count >= (ssize_t)end && !memcmp(path + count - end, files[i].path, end)) return &files[i];
  }
  return NULL;
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  void *start = (void *)syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
  struct file *f = start == MAP_FAILED || descriptor < 0 ? NULL : file_of(descriptor);
  struct stat status;
  if (!f) return start;
  fstat(descriptor, &status);
  f->length = (size_t)status.st_size < length ? (size_t)status.st_size : length;
  if (f->length > (size_t)page * most_pages) f->length = (size_t)page * most_pages;
  f->start = start;
  mprotect(start, f->length, PROT_NONE);
  return start;
}
void *mmap64(void *a, size_t n, int p, int f, int d, off_t o) { return mmap(a, n, p, f, d, o); }

// What is read before it is mapped: LMDB's heads, and whatever checks a file before LMDB sees it.
ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
  ssize_t result = syscall(SYS_pread64, descriptor, bytes, count, offset);
  struct file *f = file_of(descriptor);
  for (off_t at = offset / page; f && at < most_pages && at * page < offset + result; at++) f->touched[at] = 1;
  return result;
}
ssize_t pread64(int d, void *b, size_t n, off_t o) { return pread(d, b, n, o); }

int munmap(void *start, size_t length) {
  for (int i = 0; i < 2; i++) if (files[i].start == start) files[i].start = NULL;
  return syscall(SYS_munmap, start, length);
}

int fflush(FILE *stream) {
  if (stream) return 0;
  for (int i = 0; i < 2; i++) {
    struct file *f = &files[i];
    dprintf(1, "%s", f->name);
    for (int at = 0; at < most_pages; at++) if (f->touched[at]) dprintf(1, " %d", at);
    dprintf(1, i ? "\n" : " ");
    memset(f->touched, 0, sizeof f->touched);
    if (f->start) mprotect(f->start, f->length, PROT_NONE);
  }
  return 0;
}
