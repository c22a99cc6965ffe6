#!/usr/bin/env python3
"""libFuzzer searches for bytes that break a decoder's promise: Tests/Fuzz has the doors and their promises.

--runs and --done together are how many inputs each door is to get, of which $RIG_DONE says how many it had; --seconds is how long each is
searched at. What the search finds worth keeping stays in .build/fuzz-corpus, and the next search begins with it. The negative control is
each door with a decoder that is faulty on purpose.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import ROOT, Rig, Workspace, options, parallel

PROGRAM = ROOT / ".build-fuzz" / "release" / "diario-fuzz"
KEPT = ROOT / ".build" / "fuzz-corpus"
# The search for a faulty decoder ends when it is found; one that is not found within so many seconds is a failure.
CONTROL_SECONDS = 240
# A tenth of the search may make inputs of any length; the rest, which is faster for it, only such as are at most four times as long as what
# is well-formed: what can go wrong with long texts seldom needs more.
LONG, LONG_PART, SHORT_FACTOR = 65536, 0.1, 4


# Each door is searched by so many at once, with seeds of their own, so that the last one does not have to do it alone; those that need most
# begin.
SHARES = 2
SLOWEST = ["json", "body", "report", "checkpoint", "proof"]
# Searches that are under way.
running = set()


def search(name, corpus, artifacts, seconds, seed, runs=-1, longest=LONG, sabotage=False):
    """The exit code of the search, and what it printed."""
    # Swift would take the signal of a broken promise before libFuzzer, which keeps the input.
    environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", "FUZZ_TARGET": name, **({"FUZZ_SABOTAGE": "1"} if sabotage else {})}
    arguments = [
        PROGRAM, *corpus, f"-max_total_time={max(1, round(seconds))}", f"-runs={runs}", f"-seed={seed}",
        f"-artifact_prefix={artifacts}/", "-timeout=10", "-rss_limit_mb=2048", f"-max_len={longest}", "-print_final_stats=1", "-reload=0",
    ]  # fmt: skip
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace") as process:
        running.add(process)
        text = process.stderr.read()
    running.discard(process)
    return process.returncode, text


def last_number(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def largest_file(directory):
    return max(path.stat().st_size for path in directory.iterdir())


def main():
    rig = Rig("fuzzing", options(__doc__.splitlines()[0], 10**9))

    def end(*_):
        rig.options.seconds = 0
        for process in list(running):
            # libFuzzer then says what it has done, and ends with 0.
            process.send_signal(signal.SIGUSR1)

    signal.signal(signal.SIGTERM, end)
    goal, done = rig.options.runs + rig.options.done, json.loads(os.environ.get("RIG_DONE", "{}"))
    if not PROGRAM.exists():
        sys.exit(f"{PROGRAM} is not there: `make fuzzers` builds it")
    seed = rig.options.seed
    with Workspace() as space:
        written = subprocess.run([PROGRAM], env={**os.environ, "FUZZ_SEEDS": str(space)}, capture_output=True, text=True)
        if written.returncode:
            sys.exit(f"the seeds break a promise: {written.stderr[-2000:]}")
        names = sorted(written.stdout.split(), key=lambda name: SLOWEST.index(name) if name in SLOWEST else len(SLOWEST))
        shares = [(name, share, space / f"corpus-{name}-{share}") for name in names for share in range(SHARES)]

        def fuzz(task):
            """How many edges one share of a door's search has reached."""
            name, share, corpus = task
            counted, kept = f"inputs to {name}", KEPT / name
            left = -(-(goal - done.get(counted, 0)) // SHARES)
            kept.mkdir(parents=True, exist_ok=True)
            # In memory: the search writes and deletes many small files.
            shutil.copytree(kept, corpus)
            reached = 0
            for is_long, part in [(True, LONG_PART), (False, 1 - LONG_PART)]:
                seconds = part * rig.options.seconds / SHARES
                if left <= 0 or not seconds:
                    break
                longest, runs = (LONG, max(1, round(LONG_PART * left))) if is_long else (SHORT_FACTOR * largest_file(space / name), left)
                code, text = search(name, [corpus, space / name], KEPT, seconds, seed * SHARES + share, runs, longest)
                executed = last_number(r"stat::number_of_executed_units: (\d+)", text)
                rig.count(counted, executed)
                left -= executed
                reached = max(reached, last_number(r"cov: (\d+)", text))
                if code or not executed:
                    # The report, from the line with the promise on; the artifact's path stands at its end.
                    rig.fail(f"{name}: {text[max(0, text.find('Fatal error')):][:1500]} … {text[-600:]}")
                    break
            return reached

        def control(name):
            artifacts = space / f"control-{name}"
            artifacts.mkdir()
            code, text = search(name, [artifacts, space / name], artifacts, CONTROL_SECONDS, seed, sabotage=True)
            return code != 0 and "a promise is broken" in text

        reached = list(zip(shares, parallel(fuzz, shares)))
        for name in names:
            kept = KEPT / name
            shutil.rmtree(kept)
            for (door, _, corpus), _ in reached:
                if door == name:
                    shutil.copytree(corpus, kept, dirs_exist_ok=True)
            rig.reach("edges of the code reached", max(edges for (door, *_), edges in reached if door == name))
            rig.reach("inputs kept", len(list(kept.iterdir())))
        found = parallel(control, names)
    for name, is_found in zip(names, found):
        if not is_found:
            rig.fail(f"{name}: the faulty decoder was not found out in {CONTROL_SECONDS} s")
    rig.finish((sum(found), len(found)))


if __name__ == "__main__":
    main()
