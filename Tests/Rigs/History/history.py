#!/usr/bin/env python3
"""Rewrites history perfectly: an event changed, redated, removed, inserted, moved or the end cut off, and every hash, name, key, tile and
summary worked out again under the same identity.

`verify` alone must find nothing wrong with such books: that is what a perfect forgery is. Against an earlier checkpoint that somebody else holds it must find
each; with two checkpoints it must say between which, with tiles the first event that differs. The negative control holds the forger's own checkpoint.
"""

import pathlib
import random
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import CORES, ROOT, Rig, Workspace, must, new_books, options, parallel, program, run

KINDS = ["changed", "redated", "removed", "inserted", "reordered", "cut"]


def judge(rig, rewriter, books, work, cases):
    """The answers to each case, as far as there is time."""
    answers = []
    with subprocess.Popen([rewriter, "judge", books, work], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        for case in cases:
            if not rig.has_time:
                break
            process.stdin.write(" ".join(map(str, case)) + "\n")
            process.stdin.flush()
            words = process.stdout.readline().split()
            answers.append((case, dict(zip(words[::2], map(int, words[1::2])))))
        process.stdin.close()
    return answers


def command_agrees(rig, space, books, rewriter, case):
    """The same through the command, with a signed checkpoint in a file."""
    work = space / "command"
    judge(rig, rewriter, books, work, [case])
    # The rig's summaries have small ranges.
    subprocess.run(["rm", "-rf", work / "views"], check=True)
    alone = run(["verify", "--books", work])
    held = run(["verify", "--books", work, "--against", space / "checkpoint", "--public", space / "key.pub"])
    return alone.returncode == 0 and held.returncode == 1 and b"history:" in held.stderr


def main():
    rig = Rig("history", options(__doc__.splitlines()[0], 200))
    rewriter = program("rig-history")
    chance = random.Random(rig.options.seed)
    with Workspace() as space:
        books = space / "books"
        new_books(books)
        must(run(["record", "--imported", "--quiet", "--books", books, ROOT / "Fixtures" / "aranda" / "events.jsonl"]))
        must(run(["key", "new", space / "key", "--name", "example.com/rig", "--books", books]))
        (space / "checkpoint").write_bytes(must(run(["checkpoint", "--books", books, "--key", space / "key"])).stdout)
        size = int((space / "checkpoint").read_text().splitlines()[1])
        cases = [(KINDS[n % len(KINDS)], chance.randint(2, size), chance.randrange(10**6)) for n in range(rig.options.runs)]
        parts = parallel(lambda n: judge(rig, rewriter, books, space / f"work{n}", cases[n::CORES]), range(CORES))
        control = 0
        for (kind, position, number), answer in [item for part in parts for item in part]:
            rig.count(kind)
            rig.count("found", answer.get("found", 0))
            if answer.get("alone") != 0:
                rig.fail(f"{kind} {position} {number}: the forgery is not perfect, {answer}")
            elif not (answer["found"] and answer["shared"] and answer["first"]):
                rig.fail(f"{kind} {position} {number}: not found, or not at its place, {answer}")
            control += answer.get("own") == 0
        for case in cases[: len(KINDS)]:
            if command_agrees(rig, space, books, rewriter, case):
                rig.count("by the command")
            else:
                rig.fail(f"{case}: the command does not find it, or finds it without the checkpoint")
        rig.finish((control, sum(len(part) for part in parts)))


if __name__ == "__main__":
    main()
