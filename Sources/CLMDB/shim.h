// The only C in Diario: the declarations of LMDB (liblmdb-dev), XXH3 (libxxhash-dev) and statfs(2), which
// Swift's Glibc module leaves out.
#include <lmdb.h>
#include <xxhash.h>
#include <sys/vfs.h>
