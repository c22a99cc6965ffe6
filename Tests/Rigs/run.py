#!/usr/bin/env python3
"""Runs the rigs: `run.py short` as `make test` does, `run.py long [--seconds N] [RIG …]` as far as there is time.

A long form has a number of runs to reach. What was done on earlier days, with other seeds, counts; so it may be reached in parts.
--keep writes the totals into docs/TESTING.md.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import testing  # noqa: E402
from common import BUILT  # noqa: E402

FOREVER = 10**9
DOORS = ["json", "body", "record", "block", "tile", "checkpoint", "proof", "report"]

# Name, program; the runs of the short form, and after how many seconds it starts no more: about twice what it needs on two cores. Then
# what was done is counted, and the rig's line says that it was stopped. Last the runs of the long form, and which counts they are in.
RIGS = [
    ("crash states", "CrashStates/crashstates.py", 100_000, 300, 10_000_000, ["states"]),
    ("call faults", "CallFaults/callfaults.py", 5_000, 600, 500_000, ["runs"]),
    # The long form is every bit of 1 MB, whatever it is called for.
    ("damage", "Damage/damage.py", 200_000, 360, 8_000_000, ["bits flipped"]),
    ("history", "History/history.py", 200, 120, 20_000, ["found"]),
    # Of each file system.
    ("power cuts", "PowerCut/powercut.py", 50, 240, 2_500, ["ext4 cuts", "xfs cuts"]),
    ("hot backups", "HotBackups/hotbackups.py", 50, 120, 5_000, ["backups restored"]),
    ("simulation", "Simulation/simulation.py", 2_000, 180, 1_000_000, ["seeds"]),
    # Inputs to each door, and seconds at each.
    ("fuzzing", "Fuzz/fuzz.py", FOREVER, 60, 1_000_000_000, [f"inputs to {door}" for door in DOORS]),
    # Slower than everything else: a limit that leaves room for a busy machine.
    ("sanitizers", "Sanitizers/sanitizers.py", 1, 1800, 1, ["tests under the Thread Sanitizer"]),
]


def done_before(counted, row):
    """How many runs of a long form the totals that are kept have."""
    return min(row["counts"].get(what, 0) for what in counted) if row else 0


def run(command, environment):
    """The exit code of a rig, and whether somebody ended it (Ctrl-C): then it starts no more runs, and says what it has done."""
    # In a session of its own, so that only the rig is told, and not the programs that it watches.
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        return process.wait(), False
    except KeyboardInterrupt:
        process.terminate()
        return process.wait(), True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("form", choices=["short", "long"])
    names = [name.replace(" ", "-") for name, *_ in RIGS]
    parser.add_argument("rigs", nargs="*", help=f"of {', '.join(names)}; all when none is named")
    parser.add_argument("--runs", type=int, help="so many runs of each, instead of the form's")
    parser.add_argument("--seed", type=int, help="1 in the short form, one that was not counted yet in the long one")
    parser.add_argument("--seconds", type=float, help="stop starting new runs of a rig after so long")
    parser.add_argument("--keep", action="store_true", help="write the totals into docs/TESTING.md")
    # Names of rigs may stand behind options.
    chosen = parser.parse_intermixed_args()
    is_long = chosen.form == "long"
    BUILT.mkdir(parents=True, exist_ok=True)
    # A file of this process, since another one may run other rigs.
    results = BUILT / f"results-{os.getpid()}.jsonl"
    results.touch()
    failed = []
    for name, program, short_runs, limit, long_runs, counted in RIGS:
        if chosen.rigs and name.replace(" ", "-") not in chosen.rigs:
            continue
        row = testing.sum_of(name) if is_long else None
        if chosen.runs:
            row = None
        done = done_before(counted, row)
        runs = chosen.runs or (long_runs - done if is_long else short_runs)
        if runs <= 0:
            print(f"rig {name}: {long_runs:,} are done")
            continue
        seed = chosen.seed or (max(row["seeds"]) + 1 if row else 1)
        seconds = chosen.seconds or (FOREVER if is_long else limit)
        numbers = {"--runs": runs, "--done": done, "--seed": seed, "--seconds": seconds}
        words = [str(word) for pair in numbers.items() for word in pair]
        environment = {**os.environ, "RIG_RESULTS": str(results), "RIG_DONE": json.dumps(row["counts"] if row else {})}
        code, is_ended = run([sys.executable, HERE / program, *words], environment)
        if code:
            failed.append(name)
        if chosen.keep:
            testing.keep(chosen.form, [json.loads(line) for line in results.read_text().splitlines()])
            results.write_text("")
        if is_ended:
            break
    results.unlink()
    if failed:
        sys.exit(f"rigs failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
