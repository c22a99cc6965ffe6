#!/usr/bin/env python3
"""Damages books in every place: bits flipped in every byte, every page zeroed and swapped, the file cut at every 512 bytes.

What the books then say must be right, or an error; and where an answer could be wrong, `verify` must say that the books are damaged. The
negative control does not check checksums.
"""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import CORES, ROOT, Rig, Workspace, compiled, options, parallel, run


class Worker:
    """A process that opens damaged books; a new one when LMDB crashes it."""

    def __init__(self, program, clean, folder, environment):
        self.program, self.clean, self.folder = program, clean, folder
        self.environment = {**os.environ, **environment}
        self.process = None

    def judge(self, damage):
        if self.process is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            shutil.copytree(self.clean, self.folder)
            self.process = subprocess.Popen(
                [self.program, "judge", self.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                stderr=subprocess.DEVNULL, env=self.environment,
            )  # fmt: skip
        timer = threading.Timer(30, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(" ".join(map(str, damage)) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline().strip()
        except BrokenPipeError:
            answer = ""
        timer.cancel()
        if answer:
            return answer
        code = self.process.wait()
        self.process = None
        return f"crash {-code}"

    def close(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait()


def is_known_limit(data, byte, bit):
    """Whether a flip makes LMDB's newest head number T say T − 2, or the older one T + 1: both are what another head would say."""
    page, offset = divmod(byte, 4096)
    if page > 1 or not 144 <= offset < 152:
        return False
    numbers = [int.from_bytes(data[p + 144 : p + 152], "little") for p in (0, 4096)]
    changed = numbers[page] ^ (1 << (8 * (offset - 144) + bit))
    return changed in (max(numbers) - 2, max(numbers) + 1)


def damages(clean, chance, every_bit):
    """All of them, in random order: (file, kind, first, second)."""
    found = []
    for file in ("log", "views"):
        size = (clean / file / "data.mdb").stat().st_size
        for byte in range(size):
            bits = range(8) if every_bit else [chance.randrange(8)]
            found += [(file, "flip", byte, bit) for bit in bits]
        data = (clean / file / "data.mdb").read_bytes()
        found = [damage for damage in found if damage[0] != file or not is_known_limit(data, *damage[2:])]
        for page in range(size // 4096):
            found.append((file, "zero", page, 0))
            found += [(file, "swap", page, other) for other in {(page + 1) % (size // 4096), chance.randrange(size // 4096)}]
        found += [(file, "cut", length, 0) for length in range(0, size, 512)]
    chance.shuffle(found)
    # What there are few of comes first, so that it is always done.
    return sorted(found, key=lambda damage: damage[1] == "flip")


def judge_all(rig, program, clean, space, cases, environment, limit):
    """Outcomes of the cases, as far as there is time."""
    taken, lock, outcomes = iter(cases), threading.Lock(), []

    def work(number):
        worker = Worker(program, clean, space / f"worker{number}", environment)
        while limit():
            with lock:
                damage = next(taken, None)
            if damage is None:
                break
            outcomes.append((damage, worker.judge(damage)))
        worker.close()

    parallel(work, range(CORES))
    return outcomes


def crash_is_reported(rig, clean, space, damage):
    """Whether `diario verify` says, in words, that these books are damaged."""
    file, kind, first, second = damage
    books = space / "crashed"
    shutil.rmtree(books, ignore_errors=True)
    shutil.copytree(clean, books)
    path = books / file / "data.mdb"
    data = bytearray(path.read_bytes())
    if kind == "flip":
        data[first] ^= 1 << second
    elif kind == "zero":
        data[first * 4096 : (first + 1) * 4096] = bytes(4096)
    elif kind == "swap":
        one, other = slice(first * 4096, (first + 1) * 4096), slice(second * 4096, (second + 1) * 4096)
        data[one], data[other] = data[other], data[one]
    path.write_bytes(data)
    outcome = run(["verify", "--books", books])
    return outcome.returncode == 3 and outcome.stderr


def main():
    rig = Rig("damage", options(__doc__.splitlines()[0], 400_000))
    program = ROOT / ".build" / "debug" / "rig-damage"
    if not program.exists():
        sys.exit("rig-damage is not there: build it with `swift build --product rig-damage`")
    chance = random.Random(rig.options.seed)
    with Workspace() as space:
        clean = space / "clean"
        subprocess.run([program, "make", clean], check=True)
        size = sum((clean / part / "data.mdb").stat().st_size for part in ("log", "views"))
        cases = damages(clean, chance, every_bit=rig.options.runs > 1_000_000)[: rig.options.runs]
        outcomes = judge_all(rig, str(program), clean, space, cases, {}, lambda: rig.has_time)
        rig.count("bytes of books", size)
        for kind in ("flip", "zero", "swap", "cut"):
            rig.count({"flip": "bits flipped", "zero": "pages zeroed", "swap": "pages swapped", "cut": "cuts"}[kind],
                      sum(damage[1] == kind for damage, _ in outcomes))  # fmt: skip
        for word in ("harmless", "reported", "late", "crash"):
            rig.count(word, sum(answer.startswith(word) for _, answer in outcomes))
        crashed = [damage for damage, answer in outcomes if answer.startswith("crash") and damage[0] == "log"]
        for damage, answer in outcomes:
            if answer.startswith("unseen"):
                rig.fail(f"{damage}: {answer}")
            if os.environ.get("RIG_SHOW") and answer.startswith(("late", "crash")):
                print(damage, answer)
        for damage in crashed[:25]:
            rig.count("crashes that verify reports", bool(crash_is_reported(rig, clean, space, damage)))
        sabotaged = [case for case in cases if case[1] == "flip" and case[0] == "views"][:600]
        blind = {"LD_PRELOAD": compiled("Damage/blind.c", "-shared")}
        outcomes = judge_all(rig, str(program), clean, space, sabotaged, blind, lambda: True)
        caught = sum(answer.startswith(("unseen", "late")) for _, answer in outcomes)
        rig.finish((caught, len(outcomes)))


if __name__ == "__main__":
    main()
