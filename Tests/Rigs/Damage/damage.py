#!/usr/bin/env python3
"""Damages books in every place: a bit of every byte flipped, every page zeroed and swapped, the file cut at every 512 bytes.

What the books then say must be right, or an error; and where an answer could be wrong, `verify` must say that the books are damaged. The
negative control does not check checksums, and flips bytes of values only.
"""

import os
import pathlib
import random
import select
import shutil
import signal
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import CORES, ROOT, Rig, Workspace, compiled, must, options, parallel, program, run

# More flips than these make the long form: every bit, of greater books, which are kept until each was flipped.
SHORT = 200_000
KEPT = ROOT / ".build" / "damage-books"
EVENTS, EVENTS_OF_THE_LONG_FORM = 30, 900
KINDS = {"flip": "bits flipped", "zero": "pages zeroed", "swap": "pages swapped", "cut": "cuts"}
# Damages given to a worker together.
CHUNK = 256
# Seconds after which a worker that says nothing hangs.
PATIENCE = 60
# The word that has a worker ask `verify` in any case; of flips, one in so many.
ALWAYS, SELDOM, SELDOM_OF_EVERY_BIT = "verified", 8, 256
# After each damage so many of the questions that it may concern are asked.
ALL, SOME = 10**9, 12
CONTROLS = 1_000
CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE)
# `verify` is a program of its own, which takes long to start: it gets so many of the damages that crashed a worker.
SHOWN_TO_VERIFY = 100


class Worker:
    """A process that opens damaged books, in children that LMDB may crash; a new one when it hangs."""

    def __init__(self, clean, trace, folder, environment, most):
        self.clean, self.trace, self.folder, self.most = clean, trace, folder, most
        self.environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", **environment}
        self.process = None
        # What it says when it ends otherwise than it should.
        self.errors = folder.with_suffix(".errors")

    def start(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.clean, self.folder)
        self.process = subprocess.Popen(
            [program("rig-damage"), "judge", self.folder, self.trace, str(self.most)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=open(self.errors, "wb"), env=self.environment, start_new_session=True,
        )  # fmt: skip

    def judge(self, damages):
        """What came of each."""
        answers = []
        while len(answers) < len(damages):
            if self.process is None:
                self.start()
            lines = ["%s %s %d %d %s\n" % damage for damage in damages[len(answers) :]]
            try:
                self.process.stdin.write("".join(lines).encode())
                self.process.stdin.flush()
            except BrokenPipeError:
                pass
            answers += self.answers(len(lines))
            if len(answers) < len(damages):
                is_late = self.process.poll() is None
                if is_late:
                    os.killpg(self.process.pid, signal.SIGKILL)
                code = self.end()
                answers.append("hangs" if is_late else f"ends with {code}: {self.errors.read_bytes()[-300:]}")
        if len(answers) > len(damages):
            sys.exit(f"rig-damage has {len(answers)} answers to {len(damages)} damages")
        return answers

    @property
    def hangs(self):
        return not select.select([self.process.stdout], [], [], PATIENCE)[0]

    def answers(self, most):
        """Whole lines, until there are enough, the process has ended, or nothing comes for long."""
        output = b""
        while output.count(b"\n") < most and not self.hangs and (part := os.read(self.process.stdout.fileno(), 65_536)):
            output += part
        return output[: output.rfind(b"\n") + 1].decode().splitlines()

    def end(self):
        if not self.process:
            return 0
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.stdout.close()
        process, self.process = self.process, None
        return process.wait()


def damages(clean, chance, every_bit):
    """All of them: what there are few of, and the flips in random order. (file, kind, first, second, whether `verify` is asked although no
    answer is wrong.)"""
    # That costs as much as a hundred questions, so it is not done for every flip.
    seldom = SELDOM_OF_EVERY_BIT if every_bit else SELDOM
    flips, others = [], []
    for file in ("log", "views"):
        data = (clean / file / "data.mdb").read_bytes()
        pages = len(data) // 4096
        for byte in range(len(data)):
            bits = range(8) if every_bit else [chance.randrange(8)]
            flips += [(file, "flip", byte, bit, ALWAYS if chance.randrange(seldom) == 0 else "") for bit in bits]
        for page in range(pages):
            others.append((file, "zero", page, 0, ALWAYS))
            others += [(file, "swap", page, other, ALWAYS) for other in {(page + 1) % pages, chance.randrange(pages)}]
        others += [(file, "cut", length, 0, ALWAYS) for length in range(0, len(data), 512)]
    chance.shuffle(flips)
    return others, flips


def flips_of_values(clean, chance, count):
    """Flips of bytes that a program reads that looks up everything."""
    places = []
    for file in ("log", "views"):
        tool = compiled("Damage/values.c", "-llmdb")
        for line in subprocess.run([tool, clean / file / "data.mdb"], capture_output=True, text=True, check=True).stdout.splitlines():
            table, offset, length = line.split()
            places += [(file, "flip", int(offset) + at, chance.randrange(8), "") for at in range(int(length))]
    return chance.sample(places, min(count, len(places)))


def trace(clean, space):
    """What each question reads: the file that `rig-damage judge` wants."""
    copy, told = space / "traced", space / "trace"
    shutil.copytree(clean, copy)
    environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", "LD_PRELOAD": compiled("Damage/touched.c", "-shared")}
    with open(told, "wb") as file:
        subprocess.run([program("rig-damage"), "trace", copy], stdout=file, env=environment, check=True)
    return told


def judge_all(clean, told, space, cases, environment, has_time, most=ALL):
    """Outcomes of the cases, as far as there is time."""
    chunks = iter([cases[start : start + CHUNK] for start in range(0, len(cases), CHUNK)])
    lock, outcomes = threading.Lock(), []

    def work(number):
        worker = Worker(clean, told, space / f"worker{number}", environment, most)
        while has_time():
            with lock:
                chunk = next(chunks, None)
            if chunk is None:
                break
            outcomes.extend(zip(chunk, worker.judge(chunk)))
        worker.end()

    parallel(work, range(CORES))
    return outcomes


def verified(clean, space, damage=None):
    """What `diario verify` says of the log after a damage. (It would say of the summaries that their ranges are not those of the program.)"""
    books = space / "-".join(map(str, damage or ["undamaged"]))
    shutil.copytree(clean, books)
    shutil.rmtree(books / "views")
    if damage:
        _, kind, first, second, _ = damage
        path = books / "log" / "data.mdb"
        data = bytearray(path.read_bytes())
        if kind == "flip":
            data[first] ^= 1 << second
        elif kind == "zero":
            data[first * 4096 : (first + 1) * 4096] = bytes(4096)
        elif kind == "swap":
            one, other = slice(first * 4096, (first + 1) * 4096), slice(second * 4096, (second + 1) * 4096)
            data[one], data[other] = data[other], data[one]
        elif kind == "cut":
            del data[first:]
        path.write_bytes(data)
    outcome = run(["verify", "--books", books])
    shutil.rmtree(books)
    return outcome


def main():
    rig = Rig("damage", options(__doc__.splitlines()[0], SHORT))
    is_long = rig.options.runs + rig.options.done > SHORT
    # One order of every bit, whatever the seed: the next run of the long form goes on in it.
    chance = random.Random(0 if is_long else rig.options.seed)
    with Workspace() as space:
        clean = KEPT if is_long else space / "clean"
        if not rig.options.done:
            shutil.rmtree(clean, ignore_errors=True)
            subprocess.run([program("rig-damage"), "make", clean, str(EVENTS_OF_THE_LONG_FORM if is_long else EVENTS)], check=True)
        told = trace(clean, space)
        others, flips = damages(clean, chance, is_long)
        cases = ([] if rig.options.done else others) + flips[rig.options.done :][: rig.options.runs]
        outcomes = judge_all(clean, told, space, cases, {}, lambda: rig.has_time, SOME if is_long else ALL)
        rig.reach("bytes of books", sum((clean / part / "data.mdb").stat().st_size for part in ("log", "views")))
        for kind, name in KINDS.items():
            rig.count(name, sum(damage[1] == kind for damage, _ in outcomes))
        for word in ("harmless", "reported", "late", "crash"):
            rig.count(word, sum(answer.startswith(word) for _, answer in outcomes))
        for damage, answer in outcomes:
            # Other signals are not LMDB's: they are traps of Swift, and want of memory.
            if answer.startswith(("unseen", "hangs", "ends")) or answer.startswith("crash") and int(answer.split()[1]) not in CRASHES:
                rig.fail(f"{damage}: {answer}")
            if os.environ.get("RIG_SHOW") and answer.startswith(("late", "crash")):
                print(damage, answer)
        crashed = [damage for damage, answer in outcomes if answer.startswith("crash") and damage[0] == "log"]
        must(verified(clean, space))
        shown = crashed[:SHOWN_TO_VERIFY]
        for damage, outcome in zip(shown, parallel(lambda damage: verified(clean, space, damage), shown)):
            # Diario's own traps have these words (VerifyWatch.swift).
            if outcome.returncode == 3 and outcome.stderr and "a fault of the program" not in str(outcome.stderr):
                rig.count("crashes that verify reports")
            else:
                rig.fail(f"{damage}: reading it crashes, and verify ends with {outcome.returncode}: {outcome.stderr}")
        blind = {"LD_PRELOAD": compiled("Damage/blind.c", "-shared")}
        sabotaged = judge_all(clean, told, space, flips_of_values(clean, chance, CONTROLS), blind, lambda: True)
        caught = sum(answer.startswith(("unseen", "late")) for _, answer in sabotaged)
        rig.finish((caught, len(sabotaged)))


if __name__ == "__main__":
    main()
