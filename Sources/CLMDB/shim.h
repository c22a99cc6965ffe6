// The only C in Diario: the declarations of LMDB (liblmdb-dev), XXH3 (libxxhash-dev), statfs(2), fallocate(2) and malloc_trim(3), which
// Swift's Glibc module leaves out.
#include <linux/falloc.h>
#include <lmdb.h>
#include <malloc.h>
#include <xxhash.h>
#include <sys/vfs.h>

// Where the library was built with it, this header turns XXH3's names into those that ask the processor once for its
// widest vectors. Every read is checked, so the checksum's speed is the reader's.
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>
#endif

/// fallocate(2), which <fcntl.h> declares for GNU sources only.
int fallocate(int descriptor, int mode, off_t offset, off_t length);

/// XXH3, 64 bits, of the `length` bytes at `data`, which may be null when there are none.
static inline XXH64_hash_t xxh3_64(const void *data, size_t length, XXH64_hash_t seed) {
  return XXH3_64bits_withSeed(data, length, seed);
}

/// XXH3, 128 bits, of the same.
static inline XXH128_hash_t xxh3_128(const void *data, size_t length, XXH64_hash_t seed) {
  return XXH3_128bits_withSeed(data, length, seed);
}
