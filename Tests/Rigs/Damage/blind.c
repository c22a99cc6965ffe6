// Why: the negative control of the damage rig. Loaded before xxHash, it takes whatever stands behind a value for its checksum, as a
// program would that does not check.

#include <stdint.h>
#include <stddef.h>
#include <string.h>

uint64_t XXH3_64bits_withSeed(const void *bytes, size_t count, uint64_t seed) {
  uint64_t stored;
  memcpy(&stored, (const char *)bytes + count, sizeof stored);
  return stored;
}

// The name behind which xxHash 0.8 chooses among the processor's vectors.
uint64_t XXH3_64bits_withSeed_dispatch(const void *bytes, size_t count, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes, count, seed);
}
