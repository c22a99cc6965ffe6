#!/usr/bin/env bash
# `Benchmarks/compare.sh COMMIT [BINARIES]`: what recording costs today against an earlier commit. Builds that commit in a work tree of
# its own (or takes the built programs in BINARIES), lets both record the same generated events in turn, and prints the CPU time of each
# and the ratio of each pair. EVENTS=… (100,000), ROUNDS=… (5).
set -euo pipefail
cd "$(dirname "$0")/.."
commit=${1:?Name a commit to compare with.}
events=${EVENTS:-100000}
rounds=${ROUNDS:-5}
directory=$(mktemp -d "${BENCH_DIR:-.}/compare-XXXXXX")
trap 'git worktree remove --force "$directory/tree" 2>/dev/null || true; rm -rf "$directory"' EXIT

swift build -c release --product diario
new=$(swift build -c release --show-bin-path)
if [ -n "${2:-}" ]; then
  old=$2
else
  git worktree add --quiet --detach "$directory/tree" "$commit"
  for product in diario diario-generate; do
    swift build -c release --package-path "$directory/tree" --product $product
  done
  old=$(swift build -c release --package-path "$directory/tree" --show-bin-path)
fi
# The earlier generator's lines: what it proposes, both accept.
"$old/diario-generate" --events "$events" >"$directory/lines"

# The CPU time, in seconds, in which the programs in $1 record the lines.
recording() {
  rm -rf "$directory/books"
  "$1/diario" init "$directory/books" --name Compare --on 2023-01-01 --at 2023-01-01T08:00:00Z >"$directory/said" 2>&1
  local TIMEFORMAT='%U %S'
  { time "$1/diario" record --books "$directory/books" --imported --quiet - \
    <"$directory/lines" >"$directory/said" 2>"$directory/errors" || { cat "$directory/errors" >&2; exit 1; }; } 2>&1 |
    awk '{ print $1 + $2 }'
}

echo "recording $events generated events: seconds of CPU at $(git rev-parse --short "$commit"), today, and the ratio"
for _ in $(seq "$rounds"); do
  before=$(recording "$old")
  today=$(recording "$new")
  awk -v a="$before" -v b="$today" 'BEGIN { printf "  %6.2f %6.2f %6.3f\n", a, b, b / a }'
done | tee "$directory/pairs"
sort -k3 -n "$directory/pairs" | awk -v rounds="$rounds" '
  NR == int((rounds + 1) / 2) { printf "median %.3f (target < 1.5: %s)\n", $3, $3 < 1.5 ? "met" : "NOT MET" }'
