// Why: after each run the books are read without Diario. look FILE …: exits with 1 and says what is wrong when any value in an environment
// fails its checksum, or pages are in use twice or never.

#include "../environment.h"

int main(int count, char **files) {
  catch_crashes();
  for (int i = 1; i < count; i++) {
    struct contents c;
    look(files[i], &c);
    if (c.fault[0]) return fprintf(stderr, "%s: %s\n", files[i], c.fault), 1;
    printf("%016lx %lu %lu\n", c.lasting, c.size, c.coverage);
  }
  return 0;
}
