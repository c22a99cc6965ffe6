// Why: a file has its name after a crash only if the directory that holds the name was synchronised. What was done to the names of one
// directory arrives in the order in which it was done; of several directories, one may be ahead of another.

#ifndef NAMES_H
#define NAMES_H
#include <limits.h>

enum { a_directory = -1, nothing = -2 };
// What lies at a path below the root.
struct binding { char path[300]; int file; };

// A name made ('C' a file, 'M' a directory), changed ('R') or taken away ('U').
struct name_change {
  char kind;
  int file, is_durable;
  char old[300], new[300];
  char directory[300];  // as it is called now
};
static struct binding bound_before[256];
static int bound_count;
static struct name_change changes[2000];
static int change_count;

static const char *below_root(const char *path) {
  size_t length = strlen(root);
  return strncmp(path, root, length) ? NULL : path + length;
}

static void text(char *to, const char *from) {
  if (snprintf(to, 300, "%s", from) >= 300) exit(2);
}

static void bind_name(const char *path, int file) {
  if (bound_count == 256) exit(2);
  text(bound_before[bound_count].path, path);
  bound_before[bound_count++].file = file;
}

// What follows `path` in `below`, when it lies there or is it.
static const char *rest_below(const char *path, const char *below) {
  size_t length = strlen(path);
  return !strncmp(path, below, length) && (!below[length] || below[length] == '/') ? below + length : NULL;
}

static int find(const struct binding *names, int count, const char *path) {
  while (count-- > 0) if (!strcmp(names[count].path, path)) return count;
  return -1;
}

static int carry_out(const struct name_change *change, struct binding *names, int count) {
  const char *replaced = change->kind == 'R' ? change->new : change->old;
  int at = find(names, count, replaced);
  if (change->kind == 'R' && find(names, count, change->old) < 0) return count;
  if (at >= 0) names[at] = names[--count];
  if (change->kind == 'U') return count;
  if (change->kind != 'R') {
    text(names[count].path, change->old);
    names[count].file = change->kind == 'M' ? a_directory : change->file;
    return count + 1;
  }
  for (int i = 0; i < count; i++) {
    const char *rest = rest_below(change->old, names[i].path);
    if (!rest) continue;
    char path[600];
    snprintf(path, sizeof path, "%s%s", change->new, rest);
    text(names[i].path, path);
  }
  return count;
}

// The names after a crash: of what does not last yet nothing (`way` 0), all (1), or of each directory as much as chance says.
static int names_after_crash(struct binding **answer, int way) {
  static struct binding names[512];
  int count = bound_count;
  memcpy(names, bound_before, sizeof *names * count);
  for (int i = 0; i < change_count; i++) {
    struct name_change *change = &changes[i];
    int arrives = change->is_durable || way == 1;
    if (!arrives && way == 2) {
      arrives = next_random() & 1;
      for (int before = 0; before < i; before++)
        if (changes[before].is_durable == -1 && !strcmp(changes[before].directory, change->directory)) arrives = 0;
    }
    if (arrives) count = carry_out(change, names, count);
    else change->is_durable = -1;
    if (count > 500) exit(2);
  }
  for (int i = 0; i < change_count; i++) if (changes[i].is_durable < 0) changes[i].is_durable = 0;
  *answer = names;
  return count;
}

// The file that is called `name` now, or `nothing`.
static int file_named(const char *name) {
  struct binding *names;
  int at = find(names, names_after_crash(&names, 1), name);
  return at < 0 ? nothing : names[at].file;
}

static void change_names(const struct operation *o) {
  const char *path = (const char *)o->bytes;
  if (o->head.kind == 'D') {
    char name[PATH_MAX + 2];
    snprintf(name, sizeof name, "%s/", path);
    const char *directory = below_root(name);
    if (!directory) return;  // The root's own name.
    for (int i = 0; i < change_count; i++)
      if (strlen(directory) == strlen(changes[i].directory) + (*directory != 0) &&
          !strncmp(changes[i].directory, directory, strlen(changes[i].directory))) changes[i].is_durable = 1;
    return;
  }
  if (change_count == 2000) exit(2);
  const char *name = below_root(path), *new = o->head.kind == 'R' ? below_root(path + strlen(path) + 1) : NULL;
  if (!name || (o->head.kind == 'R' && !new)) return;
  struct name_change *change = &changes[change_count++];
  change->kind = o->head.kind;
  change->file = number_of[o->head.file];
  text(change->old, name);
  if (change->kind == 'R') text(change->new, new);
  text(change->directory, change->kind == 'R' ? new : name);
  char *slash = strrchr(change->directory, '/');
  if (slash) *slash = 0; else change->directory[0] = 0;
  // A directory that gets another name keeps what is not durable in it.
  for (int i = 0; change->kind == 'R' && i < change_count - 1; i++) {
    const char *rest = rest_below(change->old, changes[i].directory);
    if (!rest) continue;
    char moved[600];
    snprintf(moved, sizeof moved, "%s%s", change->new, rest);
    text(changes[i].directory, moved);
  }
}
#endif
