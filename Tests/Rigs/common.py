"""What the rigs share: the built command, the small C programs, a workspace in memory, and the line that a rig ends with.

Why Python and C: a rig must not trust the code that it tests.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RIGS = ROOT / "Tests" / "Rigs"
BUILT = ROOT / ".build" / "rigs"
CORES = os.cpu_count() or 1
# Stands behind counts that are not what was asked for.
STOPPED = ", stopped by its time limit"


def program(name):
    """A built program, as users build it; $DIARIO_BUILD names another folder than that of `swift build -c release`."""
    path = pathlib.Path(os.environ.get("DIARIO_BUILD", ROOT / ".build" / "release")) / name
    if not path.exists():
        sys.exit(f"{path} is not there: build it with `swift build -c release --product {name}`")
    return str(path)


def diario():
    """The built command: $DIARIO, or as users build it."""
    return os.environ.get("DIARIO") or program("diario")


def compiled(source, *flags):
    """The program or library made of a C file below Tests/Rigs; a name that ends in .so is a library to preload."""
    source = RIGS / source
    BUILT.mkdir(parents=True, exist_ok=True)
    is_library = "-shared" in flags
    target = BUILT / (source.stem + (".so" if is_library else ""))
    newest = max(path.stat().st_mtime for path in [source, *RIGS.glob("*.h")])
    if not target.exists() or target.stat().st_mtime < newest:
        compiler = shutil.which("cc") or shutil.which("clang") or shutil.which("gcc")
        if not compiler:
            sys.exit("there is no C compiler: install gcc or clang")
        subprocess.run(
            [compiler, "-O2", "-Wall", "-Wno-format-truncation", *(["-fPIC"] if is_library else []), "-o", target, source, *flags], check=True
        )
    return str(target)


class Workspace:
    """A directory in memory (or wherever TMPDIR says) that is gone afterwards."""

    def __init__(self):
        place = os.environ.get("TMPDIR") or ("/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="diario-rig-", dir=place))

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


# `servers`: what runs commands on certain books for this thread, if not a new process.
here = threading.local()


def run(arguments, input=b"", environment=None, timeout=120):
    """Runs the command; its outcome with bytes of output."""
    if not environment and (servers := getattr(here, "servers", None)) and servers.concerns(arguments):
        return servers.run(arguments, input, timeout)
    return subprocess.run(
        [diario(), *map(str, arguments)], input=input, capture_output=True, timeout=timeout,
        env={**os.environ, **(environment or {})},
    )  # fmt: skip


def must(outcome):
    if outcome.returncode != 0:
        sys.exit(f"{outcome.args}: {outcome.returncode} {outcome.stdout[-500:]} {outcome.stderr[-500:]}")
    return outcome


def new_books(path):
    """Books with the generic chart, opened before the first line of the fixtures."""
    must(run(["init", path, "--name", "Rig", "--on", "2026-01-01", "--at", "2025-12-31T08:00:00Z"]))


def journal_line(key, cents=100, text="t"):
    """A journal entry as a line of JSON, with a key and a code of its own."""
    money = f"{cents // 100}.{cents % 100:02}"
    return json.dumps({
        "event": "journal.posted", "on": "2026-04-15", "key": key, "entry": key, "text": text,
        "lines": [{"account": "6200", "debit": money}, {"account": "1000", "credit": money}],
    }).encode()  # fmt: skip


def positions(output):
    """The positions in receipts; a last line that was cut off is no receipt."""
    whole = output[: output.rfind(b"\n") + 1].splitlines()
    return [json.loads(line)["position"] for line in whole if b'"position"' in line]


def parallel(work, items, workers=CORES):
    """The results of `work` for each item, some at a time."""
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, items))


def options(description, runs):
    """The options every rig has: how many runs, and the seed."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--runs", type=int, default=runs)
    parser.add_argument("--done", type=int, default=0, help="so many runs were done before, where each is to be done once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=110, help="stop starting new runs after so long")
    return parser.parse_args()


class Rig:
    """Counts what a rig did, and prints it as one line at the end."""

    def __init__(self, name, options):
        self.name, self.options, self.start = name, options, time.monotonic()
        self.counts, self.levels, self.failures, self.was_stopped = {}, {}, [], False
        self.counting = threading.Lock()
        # Who ends it gets what was done until then.
        signal.signal(signal.SIGTERM, lambda *_: setattr(options, "seconds", 0))

    def count(self, what, number=1):
        """Something was done so often: such numbers of several runs add up."""
        with self.counting:
            self.counts[what] = self.counts.get(what, 0) + number

    def reach(self, what, number):
        """Something is so much: of several runs, the greatest number counts."""
        self.levels[what] = self.levels.get(what, 0) + number

    def fail(self, what):
        self.failures.append(what)
        if len(self.failures) <= 10:
            print(f"{self.name}: {what}", file=sys.stderr)

    @property
    def seconds(self):
        return time.monotonic() - self.start

    @property
    def has_time(self):
        """Whether there is time for another run. If not, the rig says at its end that it was stopped."""
        has_time = self.seconds < self.options.seconds
        self.was_stopped |= not has_time
        return has_time

    def skip(self, why):
        print(f"rig {self.name}: skipped: {why}")
        sys.exit(0)

    def finish(self, control):
        """`control`: (how many sabotaged runs failed as they must, of how many)."""
        caught, sabotaged = control
        if caught == 0:
            self.fail(f"the negative control passed: none of {sabotaged} sabotaged runs was found out")
        line = {
            "rig": self.name, "counts": self.counts, "levels": self.levels, "failures": len(self.failures), "control": [caught, sabotaged],
            "seed": self.options.seed, "seconds": round(self.seconds, 1), **({"stopped": True} if self.was_stopped else {}),
        }  # fmt: skip
        if results := os.environ.get("RIG_RESULTS"):
            with open(results, "a") as file:
                file.write(json.dumps(line) + "\n")
        counts = ", ".join(f"{number:,} {what}" for what, number in {**self.counts, **self.levels}.items())
        print(f"rig {self.name}: {counts}{STOPPED if self.was_stopped else ''}; {len(self.failures)} failures; "
              f"control {caught:,} of {sabotaged:,} found; {self.seconds:.0f} s")  # fmt: skip
        sys.exit(1 if self.failures else 0)
