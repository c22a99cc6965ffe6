#!/usr/bin/env python3
"""The unit tests once more, built with the Thread Sanitizer and with the Address Sanitizer.

Left out are the tests that run programs of their own (EndToEnd, Misuse), those in which other programs judge figures (Fixtures, Oracles,
Northwind, Format) and the long comparisons of figures (ThreeWays, SameDecisions, GeneratedChecks): they walk the same code again, for
minutes; `--all 1` takes them too. The negative controls are two small programs with a race and with a read behind the end, which must be
found.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import BUILT, ROOT, Rig, options

HERE = pathlib.Path(__file__).resolve().parent
UNIT = (
    "^(BooksTests|ChartsTests|DecisionsTests|EventLogTests|EventsTests|LMDBTests|LedgerTests|ProjectionsTests|ProofsTests"
    "|ReportsTests|SummariesTests|WireTests)[.]"
)
LONG = "MisuseTests|ThreeWaysTests|SameDecisionsTests|GeneratedChecksTests|RefusalsOfRecordingTests"
# Name, what the build is told, its folder, the control.
SANITIZERS = [
    ("Thread", "thread", ".build-tsan", "race.swift"),
    ("Address", "address", ".build-asan", "overflow.swift"),
]
# LeakSanitizer needs to trace the process, which containers forbid; what Swift keeps for good (statics) would be listed too.
SETTINGS = {"ASAN_OPTIONS": "detect_leaks=0"}


def order():
    """The library that tells the Thread Sanitizer of locks and loops in libraries that it does not see into."""
    library = BUILT / "order.so"
    clang = pathlib.Path(shutil.which("swift")).resolve().parent / "clang"
    subprocess.run([clang, "-O1", "-Wall", "-fPIC", "-shared", "-o", library, HERE / "order.c", "-ldl"], check=True)
    return str(library)


def control(name, word, source, environment):
    """Whether the sanitizer finds what is wrong with a small program."""
    program = BUILT / source.removesuffix(".swift")
    subprocess.run(["swiftc", "-Onone", f"-sanitize={word}", "-o", program, HERE / source], check=True)
    outcome = subprocess.run([program], env=environment, capture_output=True, text=True, errors="replace")
    return outcome.returncode != 0 and f"{name}Sanitizer" in outcome.stderr


def main():
    rig = Rig("sanitizers", options(__doc__.splitlines()[0], 1, all=0))
    BUILT.mkdir(parents=True, exist_ok=True)
    found = []
    for name, word, folder, source in SANITIZERS:
        bundle = next((ROOT / folder / "debug").glob("*.xctest"), None)
        if not bundle:
            sys.exit(f"there are no tests in {folder}: `make sanitizers` builds them")
        environment = {**os.environ, **SETTINGS, **({"LD_PRELOAD": order()} if name == "Thread" else {})}
        found.append(control(name, word, source, environment))
        if not found[-1]:
            rig.fail(f"the {name} Sanitizer did not find what is wrong with its control")
        # The bundle itself: `swift test` would be under the sanitizer's library too.
        command = [bundle, "--testing-library", "swift-testing"]
        if not rig.options.all:
            command += ["--filter", UNIT, "--skip", LONG]
        log = BUILT / f"{word}-sanitizer.log"
        with open(log, "w") as file:
            code = subprocess.run(command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT).returncode
        output = log.read_text(errors="replace")
        ended = re.findall(r"Test run with (\d+) tests? in \d+ suites? (passed|failed)", output)
        reports = re.findall(rf"SUMMARY: {name}Sanitizer: (.*)", output)
        rig.count(f"tests under the {name} Sanitizer", int(ended[-1][0]) if ended else 0)
        if code or reports or not ended:
            rig.fail(f"{name}: {sorted(set(reports)) or output.splitlines()[-3:]} (all of it: {log})")
    rig.finish((sum(found), len(found)))


if __name__ == "__main__":
    main()
