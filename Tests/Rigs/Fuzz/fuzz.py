#!/usr/bin/env python3
"""libFuzzer searches for bytes that break a decoder's promise: Tests/Fuzz has the doors and their promises.

--runs is how many inputs each door gets, --seconds how long each is searched at. What the search finds worth keeping stays in
.build/fuzz-corpus, and the next search begins with it. The negative control is each door with a decoder that is faulty on purpose.
"""

import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import ROOT, Rig, Workspace, options, parallel

PROGRAM = ROOT / ".build-fuzz" / "release" / "diario-fuzz"
KEPT = ROOT / ".build" / "fuzz-corpus"
# The search for a faulty decoder ends when it is found; one that is not found within so many seconds is a failure.
CONTROL_SECONDS = 240


def search(name, corpus, artifacts, seconds, seed, runs=-1, sabotage=False):
    """How the search ended, and what it printed."""
    # Swift would take the signal of a broken promise before libFuzzer, which keeps the input.
    environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", "FUZZ_TARGET": name, **({"FUZZ_SABOTAGE": "1"} if sabotage else {})}
    arguments = [
        PROGRAM, *corpus, f"-max_total_time={seconds:.0f}", f"-runs={runs}", f"-seed={seed}",
        f"-artifact_prefix={artifacts}/", "-timeout=10", "-rss_limit_mb=2048", "-max_len=65536", "-print_final_stats=1", "-reload=0",
    ]  # fmt: skip
    return subprocess.run(arguments, env=environment, capture_output=True, text=True, errors="replace")


def last_number(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def main():
    rig = Rig("fuzzing", options(__doc__.splitlines()[0], 10**9))
    if not PROGRAM.exists():
        sys.exit(f"{PROGRAM} is not there: `make fuzzers` builds it")
    seed = rig.options.seed
    with Workspace() as space:
        written = subprocess.run([PROGRAM], env={**os.environ, "FUZZ_SEEDS": str(space)}, capture_output=True, text=True)
        if written.returncode:
            sys.exit(f"the seeds break a promise: {written.stderr[-2000:]}")
        names = written.stdout.split()

        def fuzz(name):
            kept = KEPT / name
            kept.mkdir(parents=True, exist_ok=True)
            outcome = search(name, [kept, space / name], kept.parent, rig.options.seconds, seed, rig.options.runs)
            executed = last_number(r"stat::number_of_executed_units: (\d+)", outcome.stderr)
            rig.count(f"inputs to {name}", executed)
            rig.reach("edges of the code reached", last_number(r"cov: (\d+)", outcome.stderr))
            rig.reach("inputs kept", len(list(kept.iterdir())))
            if outcome.returncode or not executed:
                # The report, from the line with the promise on; the artifact's path stands at its end.
                text = outcome.stderr
                rig.fail(f"{name}: {text[max(0, text.find('Fatal error')):][:1500]} … {text[-600:]}")

        def control(name):
            artifacts = space / f"control-{name}"
            artifacts.mkdir()
            outcome = search(name, [artifacts, space / name], artifacts, CONTROL_SECONDS, seed, sabotage=True)
            return outcome.returncode != 0 and "a promise is broken" in outcome.stderr

        parallel(fuzz, names)
        found = parallel(control, names)
    for name, is_found in zip(names, found):
        if not is_found:
            rig.fail(f"{name}: the faulty decoder was not found out in {CONTROL_SECONDS} s")
    rig.finish((sum(found), len(found)))


if __name__ == "__main__":
    main()
