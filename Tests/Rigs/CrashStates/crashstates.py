#!/usr/bin/env python3
"""Every state in which a crash may leave the disk, made from recorded writes, while books are made, recorded, imported, rebuilt, backed
up and restored, and while somebody is erased.

A library loaded into `diario` writes down each write and each sync; states.c makes and judges the states. Of some, the program itself
must then verify the books, and a retry of everything must record exactly what is missing.

The negative control swallows the syncs: then states must be lost or broken.
"""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import people
from common import CORES, ROOT, Rig, Workspace, compiled, diario, journal_line, must, new_books, options, parallel
from common import positions, run

# So many states of each run are opened by the program.
KEPT = 8


class Workload:
    """A run of `diario` that is recorded: what was there before, and what it is told."""

    def __init__(self, name, prepare, arguments, lines=(), group=1):
        self.name, self.prepare, self.arguments = name, prepare, arguments
        self.lines, self.group = list(lines), group
        self.unsynchronised = []


def workloads(chance, made):
    """One of each kind; `made` has books with enough events for summaries."""
    long_and_short = [
        journal_line(f"k-{n}", chance.randrange(1, 99_999), "t" * chance.choice([1, 40, 400, 5_000])) for n in range(16)
    ]
    few = [journal_line(f"f-{n}", 100 + n) for n in range(6)]
    aranda = [
        json.dumps({"key": f"a-{n}", **json.loads(line)}).encode()
        for n, line in enumerate((ROOT / "Fixtures/aranda/events.jsonl").read_bytes().splitlines())
    ]
    yield Workload("init", lambda books: None, ["init", "BOOKS", "--name", "Rig"])
    yield Workload("record", new_books, ["record", "--books", "BOOKS"], long_and_short)
    yield Workload(
        "import", new_books, ["record", "--imported", "--books", "BOOKS"], aranda[: chance.randrange(60, 121)],
        group=chance.randrange(10, 60),
    )  # fmt: skip
    yield Workload("rebuild", copy_of(made), ["rebuild", "--books", "BOOKS"])
    yield Workload("record and summarise", copy_of(made), ["record", "--books", "BOOKS"], few)
    # What is looked at is the backup, then the books that are restored from one.
    yield Workload("backup", lambda books: None, ["backup", "BOOKS", "--books", str(made)])
    yield Workload("restore", lambda books: None, ["restore", f"{made}-backup", "BOOKS"])
    yield Workload("erase", people.books_with_people, people.ERASE)
    yield Workload("rotate", people.books_with_people, people.ROTATE)
    yield Workload("move", people.books_with_people, people.MOVE)


def copy_of(made):
    return lambda books: shutil.copytree(made, books)


def make_long_books(books):
    """4,094 events: two more complete a range of 4,096, whose summaries are then written."""
    new_books(books)
    lines = [journal_line(f"m-{n}", n + 1) for n in range(4_094 - 59)]
    must(run(["record", "--quiet", "--books", books], b"\n".join(lines)))
    must(run(["backup", f"{books}-backup", "--books", books]))


def record(workload, folder, lies):
    """Runs the workload with the recorder; the folder then has `before`, `books` and `record`."""
    books = folder / "books"
    workload.prepare(books)
    if workload.name == "rebuild":  # One range, so that there is something to build.
        must(run(["record", "--quiet", "--books", books], b"\n".join(journal_line(f"r-{n}") for n in range(4))))
    if books.exists():
        shutil.copytree(books, folder / "before")
    environment = {
        "LD_PRELOAD": compiled("CrashStates/recorder.c", "-shared", "-ldl"), "RECORDER_ROOT": str(books),
        "RECORDER_LOG": str(folder / "record"), **({"RECORDER_LIES": "1"} if lies else {}),
    }  # fmt: skip
    arguments = [diario(), *(a.replace("BOOKS", str(books)) for a in workload.arguments)]
    with open(folder / "errors", "wb") as errors:
        process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, **environment},
        )  # fmt: skip
        for start in range(0, len(workload.lines), workload.group):
            # The next lines are sent when these have been answered, so that they get a commit of their own.
            part = workload.lines[start : start + workload.group]
            process.stdin.write(b"".join(line + b"\n" for line in part))
            process.stdin.flush()
            for _ in part:
                process.stdout.readline()
        output, stderr = process.communicate()
        errors.write(output + stderr)
    if process.returncode != 0:
        sys.exit(f"{workload.name}: {stderr}")
    names_last(workload, folder)


def names_last(workload, folder):
    """A file's name lasts when its directory was synchronised; at the end, each that was made must have been. And what gets its
    final name must be on the disk before."""
    made, names, written = {}, {}, {}
    data = (folder / "record").read_bytes()
    at = 0
    while at < len(data):
        kind, length = chr(data[at]), int.from_bytes(data[at + 4 : at + 8], "little")
        text = data[at + 16 : at + 16 + length]
        if kind in "CM":
            made[text.rstrip(b"/")] = False
        elif kind == "F":
            names[data[at + 1]] = text
        elif kind == "S":
            written[names[data[at + 1]]] = True
        elif kind in "WT" and not data[at + 2]:
            # (What is written through a descriptor with O_DSYNC, as LMDB's heads are, is on the disk with the write.)
            written[names[data[at + 1]]] = False
        elif kind == "R":
            old, new = text.split(b"\0")
            made = {path: safe for path, safe in made.items() if path != old and not path.startswith(old + b"/")}
            made[new] = False
            workload.unsynchronised += [
                path.decode() for path, safe in written.items() if not safe and (path == old or path.startswith(old + b"/"))
            ]
        elif kind == "U":
            # What is taken away must stay away; with a directory goes what was in it.
            path = text.rstrip(b"/")
            made = {other: safe for other, safe in made.items() if not other.startswith(path + b"/")}
            made[path] = False
        elif kind == "D":
            for path in made:
                made[path] |= path.rpartition(b"/")[0] == text.rstrip(b"/")
        at += 16 + length
    workload.unsynchronised += [path.decode() for path, is_safe in made.items() if not is_safe]


def judge(folder, states, seed, randoms, sample):
    """Makes and judges states in as many processes as there are cores."""
    program = compiled("CrashStates/states.c", "-march=native", "-llmdb")

    def part(number):
        work = folder / f"work{number}"
        work.mkdir(exist_ok=True)
        command = [
            program, folder / "record", folder / "before", work, "--root", str(folder / "books") + "/", "--states",
            str(states // CORES), "--random", str(randoms), "--seed", str(seed), "--part", str(number), "--parts",
            str(CORES), "--sample", str(sample), "--keep", str(folder / "kept"),
        ]  # fmt: skip
        outcome = subprocess.run(command, capture_output=True)
        try:
            return json.loads(outcome.stdout)
        except ValueError:
            sys.exit(f"states: {outcome.returncode} {outcome.stdout} {outcome.stderr}")

    total = {}
    for found in parallel(part, range(CORES)):
        for name, value in found.items():
            total[name] = total.get(name) or value if name == "first" else total.get(name, 0) + value
    return total


def goes_on(rig, workload, books, folder):
    """The program itself opens a state that was kept in `books`: what is wrong, if anything, is counted."""
    acknowledged = told(books)
    if workload.name in ("backup", "restore"):
        problem = begins_again(workload, books, folder)
    elif not (books / "log").exists() or workload.name == "init":
        return
    else:
        problem = is_continued(workload, books, folder, acknowledged)
    rig.count("opened by the program")
    if problem:
        rig.fail(f"{workload.name}, {books.name}: {problem}")


def told(books):
    """The last position that had been acknowledged when this state was kept."""
    return int(books.with_name(books.name + ".acknowledged").read_text())


def is_continued(workload, books, folder, acknowledged):
    """Verify, retry, verify: each key is there once, in order."""
    # Which master key counts after a move is asked below.
    sound = run(["verify", "--books", books, *(["--without-keys"] if workload.name == "move" else [])])
    if sound.returncode != 0:
        return f"verify says {sound.stderr}"
    if int(sound.stdout.split()[1]) < acknowledged:
        return f"{acknowledged} acknowledged, {sound.stdout}"
    if workload.name == "erase":
        return is_erased(books, folder, acknowledged)
    if workload.name == "rotate":
        return people.rotated_wholly(books) if people.both(books) == ("clear", "clear") else f"they are {people.both(books)}"
    if workload.name == "move":
        return people.moved_wholly(books)
    again = run([a if a != "BOOKS" else books for a in workload.arguments], b"\n".join(workload.lines))
    if again.returncode != 0:
        return f"the retry says {again.stderr}"
    answered = positions(again.stdout)
    if workload.lines and answered != list(range(answered[0], answered[0] + len(workload.lines))):
        return f"the retry was answered with {answered}"
    sound = run(["verify", "--books", books])
    return f"after the retry, verify says {sound.stderr}" if sound.returncode else None


def is_erased(books, folder, acknowledged):
    """The person is as before or erased, and erased if that was said; then it is finished, and nothing is left."""
    found = people.person(books, "C-1")
    if found not in ("clear", "erased") or (acknowledged and found == "clear"):
        return f"{acknowledged} acknowledged, and the person is {found}"
    return people.erased_wholly(books, people.wrapped_key(folder / "before"))


def begins_again(workload, books, folder):
    """A backup or a restore that was cut off passes for none; one that passes is the whole; and the next run completes it."""
    look = ["backup", "--check"] if workload.name == "backup" else ["verify", "--books"]
    right = must(run([*look, folder / "books"])).stdout
    half = run([*look, books])
    if half.returncode == 0 and half.stdout.replace(bytes(books), bytes(folder / "books")) != right:
        return f"half of it is taken for whole: {half.stdout}"
    again = run([a if a != "BOOKS" else books for a in workload.arguments])
    is_refused = again.returncode != 0 and half.returncode == 0 and b"already" in again.stderr
    whole = run([*look, books])
    if (again.returncode != 0 and not is_refused) or whole.returncode != 0:
        return f"beginning again: {again.stderr} {whole.stderr}"
    return None


def main():
    rig = Rig("crash states", options(__doc__.splitlines()[0], 100_000))
    # So many states made by chance at each moment: more where there are to be many, since recording takes longer than judging.
    randoms = max(24, min(2_000, rig.options.runs // 5_000))
    chance = random.Random(rig.options.seed)
    caught = sabotaged = 0
    with Workspace() as space:
        make_long_books(space / "made")
        round = 0
        while rig.counts.get("states", 0) < rig.options.runs and rig.has_time:
            left = rig.options.runs - rig.counts.get("states", 0)
            for number, workload in enumerate(workloads(chance, space / "made")):
                if not rig.has_time:
                    break
                folder = space / f"{round}-{number}"
                folder.mkdir()
                record(workload, folder, lies=False)
                for path in workload.unsynchronised:
                    rig.fail(f"{workload.name}: the name of {path} may not last")
                share = max(2_000, left // 4) if workload.name in ("record", "import") else max(1_000, left // 9)
                found = judge(folder, share, chance.getrandbits(32), randoms, sample=max(share // 8, 100))
                for what in ("points", "states"):
                    rig.count(what, found[what])
                if found["failures"]:
                    rig.fail(f"{workload.name}: {found['failures']} states, first {found['first']}")
                if (folder / "kept").exists():
                    kept = [books for books in (folder / "kept").iterdir() if books.is_dir()]
                    parallel(lambda books: goes_on(rig, workload, books, folder), chance.sample(sorted(kept), min(len(kept), KEPT)))
                shutil.rmtree(folder)
            round += 1
        names_lost = 0
        for number, workload in enumerate(workloads(chance, space / "made")):
            if workload.name not in ("record", "import", "erase"):
                continue
            folder = space / f"control-{number}"
            folder.mkdir()
            record(workload, folder, lies=True)
            found = judge(folder, 1_000, 1, randoms, sample=0 if workload.name != "erase" else 1_000)
            caught += min(found["failures"], found["states"])
            sabotaged += found["states"]
            for books in sorted((folder / "kept").iterdir()) if workload.name == "erase" else []:
                if books.is_dir():
                    names_lost += is_continued(workload, books, folder, told(books)) is not None
        if names_lost == 0:
            rig.fail("the negative control passed: names were never synchronised, and the program found all that it had said")
    rig.finish((caught + names_lost, sabotaged))


if __name__ == "__main__":
    main()
