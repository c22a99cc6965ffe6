#!/usr/bin/env python3
"""The unit tests once more, built with the Thread Sanitizer and with the Address Sanitizer, both at once.

docs/TESTING.md says what is left out, and why. More runs run them again. The negative controls are two small programs with a race and with a
read behind the end, which must be found.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import BUILT, ROOT, Rig, options, parallel

HERE = pathlib.Path(__file__).resolve().parent
ALL = "^(Books|Charts|Decisions|EventLog|Events|LMDB|Ledger|Projections|Proofs|Reports|Summaries|Wire)Tests[.]"
# Suites and tests by their names, as `--skip` reads them: compilations, comparisons of tens of thousands of events, and every bit, page or
# refusal in turn, in one thread.
SKIPPED = [
    "MisuseTests", "The same answer three ways", "A long-lived process and a fresh one", "Checks of a generated company", "Rebuild equals build",
    "RefusalsOfRecording", "a bit of a page's head or of a node", "what is lost with any page", "whatever is done to it",
    "the tree and a naive fold agree",
]  # fmt: skip


class Sanitizer:
    """One of the compiler's: its name, what the build is told, and the control."""

    def __init__(self, name, word, control):
        self.name, self.word, self.control = name, word, control
        self.folder = f".build-{word[0]}san"
        # LeakSanitizer needs to trace the process, which containers forbid; what Swift keeps for good (statics) would be listed too.
        self.environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}

    def finds_control(self):
        """Whether it finds what is wrong with a small program."""
        program = BUILT / self.control.removesuffix(".swift")
        built = subprocess.run(
            ["swiftc", "-Onone", f"-sanitize={self.word}", "-o", program, HERE / self.control], capture_output=True, text=True
        )  # fmt: skip
        if built.returncode:
            sys.exit(f"{self.control} does not compile: {built.stdout}{built.stderr}")
        outcome = subprocess.run([program], env=self.environment, capture_output=True, text=True, errors="replace")
        return outcome.returncode != 0 and f"{self.name}Sanitizer" in outcome.stderr

    def run(self, rig):
        """Runs the tests one after the other, so that the limit stops between them, and what has passed is known."""
        bundle = next((ROOT / self.folder / "debug").glob("*.xctest"), None)
        if not bundle:
            sys.exit(f"there are no tests in {self.folder}: `make sanitized` builds them")
        # The bundle itself: `swift test` would be under the sanitizer's library too.
        command = [
            bundle, "--testing-library", "swift-testing", "--no-parallel", "--filter", ALL, "--skip", "|".join(SKIPPED),
            "--repetitions", str(rig.options.runs),
        ]  # fmt: skip
        log = BUILT / f"{self.word}-sanitizer.log"
        with open(log, "w") as file:
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=file, stderr=subprocess.STDOUT)
            try:
                code = process.wait(max(rig.options.seconds - rig.seconds, 1))
            except subprocess.TimeoutExpired:
                code = None
                rig.was_stopped = True
                process.kill()
                process.wait()
        output = log.read_text(errors="replace")
        reports = set(re.findall(rf"SUMMARY: {self.name}Sanitizer: (.*)", output))
        passed = re.findall(r"^\S+ Test (?!run with ).* passed after ", output, re.MULTILINE)
        rig.count(f"tests under the {self.name} Sanitizer", len(passed))
        if code or reports or not passed:
            rig.fail(f"{self.name}: {sorted(reports) or output.splitlines()[-3:]} (all of it: {log})")


def order():
    """The library that tells the Thread Sanitizer of locks and loops in libraries that it does not see into."""
    library = BUILT / "order.so"
    clang = pathlib.Path(shutil.which("swift")).resolve().parent / "clang"
    subprocess.run([clang, "-O1", "-Wall", "-fPIC", "-shared", "-o", library, HERE / "order.c", "-ldl"], check=True)
    return str(library)


def main():
    rig = Rig("sanitizers", options(__doc__.splitlines()[0], 1))
    BUILT.mkdir(parents=True, exist_ok=True)
    thread = Sanitizer("Thread", "thread", "race.swift")
    thread.environment["LD_PRELOAD"] = order()
    address = Sanitizer("Address", "address", "overflow.swift")
    found = []
    for sanitizer in (thread, address):
        found.append(sanitizer.finds_control())
        if not found[-1]:
            rig.fail(f"the {sanitizer.name} Sanitizer did not find what is wrong with its control")
    parallel(lambda sanitizer: sanitizer.run(rig), [thread, address], workers=2)
    rig.finish((sum(found), len(found)))


if __name__ == "__main__":
    main()
