#!/usr/bin/env python3
"""Runs the rigs: `run.py short` as `make test` does, `run.py long [--runs N] [--seed S] [RIG …]` for as long as it takes.

--runs multiplies the short form's number of runs; --keep writes the totals into docs/TESTING.md.
"""

import argparse
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import testing  # noqa: E402
from common import BUILT  # noqa: E402

FOREVER = 10**9

# Name, program, runs of the short form, and after how many seconds it starts no more runs: about twice what it needs on two cores. Then
# what was done is counted, and the rig's line says that it was stopped.
RIGS = [
    ("crash-states", "CrashStates/crashstates.py", 100_000, 300),
    ("call-faults", "CallFaults/callfaults.py", 5_000, 600),
    ("damage", "Damage/damage.py", 200_000, 360),
    ("history", "History/history.py", 200, 120),
    ("power-cuts", "PowerCut/powercut.py", 50, 240),
    ("hot-backups", "HotBackups/hotbackups.py", 50, 120),
    ("simulation", "Simulation/simulation.py", 2_000, 180),
    # A run is a second of search at each door, and each door has its seconds.
    ("fuzzing", "Fuzz/fuzz.py", 60, FOREVER),
    # Slower than everything else: a limit that leaves room for a busy machine.
    ("sanitizers", "Sanitizers/sanitizers.py", 1, 1800),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("form", choices=["short", "long"])
    parser.add_argument("rigs", nargs="*", help=f"of {', '.join(name for name, *_ in RIGS)}; all when none is named")
    parser.add_argument("--runs", type=float, default=1, help="this many times the short form's runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, help="stop starting new runs of a rig after so long")
    parser.add_argument("--keep", action="store_true", help="write the totals into docs/TESTING.md")
    # Names of rigs may stand behind options.
    chosen = parser.parse_intermixed_args()
    results = BUILT / "results.jsonl"
    results.unlink(missing_ok=True)
    failed = []
    for name, program, runs, limit in RIGS:
        if chosen.rigs and name not in chosen.rigs:
            continue
        command = [sys.executable, HERE / program, "--runs", str(int(runs * chosen.runs)), "--seed", str(chosen.seed)]
        seconds = chosen.seconds or (limit if chosen.form == "short" else FOREVER)
        code = subprocess.run([*command, "--seconds", str(seconds)]).returncode
        if code:
            failed.append(name)
    if chosen.keep and results.exists():
        testing.keep(chosen.form, [json.loads(line) for line in results.read_text().splitlines()])
    if failed:
        sys.exit(f"rigs failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
