// Why: after each input libFuzzer clears and reads every counter that it knows, and a door touches at most a tenth of the sixty thousand
// that are linked, spread over all of them: that took most of the time. So libFuzzer knows a smaller set, close together. A counter gets a place in
// it when it is first touched, and what an input touched is carried over when it has run.
//
// The compiler's calls come here since the linker is told to (--wrap). A module of libFuzzer is any range of counters with the places in
// the code that belong to them (compiler-rt, lib/fuzzer/FuzzerTracePC.cpp), and more may come at any time.

#include "counters.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A stretch of counters is as long as a line of the processor's cache; libFuzzer is told of known counters by so many, and has room for 4,096 times.
enum { STRETCH = 64, AT_ONCE = 512, MOST = 1 << 18 };
// So many inputs, more than any corpus has, are looked at one by one: what they touch must be known when they are judged. Then it suffices
// to look for further stretches now and then, since what can be found is mostly found often.
enum { ONE_BY_ONE = 500000, NOW_AND_THEN = 256 };

struct place { uintptr_t code, flags; };

void __real___sanitizer_cov_8bit_counters_init(uint8_t *start, uint8_t *stop);
void __real___sanitizer_cov_pcs_init(const struct place *start, const struct place *stop);

// What the compiler counts in, and how many stretches that makes.
static uint8_t *counters;
static const struct place *places;
static size_t count, stretches;
// The stretches that were touched at some time.
static uint8_t *touched[MOST / STRETCH];
static size_t touched_count;
static uint8_t is_touched[MOST / STRETCH];
// What libFuzzer knows; what it is told of at once lies in one page. `seats` says where in it a counter is, counted from 1.
static _Alignas(4096) uint8_t known[MOST];
static struct place known_places[MOST];
static uint32_t seats[MOST];
static size_t known_count, told;

void __wrap___sanitizer_cov_8bit_counters_init(uint8_t *start, uint8_t *stop) {
  counters = start;
  count = (size_t)(stop - start);
  stretches = (count + STRETCH - 1) / STRETCH;
}

void __wrap___sanitizer_cov_pcs_init(const struct place *start, const struct place *stop) {
  places = start;
  if ((size_t)(stop - start) != count || count < STRETCH || count > MOST) {
    fprintf(stderr, "%zu counters of %zu places: more than can be watched, fewer than a stretch, or not as many as places\n", count, (size_t)(stop - start));
    abort();
  }
}

// The first counter of a stretch. The last stretch has some that the one before it has, too.
static uint8_t *start_of(size_t stretch) {
  size_t first = stretch * STRETCH;
  return counters + (first + STRETCH <= count ? first : count - STRETCH);
}

static inline int is_untouched(const uint8_t *start) {
  uint64_t words[STRETCH / 8], all = 0;
  memcpy(words, start, STRETCH);
  for (size_t index = 0; index < STRETCH / 8; index++) all |= words[index];
  return all == 0;
}

static size_t seat_of(size_t counter) {
  if (seats[counter]) return seats[counter] - 1;
  size_t seat = known_count++;
  seats[counter] = (uint32_t)known_count;
  known_places[seat] = places[counter];
  if (seat == told) {
    told += AT_ONCE;
    __real___sanitizer_cov_8bit_counters_init(known + seat, known + told);
    __real___sanitizer_cov_pcs_init(known_places + seat, known_places + told);
  }
  return seat;
}

// Adds the stretches that were touched for the first time. What they count may be from several inputs: then it is not carried over.
static void look(int is_of_one_input) {
  for (size_t stretch = 0; stretch < stretches; stretch++) {
    if (is_touched[stretch] || is_untouched(start_of(stretch))) continue;
    is_touched[stretch] = 1;
    // In order, as memory is read fastest.
    size_t place = touched_count++;
    for (; place > 0 && touched[place - 1] > start_of(stretch); place--) touched[place] = touched[place - 1];
    touched[place] = start_of(stretch);
    if (!is_of_one_input) memset(start_of(stretch), 0, STRETCH);
  }
}

void counters_clear(void) { memset(counters, 0, count); }

// Wide registers read half a stretch at once; which a machine has is found out when the program is loaded.
#ifdef __x86_64__
__attribute__((target_clones("avx2", "default")))
#endif
void counters_carry_over(void) {
  static size_t calls;
  calls++;
  if (calls <= ONE_BY_ONE || calls % NOW_AND_THEN == 0) look(calls <= ONE_BY_ONE);
  for (size_t index = 0; index < touched_count; index++) {
    uint8_t *start = touched[index];
    if (is_untouched(start)) continue;
    for (size_t offset = 0; offset < STRETCH; offset += 8) {
      uint64_t word;
      memcpy(&word, start + offset, 8);
      while (word) {
        // The lowest byte that is not 0 is the first counter, the processors that we run on being little-endian.
        int shift = __builtin_ctzll(word) / 8 * 8;
        known[seat_of((size_t)(start - counters) + offset + (size_t)shift / 8)] = (uint8_t)(word >> shift);
        word &= ~(UINT64_C(255) << shift);
      }
    }
    memset(start, 0, STRETCH);
  }
}
