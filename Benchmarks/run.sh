#!/usr/bin/env bash
# `make bench`: the figures that the documentation quotes, in a release build, each beside its target, and at the end those of other
# programs. EVENTS=… sets the size of the large books (10,000,000), RECORD=… how many generated events are decided and recorded (as
# many), COMPANY=… how many of them the reports are asked of (100,000), COMPARE=… an earlier commit with which recording is compared.
# The books are written to BENCH_DIR (a new directory below the current one), so name one on the disk in question. KEEP=1 writes
# what was printed into docs/BENCHMARKS.md.
set -euo pipefail
cd "$(dirname "$0")/.."
events=${EVENTS:-10000000}
record=${RECORD:-$events}
company=${COMPANY:-100000}
small=$((events / 10))
swift build -c release
bin=$(swift build -c release --show-bin-path)
directory=$(mktemp -d "${BENCH_DIR:-.}/bench-XXXXXX")
trap 'rm -rf "$directory"' EXIT

measure() {
  echo "machine: $(nproc) cores, $(uname -sr), load $(cut -d' ' -f1-3 /proc/loadavg) before the run"
  "$bin/diario-bench" append --events "$small" --runs 5 --directory "$directory/log"
  "$bin/diario-bench" append --events "$events" --runs 1 --keep --directory "$directory/log"
  "$bin/diario-bench" replay --directory "$directory/log"
  "$bin/diario-bench" verify --directory "$directory/log"
  rm -rf "$directory/log"
  "$bin/diario-bench" single --directory "$directory/single"
  "$bin/diario-bench" as-of --events "$small" "$events" --directory "$directory/books"
  rm -rf "$directory/books"

  for size in "$company" "$record"; do
    "$bin/diario" init "$directory/company" --name Bench --on 2023-01-01 --at 2023-01-01T08:00:00Z
    "$bin/diario-generate" --events "$size" |
      "$bin/diario-bench" memory --events "$size" \
        "$bin/diario" record --books "$directory/company" --imported --quiet -
    if [ "$size" = "$company" ]; then "$bin/diario-bench" reports --books "$directory/company"; fi
    rm -rf "$directory/company"
  done
  if [ -n "${COMPARE:-}" ]; then BENCH_DIR="$directory" Benchmarks/compare.sh "$COMPARE"; fi
}

measure | tee "$directory/figures"
if [ -n "${KEEP:-}" ]; then
  {
    echo "# What Diario needs"
    echo
    echo "Printed by \`KEEP=1 make bench\` on $(date -u +%F), at commit $(git rev-parse --short HEAD): a release build, alone on its machine,"
    echo "each figure beside its target."
    echo
    echo '```text'
    cat "$directory/figures"
    echo '```'
    echo
    sed '1s/^#/##/' Benchmarks/peers.md
  } >docs/BENCHMARKS.md
fi
echo
cat Benchmarks/peers.md
