#!/usr/bin/env bash
# The demonstration, `make demo`: a small company's first quarter, written by hand, at three points in time; why March changed after
# it was first reported; then a made-up company of 100,000 events (EVENTS=… for another number), asked the same question.
#
# DIARIO and GENERATE name the programs, else they are looked for in the release build.
set -euo pipefail
cd "$(dirname "$0")/.."
diario=$(realpath "${DIARIO:-.build/release/diario}")
generate=$(realpath "${GENERATE:-.build/release/diario-generate}")
events=${EVENTS:-100000}
books=$(mktemp -d)
trap 'rm -rf "$books"' EXIT
cp Fixtures/aranda/events.jsonl "$books/aranda.jsonl"
cd "$books"

if [ -t 1 ]; then bold=$'\033[1m' plain=$'\033[0m'; else bold='' plain=''; fi
TIMEFORMAT='(took %R s)'
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
run() {
  printf '\n$ diario'
  printf ' %q' "$@"
  printf '\n'
  "$diario" "$@"
}

say "1. Ferretería Aranda: 120 events of every kind, in the order in which they became known."
run init aranda --name "Ferretería Aranda" --on 2026-01-01 --at 2025-12-31T08:00:00Z
run record --books aranda --imported --quiet aranda.jsonl
export DIARIO_BOOKS=aranda

say "2. The trial balance at three points in time: January when it was first reported, March when it was first reported, and March now."
run report trial-balance --as-of 2026-01-31 --known-at 2026-01-31
run report trial-balance --as-of 2026-03-31 --known-at 2026-04-02
run report trial-balance --as-of 2026-03-31

say "3. What the stock is worth at the same three points in time."
run report stock-valuation --as-of 2026-01-31 --known-at 2026-01-31
run report stock-valuation --as-of 2026-03-31 --known-at 2026-04-02
run report stock-valuation --as-of 2026-03-31

say "4. Why is March not what was reported on 2 April? The accounts that changed, and the events that changed them."
run diff trial-balance --between 2026-04-02 2026-04-10 --as-of 2026-03-31

say "5. Goods of 10 March became known on 5 April. They change what the drills sold on 20 and 22 March cost:"
run explain stock-valuation TALADRO ARA --as-of 2026-03-31

say "6. Every identity that must hold, with its difference."
run report checks

say "7. A made-up company: $events events over 1,000 days, one in twenty recorded late."
run init company --on 2023-01-01 --at 2023-01-01T08:00:00Z
printf '\n$ diario-generate --events %s | diario record --books company --imported --quiet -\n' "$events"
time "$generate" --events "$events" | "$diario" record --books company --imported --quiet -

say "8. Its trial balance as of 30 June 2023: as it was known on that day, and as it is known now."
export DIARIO_BOOKS=company
some() { grep -E '^\$|as of|^Account|^1100 |^1200 |^2000 |^Total'; }
time run report trial-balance --as-of 2023-06-30 --known-at 2023-06-30 | some
time run report trial-balance --as-of 2023-06-30 | some
say "9. What changed in the six weeks after, and how many entries did it."
time run diff trial-balance --between 2023-06-30 2023-08-15 --as-of 2023-06-30 >changes.txt
sed '/The events that changed it/,$d' changes.txt
echo "$(sed '1,/The events that changed it/d' changes.txt | grep -c '^[0-9]') entries, of which these are the first:"
sed '1,/The events that changed it/d' changes.txt | sed -n '3,8p'

say "10. The books in one look, and every identity that must hold."
run report checks | tail -n 4
run status
