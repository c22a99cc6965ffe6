// The only C in Diario: the declarations of LMDB (liblmdb-dev) and XXH3 (libxxhash-dev).
#include <lmdb.h>
#include <xxhash.h>
