// Why: between two syncs a disk may hold any part of what was written, in any order, torn at its sectors. From a record of
// writes this program makes such states, thousands each second, and looks at each: it must be exactly one of the states that were
// ever committed, and none older than the newest before the last acknowledgement.
//
// states RECORD BASE WORK --states N --random R --seed S --part I --parts P --sample K --keep DIR
//
//   BASE/<path below the root>   what the files held before
//   WORK                         a directory in memory for the files that are looked at
//   --sample K --keep DIR        each K-th state is also left in DIR as books, for the program itself to open; its files have the names
//                                that they may have by then: what was made, renamed or deleted lasts when its directory was synchronised
//
// Prints one line of JSON.

#define _GNU_SOURCE
#include "../environment.h"
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { sector = 512, page = 4096, most_files = 64, most_bytes = 64 << 20, most_pages = most_bytes / page };
struct entry { uint8_t kind, file, synchronous, zero; uint32_t length; uint64_t offset; };
struct operation { struct entry head; const uint8_t *bytes; };
struct image { uint8_t *bytes; size_t size, room; };

struct file {
  char name[300];  // its first
  char work[300], work_applied[300];
  struct image durable, applied;
  struct image state;  // the file at `work`, mapped: what LMDB is shown is never copied
  int descriptor;
  uint64_t length;  // of the file at `work`: what follows `state` in it is zero, and cut off before anybody looks
  uint32_t touched[most_pages];  // the pages in which `state` may differ from `durable`
  int touched_count;
  uint8_t is_touched[most_pages];
  uint64_t sums[most_pages];  // of each page of `durable`
  uint64_t sum;               // of all of them
  uint64_t *committed;  // hashes of the states that were committed, in order
  int commits, floor;   // the least that must have survived; -1 for none
  struct contents now;
  int is_environment;
};
static struct file files[most_files];
static int file_count, number_of[256];  // the recorder's numbers of files, from 1
static const char *root = "", *base;
static struct operation *pending[100000];
static int pending_count;
static uint64_t states, made, points, failures, acknowledgements, wanted = UINT64_MAX, sample;
static uint64_t part, parts = 1, acknowledged, kept;
static char first_failure[1000];
static const char *keep, *work;

static uint64_t random_state;
static uint64_t next_random(void) {  // SplitMix64
  uint64_t z = random_state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static void reserve(struct image *image, size_t size) {
  if (size <= image->room) return;
  size_t room = size * 2 + 4096;
  image->bytes = realloc(image->bytes, room);
  memset(image->bytes + image->room, 0, room - image->room);
  image->room = room;
}

static void put(struct image *image, uint64_t offset, const uint8_t *bytes, size_t count) {
  reserve(image, offset + count);
  memcpy(image->bytes + offset, bytes, count);
  if (offset + count > image->size) image->size = offset + count;
}

static void cut(struct image *image, uint64_t size) {
  reserve(image, size);
  if (size < image->size) memset(image->bytes + size, 0, image->size - size);
  image->size = size;
}

static void copy(struct image *to, const struct image *from) {
  reserve(to, from->size);
  memcpy(to->bytes, from->bytes, from->size);
  to->size = from->size;
}

// Page `number` of an image; of the last, what there is of it. Sums of pages can be added up, and so be kept up to date.
static uint64_t sum_of(const struct image *image, uint64_t number) {
  uint64_t start = number * page, end = start + page < image->size ? start + page : image->size;
  return start < end ? XXH3_64bits_withSeed(image->bytes + start, end - start, number) : 0;
}

static void touch(struct file *file, uint64_t from, uint64_t to) {
  for (uint64_t number = from / page; number * page < to; number++) {
    if (file->is_touched[number]) continue;
    file->is_touched[number] = 1;
    file->touched[file->touched_count++] = number;
  }
}

static void set_length(struct file *file, uint64_t length) {
  if (length > most_bytes || ftruncate(file->descriptor, length)) exit(2);
  file->length = length;
}

static void resize(struct file *file, uint64_t size) {
  struct image *state = &file->state;
  if (size == state->size) return;
  if (size > file->length) set_length(file, size);
  // Pages that are cut off and given back cost more than all else here.
  if (size < state->size) memset(state->bytes + size, 0, state->size - size);
  // The page in which it ends changes as well.
  uint64_t low = size < state->size ? size : state->size, high = size + state->size - low;
  touch(file, low ? low - 1 : 0, high);
  state->size = size;
}

static void put_state(struct file *file, uint64_t offset, const uint8_t *bytes, size_t count) {
  if (offset + count > file->state.size) resize(file, offset + count);
  touch(file, offset, offset + count);
  memcpy(file->state.bytes + offset, bytes, count);
}

// Makes `state` what `durable` is, where it may differ.
static void reset(struct file *file) {
  resize(file, file->durable.size);
  for (int i = 0; i < file->touched_count; i++) {
    uint64_t number = file->touched[i], start = number * page;
    file->is_touched[number] = 0;
    if (start >= file->durable.size) continue;
    uint64_t count = file->durable.size - start;
    memcpy(file->state.bytes + start, file->durable.bytes + start, count < page ? count : page);
  }
  file->touched_count = 0;
}

// What `state` is: a sum over its pages, and its size.
static uint64_t hash_of(const struct file *file) {
  uint64_t sum = file->sum;
  for (int i = 0; i < file->touched_count; i++)
    sum += sum_of(&file->state, file->touched[i]) - file->sums[file->touched[i]];
  return sum ^ file->state.size * 0x9e3779b97f4a7c15;
}

// `durable` has changed from `from` to `to`: so `state` no longer is what it is.
static void durable_changed(struct file *file, uint64_t from, uint64_t to) {
  touch(file, from, to);
  for (uint64_t number = from / page; number * page < to; number++) {
    file->sum -= file->sums[number];
    file->sum += file->sums[number] = sum_of(&file->durable, number);
  }
}

static void apply(struct image *image, const struct operation *o) {
  if (o->head.kind == 'T') cut(image, o->head.offset);
  else put(image, o->head.offset, o->bytes, o->head.length);
}

static void apply_to_state(struct file *file, const struct operation *o) {
  if (o->head.kind == 'T') resize(file, o->head.offset);
  else put_state(file, o->head.offset, o->bytes, o->head.length);
}

static void apply_to_durable(struct file *file, const struct operation *o) {
  uint64_t before = file->durable.size;
  apply(&file->durable, o);
  if (o->head.kind != 'T') return durable_changed(file, o->head.offset, o->head.offset + o->head.length);
  uint64_t low = before < o->head.offset ? before : o->head.offset;
  durable_changed(file, low ? low - 1 : 0, before + o->head.offset - low);
}

// Only the sectors for which `mask` has a bit; beyond 64 sectors the mask repeats.
static void apply_torn(struct file *file, const struct operation *o, uint64_t mask) {
  if (o->head.kind == 'T') return;
  uint64_t at = o->head.offset, end = at + o->head.length;
  for (int i = 0; at < end; i++) {
    uint64_t stop = (at / sector + 1) * sector;
    if (stop > end) stop = end;
    if (mask >> (i % 64) & 1) put_state(file, at, o->bytes + (at - o->head.offset), stop - at);
    at = stop;
  }
}

// A set of the hashes of states that were looked at.
static uint64_t *seen;
static size_t seen_count, seen_room;
static int is_new(uint64_t hash) {
  if (seen_count * 2 >= seen_room) {
    size_t room = seen_room ? seen_room * 2 : 1 << 16;
    uint64_t *old = seen;
    seen = calloc(room, sizeof *seen);
    for (size_t i = 0; i < seen_room; i++)
      if (old[i]) { size_t p = old[i] % room; while (seen[p]) p = (p + 1) % room; seen[p] = old[i]; }
    free(old);
    seen_room = room;
  }
  if (!hash) hash = 1;
  size_t p = hash % seen_room;
  while (seen[p]) { if (seen[p] == hash) return 0; p = (p + 1) % seen_room; }
  seen[p] = hash;
  seen_count++;
  return 1;
}

// What was found in a file's state, by its hash: many states differ in another file only.
struct verdict { uint64_t key, hash, size, coverage; };
static struct verdict *verdicts;
static size_t verdict_count, verdict_room;
static struct verdict *verdict(uint64_t key) {
  if (verdict_count * 2 >= verdict_room) {
    size_t room = verdict_room ? verdict_room * 2 : 1 << 12;
    struct verdict *old = verdicts;
    verdicts = calloc(room, sizeof *verdicts);
    for (size_t i = 0; i < verdict_room; i++)
      if (old[i].key) { size_t p = old[i].key % room; while (verdicts[p].key) p = (p + 1) % room; verdicts[p] = old[i]; }
    free(old);
    verdict_room = room;
  }
  size_t p = key % verdict_room;
  while (verdicts[p].key && verdicts[p].key != key) p = (p + 1) % verdict_room;
  return &verdicts[p];
}

static void write_file(const char *path, const struct image *image) {
  int descriptor = open(path, O_RDWR | O_CREAT, 0600);
  if (ftruncate(descriptor, image->size) || pwrite(descriptor, image->bytes, image->size, 0) != (ssize_t)image->size) {
    perror(path);
    exit(2);
  }
  close(descriptor);
}

#include "names.h"

static void fail(const char *file, const char *what) {
  if (!failures++)
    snprintf(first_failure, sizeof first_failure, "point %lu, state %lu, %s: %s", points, states, file, what);
  // A damaged name may hold anything.
  for (char *p = first_failure; *p; p++) if (*p < ' ' || *p == '"' || *p == '\\') *p = '?';
}

static void keep_sample(int way) {
  struct binding *names;
  int count = names_after_crash(&names, way);
  for (int i = 0; i < count; i++) {
    char path[1000];
    snprintf(path, sizeof path, "%s/%lu.%lu/%s", keep, part, kept, names[i].path);
    for (char *p = path + 1; (p = strchr(p, '/')); p++) { *p = 0; mkdir(path, 0700); *p = '/'; }
    if (names[i].file == a_directory) mkdir(path, 0700);
    else write_file(path, &files[names[i].file].state);
  }
  char path[1000];
  snprintf(path, sizeof path, "%s/%lu.%lu", keep, part, kept++);
  mkdir(path, 0700);
  strcat(path, ".acknowledged");
  FILE *note = fopen(path, "w");
  fprintf(note, "%lu\n", acknowledged);
  fclose(note);
}

// Looks at the state that lies in each file's `state`.
static void judge(void) {
  made++;
  uint64_t hash = acknowledgements, hashes[most_files];
  for (int i = 0; i < file_count; i++) hashes[i] = hash_of(&files[i]);
  hash = XXH3_64bits_withSeed(hashes, file_count * sizeof *hashes, hash);
  if (hash % parts != part || !is_new(hash)) return;
  states++;
  uint64_t size = UINT64_MAX, coverage = 0;
  for (int i = 0; i < file_count; i++) {
    struct file *file = &files[i];
    if (!file->is_environment) continue;
    struct verdict *v = verdict(hashes[i]);
    if (!v->key) {
      struct contents c;
      if (file->length != file->state.size) set_length(file, file->state.size);
      look(file->work, &c);
      if (c.fault[0]) {
        // Files that nobody was ever told of may be unfinished.
        if (file->floor >= 0) fail(file->name, c.fault);
        continue;
      }
      *v = (struct verdict){hashes[i], c.hash, c.size, c.coverage};
      verdict_count++;
    }
    int found = file->commits - 1;
    while (found >= 0 && file->committed[found] != v->hash) found--;
    if (found < 0) fail(file->name, "holds what was never committed");
    else if (found < file->floor) fail(file->name, "an acknowledged commit is lost");
    if (v->size) size = v->size;
    if (v->coverage > coverage) coverage = v->coverage;
  }
  if (coverage > size) fail("views", "summaries cover more than the log has");
  if (sample && states % sample == 0) keep_sample(next_random() % 3);
}

static void start_state(void) { for (int i = 0; i < file_count; i++) reset(&files[i]); }
static struct file *file_of(const struct operation *o) { return &files[number_of[o->head.file]]; }

// The states that a crash at this moment may leave.
static void crash(int randoms) {
  points++;
  int n = pending_count;
  for (int all = 0; all < 2; all++) {
    start_state();
    for (int i = 0; all && i < n; i++) apply_to_state(file_of(pending[i]), pending[i]);
    judge();
  }
  for (int only = 0; only < 2; only++)
    for (int k = 0; k < n; k++) {
      start_state();
      for (int i = 0; i < n; i++) if ((i == k) == only) apply_to_state(file_of(pending[i]), pending[i]);
      judge();
    }
  // The newest write torn at each of its sectors, its beginning or its end, with all of the others or none of them.
  for (int way = 0; n > 0 && way < 4; way++) {
    struct operation *last = pending[n - 1];
    int sectors = (last->head.length + sector - 1) / sector;
    for (int k = 1; k < sectors && k < 64; k++) {
      start_state();
      for (int i = 0; way & 1 && i < n - 1; i++) apply_to_state(file_of(pending[i]), pending[i]);
      uint64_t head = (1ull << k) - 1;
      apply_torn(file_of(last), last, way & 2 ? ~head : head);
      judge();
    }
  }
  static int order[100000];
  for (int r = 0; n > 0 && r < randoms; r++) {
    start_state();
    for (int i = 0; i < n; i++) order[i] = i;
    if (r & 1) for (int i = n - 1; i > 0; i--) {
      int j = next_random() % (i + 1), t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
    // How much of it has arrived differs from state to state: an eighth … seven eighths.
    int share = 1 + next_random() % 7;
    for (int i = 0; i < n; i++) {
      struct operation *o = pending[order[i]];
      int way = next_random() % 8;
      if (r & 2 && way < 6) apply_torn(file_of(o), o, next_random());
      else if (way < share) apply_to_state(file_of(o), o);
    }
    judge();
  }
}

static void look_at_applied(struct file *file) {
  if (!file->is_environment) return;
  write_file(file->work_applied, &file->applied);
  struct contents c;
  look(file->work_applied, &c);
  if (c.fault[0]) {
    if (file->commits) fail(file->name, c.fault);
    return;
  }
  file->now = c;
  if (file->commits && file->committed[file->commits - 1] == c.hash) return;
  file->committed = realloc(file->committed, (file->commits + 1) * sizeof(uint64_t));
  file->committed[file->commits++] = c.hash;
}

// A file called `name` below the root; one that was there before, with its contents.
static int new_file(const char *name, int was_there) {
  struct file *file = &files[file_count];
  if (file_count == most_files) exit(2);
  snprintf(file->name, sizeof file->name, "%s", name);
  file->is_environment = strstr(name, ".mdb") != NULL;
  snprintf(file->work, sizeof file->work, "%s/%lu-%d.mdb", work, part, file_count);
  snprintf(file->work_applied, sizeof file->work_applied, "%s/%lu-%d.applied.mdb", work, part, file_count);
  file->descriptor = open(file->work, O_RDWR | O_CREAT | O_TRUNC, 0600);
  file->state.bytes = mmap(NULL, most_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file->descriptor, 0);
  if (file->state.bytes == MAP_FAILED) exit(2);
  if (was_there) {
    char path[1000];
    snprintf(path, sizeof path, "%s/%s", base, name);
    int descriptor = open(path, O_RDONLY);
    struct stat stat;
    if (descriptor < 0 || fstat(descriptor, &stat)) exit(2);
    cut(&file->durable, stat.st_size);
    if (read(descriptor, file->durable.bytes, stat.st_size) != stat.st_size) exit(2);
    copy(&file->applied, &file->durable);
    durable_changed(file, 0, file->durable.size);
    if (stat.st_size) look_at_applied(file);
    close(descriptor);
  }
  file->floor = file->commits - 1;
  return file_count++;
}

// One of what was there before: files (but for locks) and directories.
static int was_there(const char *path, const struct stat *status, int kind, struct FTW *unused) {
  const char *name = path + strlen(base) + 1;
  size_t length = strlen(path);
  if (length <= strlen(base) || strstr(path, "lock.mdb") || !strcmp(path + length - 5, ".lock")) return 0;
  bind_name(name, kind == FTW_D ? a_directory : new_file(name, 1));
  return 0;
}

// After each change of a name: the names as they were or as they are, of files that have everything or only what lasts.
static void names_changed(void) {
  for (int all = 0; all < 2; all++) {
    start_state();
    for (int i = 0; all && i < pending_count; i++) apply_to_state(file_of(pending[i]), pending[i]);
    for (int way = 0; way < 2; way++) keep_sample(way);
  }
}

static void open_file(const struct operation *o) {
  const char *name = below_root((const char *)o->bytes);
  int file = name ? file_named(name) : nothing;
  number_of[o->head.file] = file >= 0 ? file : new_file(name ? name : (const char *)o->bytes, 0);
}

static void acknowledge(const struct operation *o) {
  acknowledgements++;
  for (int i = 0; i < file_count; i++) files[i].floor = files[i].commits - 1;
  const char *text = (const char *)o->bytes, *end = text + o->head.length;
  for (const char *p = text; (p = memmem(p, end - p, "\"position\":", 11)); p++) {
    acknowledged = strtoull(p + 11, NULL, 10);
    for (int i = 0; i < file_count; i++)
      if (files[i].now.size && acknowledged > files[i].now.size) fail(files[i].name, "acknowledged before it was committed");
  }
}

static void settle(int file) {
  int left = 0;
  for (int i = 0; i < pending_count; i++)
    if (pending[i]->head.file == file) apply_to_durable(file_of(pending[i]), pending[i]);
    else pending[left++] = pending[i];
  pending_count = left;
}

int main(int count, char **arguments) {
  if (count < 4) return 2;
  int randoms = 20;
  base = arguments[2];
  work = arguments[3];
  for (int i = 4; i + 1 < count; i += 2) {
    char *value = arguments[i + 1];
    uint64_t number = strtoull(value, NULL, 10);
    if (!strcmp(arguments[i], "--states")) wanted = number;
    else if (!strcmp(arguments[i], "--random")) randoms = number;
    else if (!strcmp(arguments[i], "--seed")) random_state = number;
    else if (!strcmp(arguments[i], "--part")) part = number;
    else if (!strcmp(arguments[i], "--parts")) parts = number;
    else if (!strcmp(arguments[i], "--sample")) sample = number;
    else if (!strcmp(arguments[i], "--keep")) keep = value;
    else if (!strcmp(arguments[i], "--root")) root = value;
    else return 2;
  }
  catch_crashes();
  if (keep) mkdir(keep, 0700);
  nftw(base, was_there, 16, FTW_PHYS);
  FILE *record = fopen(arguments[1], "r");
  if (!record) return 2;
  struct operation *o;
  for (;;) {
    o = calloc(1, sizeof *o);
    if (fread(&o->head, sizeof o->head, 1, record) != 1) break;
    uint8_t *bytes = calloc(1, o->head.length + 1);
    if (fread(bytes, 1, o->head.length, record) != o->head.length) return 2;
    o->bytes = bytes;
    switch (o->head.kind) {
    case 'F': open_file(o); continue;
    case 'C': case 'M': case 'R': case 'U': case 'D':
      change_names(o);
      if (sample && part == o->head.length % parts) names_changed();
      continue;
    case 'A': acknowledge(o); break;
    case 'S': settle(o->head.file); break;
    case 'W': case 'T':
      pending[pending_count++] = o;
      apply(&file_of(o)->applied, o);
      look_at_applied(file_of(o));
      break;
    default: continue;
    }
    if (states < wanted) crash(randoms);
    if (o->head.kind == 'W' && o->head.synchronous) {
      pending_count--;
      apply_to_durable(file_of(o), o);
    }
  }
  printf("{\"points\": %lu, \"made\": %lu, \"states\": %lu, \"acknowledgements\": %lu, \"failures\": %lu, \"first\": \"%s\"}\n",
         points, made, states, acknowledgements, failures, first_failure);
  return failures ? 1 : 0;
}
