// Why: after each input libFuzzer clears and reads every counter it knows, and a door touches a hundredth of the sixty thousand that are
// linked: that took most of the time. So libFuzzer is told of a stretch of counters when the first of them is touched; and of fewer
// comparisons.
//
// The compiler's calls come here since the linker is told to (--wrap). A module of libFuzzer is any range of counters with the places in
// the code that belong to them (compiler-rt, lib/fuzzer/FuzzerTracePC.cpp), and more may come at any time.

#include "counters.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Counters that are watched together; libFuzzer has room for 4,096 modules.
enum { STRETCH = 64, MOST = 4096 };
// So many inputs, more than any corpus has, are looked at one by one: what they touch must be known when they are judged. Then it suffices
// to look now and then, since what was found once is found again.
enum { ONE_BY_ONE = 50000, NOW_AND_THEN = 256 };

struct place { uintptr_t code, flags; };

void __real___sanitizer_cov_8bit_counters_init(uint8_t *start, uint8_t *stop);
void __real___sanitizer_cov_pcs_init(const struct place *start, const struct place *stop);

static uint8_t *counters;
static const struct place *places;
static size_t count;
static uint8_t is_watched[MOST];

void __wrap___sanitizer_cov_8bit_counters_init(uint8_t *start, uint8_t *stop) {
  counters = start;
  count = (size_t)(stop - start);
}

void __wrap___sanitizer_cov_pcs_init(const struct place *start, const struct place *stop) {
  places = start;
  if ((size_t)(stop - start) != count || count > (size_t)STRETCH * MOST) {
    fprintf(stderr, "%zu counters of %zu places: more than can be watched, or not the same\n", count, (size_t)(stop - start));
    abort();
  }
}

static size_t end_of(size_t stretch) { return (stretch + 1) * STRETCH < count ? (stretch + 1) * STRETCH : count; }

static int is_touched(size_t stretch) {
  uint8_t all = 0;
  for (size_t index = stretch * STRETCH; index < end_of(stretch); index++) all |= counters[index];
  return all != 0;
}

void counters_clear(void) { memset(counters, 0, count); }

// Calls of functions that are only known when they are made matter to a search that looks at values, which ours does not.
void __wrap___sanitizer_cov_trace_pc_indir(uintptr_t callee) { (void)callee; }

// libFuzzer is also told of each comparison, and takes note of what an input lacked to make it come out otherwise. There are many more of
// them than it can use: those of every eighth input are enough.
static int compares = 1;

#define COMPARISON(name, type)                                           \
  void __real___sanitizer_cov_trace_##name(type one, type other);        \
  void __wrap___sanitizer_cov_trace_##name(type one, type other) {       \
    if (compares) __real___sanitizer_cov_trace_##name(one, other);       \
  }
COMPARISON(cmp1, uint8_t)
COMPARISON(cmp2, uint16_t)
COMPARISON(cmp4, uint32_t)
COMPARISON(cmp8, uint64_t)
COMPARISON(const_cmp1, uint8_t)
COMPARISON(const_cmp2, uint16_t)
COMPARISON(const_cmp4, uint32_t)
COMPARISON(const_cmp8, uint64_t)

void counters_watch_touched(void) {
  static size_t calls;
  compares = ++calls % 8 == 0;
  if (calls > ONE_BY_ONE && calls % NOW_AND_THEN) return;
  for (size_t first = 0; first * STRETCH < count; first++) {
    size_t last = first;
    while (last * STRETCH < count && !is_watched[last] && is_touched(last)) is_watched[last++] = 1;
    if (last == first) continue;
    __real___sanitizer_cov_8bit_counters_init(counters + first * STRETCH, counters + end_of(last - 1));
    __real___sanitizer_cov_pcs_init(places + first * STRETCH, places + end_of(last - 1));
    first = last;
  }
}
