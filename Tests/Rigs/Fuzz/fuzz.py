#!/usr/bin/env python3
"""libFuzzer searches for bytes that break a decoder's promise: Tests/Fuzz has the doors and their promises.

--runs and --done together are how many inputs each door is to get, of which $RIG_DONE says how many it had; --seconds is how long each is
searched at, by both shares together. What the search finds worth keeping stays in .build/fuzz-corpus, and the next search begins with it. The negative control is
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
# A tenth of the search may make inputs of up to 64 KB, as the most hashes or signatures need; the rest, which is faster for it, only such
# as are at most four times as long as the longest seed.
LONG, LONG_PART, SHORT_FACTOR = 65536, 0.1, 4


# Each door is searched in so many shares, so that the last one does not leave a core idle; the slowest doors come first.
SHARES = 2
SLOWEST = ["json", "body", "report", "checkpoint", "proof"]


class Searches:
    """Those that are under way, and whether they are to end."""

    running, is_ending = set(), False

    @classmethod
    def end(cls, *_):
        cls.is_ending = True
        for process in list(cls.running):
            # libFuzzer then says what it has done, and ends with 0; a program that has not got so far is killed.
            process.send_signal(signal.SIGUSR1)


def search(name, corpus, artifacts, seconds, seed, runs=-1, longest=LONG, sabotage=False):
    """The exit code of the search, and what it printed."""
    # Swift would take the signal of a broken promise before libFuzzer, which keeps the input.
    environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", "FUZZ_TARGET": name, **({"FUZZ_SABOTAGE": "1"} if sabotage else {})}
    arguments = [
        PROGRAM, *corpus, f"-max_total_time={max(1, round(seconds))}", f"-runs={runs}", f"-seed={seed}",
        f"-artifact_prefix={artifacts}/", "-timeout=10", "-rss_limit_mb=2048", f"-max_len={longest}", "-print_final_stats=1", "-reload=0",
    ]  # fmt: skip
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace") as process:
        # The control always goes on.
        if not sabotage:
            Searches.running.add(process)
            if Searches.is_ending:
                Searches.end()
        text = process.stderr.read()
    Searches.running.discard(process)
    return process.returncode, text


def last_number(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def main():
    rig = Rig("fuzzing", options(__doc__.splitlines()[0], 10**9))
    signal.signal(signal.SIGTERM, Searches.end)
    goal, done = rig.options.runs + rig.options.done, json.loads(os.environ.get("RIG_DONE", "{}"))
    if not PROGRAM.exists():
        sys.exit(f"{PROGRAM} is not there: `make fuzzers` builds it")
    seed = rig.options.seed
    with Workspace() as space:
        written = subprocess.run([PROGRAM], env={**os.environ, "FUZZ_SEEDS": str(space)}, capture_output=True, text=True)
        if written.returncode:
            sys.exit(f"the seeds break a promise: {written.stderr[-2000:]}")
        names = sorted(written.stdout.split(), key=lambda name: SLOWEST.index(name) if name in SLOWEST else len(SLOWEST))
        short = {name: SHORT_FACTOR * max(path.stat().st_size for path in (space / name).iterdir()) for name in names}
        shares = [(name, share) for name in names for share in range(SHARES)]

        def fuzz(task):
            """Searches one share of a door; how many edges it has reached."""
            name, share = task
            counted, kept, corpus = f"inputs to {name}", KEPT / name, space / f"corpus-{name}-{share}"
            left = -(-(goal - done.get(counted, 0)) // SHARES)
            reached = 0
            kept.mkdir(parents=True, exist_ok=True)
            if left <= 0:
                return reached
            # In memory: the search writes and deletes many small files.
            shutil.copytree(kept, corpus)
            for phase, (longest, part) in enumerate([(LONG, LONG_PART), (short[name], 1 - LONG_PART)]):
                if Searches.is_ending:
                    break
                # libFuzzer begins with what was kept, which is none that the search has made up.
                again = len(list(corpus.iterdir())) + len(list((space / name).iterdir())) + 1
                runs = again + (left if phase else max(1, round(LONG_PART * left)))
                its_seed = (seed * SHARES + share) * 2 + phase
                code, text = search(name, [corpus, space / name], KEPT, part * rig.options.seconds / SHARES, its_seed, runs, longest)
                executed = last_number(r"stat::number_of_executed_units: (\d+)", text)
                new = max(0, executed - last_number(r"#(\d+)\tINITED", text))
                rig.count(counted, new)
                left -= new
                reached = max(reached, last_number(r"cov: (\d+)", text))
                if Searches.is_ending and code in (0, -signal.SIGUSR1):
                    break
                if code or not executed:
                    # The report, from the line with the promise on; the artifact's path stands at its end.
                    report = text[max(0, text.find("Fatal error")) :]
                    rig.fail(f"{name}, seed {its_seed}, up to {longest} bytes: {report[:1500]} … {text[-600:]}")
                    break
            shutil.copytree(corpus, kept, dirs_exist_ok=True)
            shutil.rmtree(corpus)
            return reached

        def control(name):
            artifacts = space / f"control-{name}"
            artifacts.mkdir()
            code, text = search(name, [artifacts, space / name], artifacts, CONTROL_SECONDS, seed, longest=short[name], sabotage=True)
            return code != 0 and "a promise is broken" in text

        reached = dict(zip(shares, parallel(fuzz, shares)))
        for name in names:
            rig.reach("edges of the code reached", max(reached[name, share] for share in range(SHARES)))
            rig.reach("inputs kept", len(list((KEPT / name).iterdir())))
        found = parallel(control, names)
    for name, is_found in zip(names, found):
        if not is_found:
            rig.fail(f"{name}: the faulty decoder was not found out in {CONTROL_SECONDS} s")
    rig.finish((sum(found), len(found)))


if __name__ == "__main__":
    main()
