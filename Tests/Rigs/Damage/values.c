// Why: a control that flips any byte proves little, since most bytes of a small file are free. This prints where the values lie: `values FILE` gives
// offset and length of each value's bytes, without the checksum behind them, in every table of the environment in that file.

#define _GNU_SOURCE
#include <fcntl.h>
#include <lmdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void print_table(MDB_txn *txn, MDB_val name, const char *file, size_t size) {
  char text[64] = {0};
  MDB_dbi table;
  MDB_cursor *cursor;
  MDB_val key, value;
  if (name.mv_size >= sizeof text) return;
  memcpy(text, name.mv_data, name.mv_size);
  if (mdb_dbi_open(txn, text, 0, &table) || mdb_cursor_open(txn, table, &cursor)) return;
  while (!mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
    // The same bytes may still lie in a page that is free: then nobody knows which of the places is read.
    const char *first = memmem(file, size, value.mv_data, value.mv_size);
    if (value.mv_size <= 8 || !first) continue;
    size_t behind = first + 1 - file;
    if (!memmem(first + 1, size - behind, value.mv_data, value.mv_size))
      printf("%s %zu %zu\n", text, (size_t)(first - file), value.mv_size - 8);
  }
  mdb_cursor_close(cursor);
}

int main(int count, char **arguments) {
  struct stat status;
  MDB_env *env;
  MDB_txn *txn;
  MDB_dbi names;
  MDB_cursor *cursor;
  MDB_val key, value;
  if (count != 2) return 2;
  int descriptor = open(arguments[1], O_RDONLY);
  if (descriptor < 0 || fstat(descriptor, &status)) return perror(arguments[1]), 1;
  const char *file = mmap(NULL, status.st_size, PROT_READ, MAP_SHARED, descriptor, 0);
  mdb_env_create(&env);
  mdb_env_set_maxdbs(env, 32);
  if (mdb_env_open(env, arguments[1], MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK, 0600)) return 1;
  if (mdb_txn_begin(env, NULL, MDB_RDONLY, &txn) || mdb_dbi_open(txn, NULL, 0, &names)) return 1;
  mdb_cursor_open(txn, names, &cursor);
  while (!mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) print_table(txn, key, file, status.st_size);
  return 0;
}
