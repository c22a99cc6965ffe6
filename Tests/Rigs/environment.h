// Why: thousands of damaged and half-written environments are looked at each second, so the look is a few hundred microseconds of C.
// It knows docs/FORMAT.md §2 (the checksum of every value) and the tables' names, and nothing of Diario's code.

#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H
#include <lmdb.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
// Most values are short: calling the library would cost more than the sum.
#define XXH_INLINE_ALL
#include <xxhash.h>

struct contents {
  uint64_t hash;      // over the names of the tables, their keys and values
  uint64_t lasting;   // the same without the roots in `coverage`, which depend on the moments of recording
  uint64_t size;      // of the log: from the head row
  uint64_t coverage;  // of the summaries: the greatest position
  uint64_t values;    // how many were checked
  char fault[200];    // empty when all is well
};

static sigjmp_buf crashed;
static void on_crash(int number) { siglongjmp(crashed, number); }

static void catch_crashes(void) {
  struct sigaction action = {0};
  action.sa_handler = on_crash;
  action.sa_flags = SA_NODEFER;
  for (int i = 0; i < 4; i++) sigaction((int[]){SIGSEGV, SIGBUS, SIGABRT, SIGFPE}[i], &action, NULL);
}

static uint64_t little(const uint8_t *bytes, int count) {
  uint64_t number = 0;
  for (int i = 0; i < count; i++) number |= (uint64_t)bytes[i] << (8 * i);
  return number;
}

static uint64_t mixed(uint64_t hash, uint64_t next) { return XXH3_64bits_withSeed(&next, sizeof next, hash); }

#define FAULT(...) do { snprintf(c->fault, sizeof c->fault, __VA_ARGS__); return; } while (0)

static void read_table(MDB_txn *txn, const char *name, size_t length, struct contents *c, uint64_t *pages) {
  char text[64];
  if (length >= sizeof text) FAULT("a table's name is too long");
  memcpy(text, name, length);
  text[length] = 0;
  MDB_dbi table;
  int result = mdb_dbi_open(txn, text, 0, &table);
  if (result) FAULT("table %s: %s", text, mdb_strerror(result));
  MDB_stat stat;
  mdb_stat(txn, table, &stat);
  *pages += stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages;
  MDB_cursor *cursor;
  if ((result = mdb_cursor_open(txn, table, &cursor))) FAULT("table %s: %s", text, mdb_strerror(result));
  uint64_t seed = XXH3_64bits_withSeed(text, length, 0), entries = 0;
  c->hash = mixed(c->hash, seed);
  int is_head = !strcmp(text, "head"), is_coverage = !strcmp(text, "coverage");
  MDB_val key, value;
  while (!(result = mdb_cursor_get(cursor, &key, &value, MDB_NEXT))) {
    if (value.mv_size < 8) FAULT("table %s: a value without a checksum", text);
    size_t count = value.mv_size - 8;
    const uint8_t *bytes = value.mv_data;
    uint64_t place = XXH3_64bits_withSeed(key.mv_data, key.mv_size, seed);
    uint64_t sum = XXH3_64bits_withSeed(bytes, count, place);
    if (sum != little(bytes + count, 8)) FAULT("table %s: the checksum of entry %lu does not fit", text, entries + 1);
    // The checksum is of the table's name, the key and the value: so the contents need be hashed only once.
    c->hash = mixed(c->hash, sum);
    c->lasting = mixed(c->lasting, is_coverage && count == 40 ? XXH3_64bits_withSeed(bytes, 8, place) : sum);
    if (is_head && count >= 32) c->size = little(bytes + 24, 8);
    if (is_coverage && count == 40 && little(bytes, 8) > c->coverage) c->coverage = little(bytes, 8);
    entries++;
  }
  if (result != MDB_NOTFOUND) FAULT("table %s: %s", text, mdb_strerror(result));
  if (entries != stat.ms_entries) FAULT("table %s has %lu entries, not %lu", text, entries, stat.ms_entries);
  c->values += entries;
  mdb_cursor_close(cursor);
}

// Reads everything. The pages must add up: each is in use by one table, or free.
static void read_environment(MDB_env *env, struct contents *c) {
  MDB_txn *txn;
  MDB_dbi names;
  int result = mdb_txn_begin(env, NULL, MDB_RDONLY, &txn);
  if (result) FAULT("a transaction: %s", mdb_strerror(result));
  if ((result = mdb_dbi_open(txn, NULL, 0, &names))) FAULT("the table of tables: %s", mdb_strerror(result));
  MDB_cursor *cursor;
  mdb_cursor_open(txn, names, &cursor);
  MDB_val key, value;
  MDB_stat stat;
  uint64_t pages = 2;
  mdb_stat(txn, names, &stat);
  pages += stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages;
  while (!(result = mdb_cursor_get(cursor, &key, &value, MDB_NEXT))) {
    read_table(txn, key.mv_data, key.mv_size, c, &pages);
    if (c->fault[0]) return;
  }
  if (result != MDB_NOTFOUND) FAULT("the table of tables: %s", mdb_strerror(result));
  mdb_cursor_close(cursor);
  mdb_stat(txn, 0, &stat);
  pages += stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages;
  mdb_cursor_open(txn, 0, &cursor);
  while (!mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) pages += little(value.mv_data, 8);
  mdb_cursor_close(cursor);
  MDB_envinfo info;
  mdb_env_info(env, &info);
  if (pages != info.me_last_pgno + 1) FAULT("%lu pages in use or free, of %lu", pages, info.me_last_pgno + 1);
  mdb_txn_abort(txn);
}

// What the environment in the file at `path` says. It needs no lock file: nobody else has it open.
static void look(const char *path, struct contents *c) {
  memset(c, 0, sizeof *c);
  MDB_env *env;
  mdb_env_create(&env);
  mdb_env_set_maxdbs(env, 32);
  mdb_env_set_mapsize(env, 256 << 20);
  int number = sigsetjmp(crashed, 1);
  if (number) FAULT("LMDB crashed with signal %d", number);
  int result = mdb_env_open(env, path, MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK, 0600);
  if (result) snprintf(c->fault, sizeof c->fault, "cannot be opened: %s", mdb_strerror(result));
  else read_environment(env, c);
  mdb_env_close(env);
}
#endif
