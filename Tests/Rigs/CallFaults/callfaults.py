#!/usr/bin/env python3
"""Each system call of `diario` on its books fails, once or from then on; or the program is killed at it.

Afterwards the same lines are sent again without faults: nothing that was answered is lost, nothing is there twice, and every
answer of a reading command is the right one or an error. The negative controls lose writes and claim success; or delete and rename nothing
and claim success, which every erasure must show.
"""

import contextlib
import itertools
import json
import math
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import people
from erasure import CONTINUE, Erasure
from common import CORES, Rig, Workspace, compiled, here, journal_line, must, new_books, options, parallel, positions, run
from servers import Servers, is_ready, written

KINDS = ["EIO", "ENOSPC", "short", "before", "after", "torn"]
KILLS = ("before", "after", "torn")
LINES = 6
# Commands on the people's books; killed before each of their calls, whatever else there is time for.
PERSONAL = ("erase", "continue", "rotate")


class Workload:
    """A command over books that were prepared, in which calls fail."""

    def __init__(self, name, books, arguments, groups=(), file=None):
        self.name, self.books, self.arguments = name, books, arguments
        # Lines that are sent together; the next ones when these have been answered.
        self.groups = groups
        # What a file that is imported holds, or what is sent.
        self.lines = file.read_bytes().splitlines() if file else [line for group in groups for line in group]

    def words(self, books):
        """The arguments for the books at `books`, and the backup beside them."""
        places = {"BOOKS": str(books), "BACKUP": str(books.parent / "backup")}
        return [places.get(word, word) for word in self.arguments]


def execute(workload, books, timeout=60, **faults):
    """Runs the workload with faults; its exit code, output and errors."""
    (input, to_child), (from_child, output), errors = os.pipe(), os.pipe(), os.memfd_create("errors")
    child = here.servers.start(workload.words(books), [input, output, errors], **faults)
    os.close(input)
    os.close(output)
    received, is_open, end = bytearray(), True, time.monotonic() + timeout
    for group in [*workload.groups, []]:
        if group:
            try:
                os.write(to_child, b"".join(line + b"\n" for line in group))
            except BrokenPipeError:
                pass
        else:
            os.close(to_child)
        # The answers to the group; at last whatever comes until the end.
        awaited = received.count(b"\n") + len(group) if group else math.inf
        while is_open and received.count(b"\n") < awaited:
            if not is_ready(from_child, end - time.monotonic()):
                break
            part = os.read(from_child, 65_536)
            received += part
            is_open = bool(part)
    code = child.wait(end - time.monotonic())
    told = written(errors)
    os.close(from_child)
    os.close(errors)
    return code, bytes(received), told


class Judge:
    def __init__(self, space):
        self.space = space
        self.look = compiled("CallFaults/look.c", "-llmdb")
        new_books(space / "empty")
        shutil.copytree(space / "empty", space / "long")
        lines = [journal_line(f"m-{n}", n + 1) for n in range(4_094 - 59)]
        must(run(["record", "--quiet", "--books", space / "long"], b"\n".join(lines)))
        shutil.copytree(space / "long", space / "full")
        must(run(["record", "--quiet", "--books", space / "full"], b"\n".join(self.lines("x", 4))))
        self.erasure = Erasure(space)
        self.size = {"empty": 59, "long": 4_094}
        # So long that it is read, and committed, in two parts; and its lines have no keys.
        self.file = space / "events.jsonl"
        lines = [json.loads(journal_line(f"i-{n}", 100 + n, "t" * 20_000)) for n in range(16)]
        for line in lines:
            del line["key"]
        self.file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        self.balance = must(self.report(space / "full")).stdout
        self.sound = must(run(["verify", "--books", space / "full"])).stdout
        must(run(["backup", space / "backup", "--books", space / "full"]))
        # The summaries that books with so many events have.
        self.summaries = self.hashes(space / "full")[1]

    def lines(self, prefix, count=LINES):
        return [journal_line(f"{prefix}-{n}", 100 + n, "t" * (3_000 if n == 2 else 3)) for n in range(count)]

    def report(self, books):
        return run(["report", "trial-balance", "--format", "csv", "--as-of", "2026-12-31", "--books", books])

    def workloads(self, round):
        several = self.lines(f"k{round}")
        yield Workload("record", "empty", ["record", "--books", "BOOKS"], [several[:1], several[1:4], several[4:]])
        yield Workload("record and summarise", "long", ["record", "--books", "BOOKS"], [several[:3], several[3:]])
        yield Workload("import", "empty", ["record", "--imported", "--books", "BOOKS", str(self.file)], file=self.file)
        yield Workload("init", None, ["init", "BOOKS"])
        yield Workload("rebuild", "full", ["rebuild", "--books", "BOOKS"])
        yield Workload("erase", "people", people.ERASE)
        yield Workload("continue", "asked", CONTINUE)
        yield Workload("rotate", "people", people.ROTATE)
        yield Workload("verify", "full", ["verify", "--books", "BOOKS"])
        yield Workload(
            "report", "full",
            ["report", "trial-balance", "--format", "csv", "--as-of", "2026-12-31", "--books", "BOOKS"],
        )  # fmt: skip
        yield Workload("backup", "full", ["backup", "BACKUP", "--books", "BOOKS"])
        yield Workload("restore", None, ["restore", "BACKUP", "BOOKS"])

    def prepare(self, workload, folder):
        books = folder / "books"
        if workload.books:
            shutil.copytree(self.space / workload.books, books)
        if workload.name == "restore":
            shutil.copytree(self.space / "backup", folder / "backup")
        return books

    def hashes(self, books):
        """What the environments hold, or the fault as a text."""
        files = [books / part / "data.mdb" for part in ("log", "views")]
        outcome = subprocess.run([self.look, *files], capture_output=True)
        if outcome.returncode:
            return outcome.stderr.decode() or f"look ended with {outcome.returncode}"
        return [line.split()[0] for line in outcome.stdout.decode().splitlines()]

    def judge(self, workload, books, kind, code, output, errors):
        """What is wrong, or nothing."""
        if code is None:
            return "it hangs"
        if b"The program crashed" in errors or code > 3:
            return f"it crashed, and ended with {code}: {errors[-300:]}"
        if kind in KILLS:
            if code not in (-9, 0, 1, 3):
                return f"it ended with {code}"
        elif code < 0:
            return f"it crashed with signal {-code}: {errors[-300:]}"
        elif code != 0 and not errors:
            return f"it ended with {code} and says nothing"
        if workload.lines:
            return self.judge_recording(workload, books, kind, code, output)
        judge = self.erasure if workload.name in PERSONAL else self
        return getattr(judge, "judge_" + workload.name)(workload, books, code, output)

    def judge_recording(self, workload, books, kind, code, output):
        first = self.size[workload.books] + 1
        expected = list(range(first, first + len(workload.lines)))
        answered = positions(output)
        if answered != expected[: len(answered)]:
            return f"the receipts are of {answered}"
        if kind not in KILLS and code == 0 and answered != expected:
            return f"it ended with 0, but answered {answered}"
        again = run(workload.words(books), b"\n".join(workload.lines))
        if again.returncode:
            return f"the retry ended with {again.returncode}: {again.stderr}"
        if positions(again.stdout) != expected:
            return f"the retry was answered with {positions(again.stdout)}"
        repeated = [b'"repeated":true' in line for line in again.stdout.splitlines()]
        if repeated != sorted(repeated, reverse=True) or sum(repeated) < len(answered):
            return f"{len(answered)} were answered, {sum(repeated)} were there"
        found = self.hashes(books)
        if isinstance(found, str):
            return found
        # The reader in C has checked every value; the program is asked sometimes, because that costs most of a run.
        self.judged = getattr(self, "judged", 0) + 1
        if self.judged % 8 == 0 and (sound := run(["verify", "--books", books])).returncode:
            return f"verify says {sound.stderr}"
        if self.size[workload.books] + len(workload.lines) == 4_100 and found[1] != self.summaries_of_long(workload):
            return "the summaries are not those of an undisturbed run"
        return None

    def summaries_of_long(self, workload):
        """Through position 4,096 two of the lines count, which differ from round to round; so they are recorded once undisturbed."""
        cached = self.__dict__.setdefault("undisturbed", {})
        key = workload.lines[0]
        if key not in cached:
            books = here.servers.folder / "undisturbed"
            shutil.copytree(self.space / "long", books)
            must(run(["record", "--quiet", "--books", books], b"\n".join(workload.lines)))
            cached[key] = self.hashes(books)[1]
        return cached[key]

    def judge_init(self, workload, books, code, output):
        again = run(["init", books])
        if (code == 0 or again.returncode) and b"already" not in again.stderr:
            return f"after {code}, a second try says {again.stdout} {again.stderr}"
        sound = run(["verify", "--books", books])
        if sound.returncode or b"59 of 59" not in sound.stdout:
            return f"after a second try ({again.stderr}), verify says {sound.stdout} {sound.stderr}"
        return None

    def judge_rebuild(self, workload, books, code, output):
        found = self.report(books)
        if found.stdout != self.balance:
            return f"a report after it says {found.stdout[:200]} {found.stderr}"
        must(run(["rebuild", "--continue", "--books", books]))
        found = self.hashes(books)
        if isinstance(found, str) or found[1] != self.summaries:
            return f"the summaries are not those of an undisturbed run: {found}"
        return None

    def judge_verify(self, workload, books, code, output):
        # Books that cannot be read for once are damaged, as far as it can know.
        return f"it ended with 0 and says {output[:200]}" if code == 0 and output != self.sound else None

    def judge_report(self, workload, books, code, output):
        return f"it ended with 0 and says {output[:200]}" if code == 0 and output != self.balance else None

    def judge_backup(self, workload, books, code, output):
        again = run(workload.words(books))
        if again.returncode or code == 0 and b"nothing new" not in again.stdout:
            return f"after {code}, a second try says {again.stdout} {again.stderr}"
        checked = run(["backup", "--check", books.parent / "backup"])
        if checked.returncode:
            return f"the backup is not whole: {checked.stdout} {checked.stderr}"
        return self.judge_restored(run(["restore", books.parent / "backup", books.parent / "restored"]), books.parent / "restored")

    def judge_restore(self, workload, books, code, output):
        again = run(workload.words(books))
        if code == 0 and b"already" not in again.stderr:
            return f"after 0, a second try says {again.stdout} {again.stderr}"
        # Killed when all was done but to say so.
        return self.judge_restored(again if code and b"already" not in again.stderr else None, books)

    def judge_restored(self, outcome, books):
        """What is wrong with books that were restored."""
        if outcome and outcome.returncode:
            return f"restoring says {outcome.stdout} {outcome.stderr}"
        found = self.report(books)
        return None if found.stdout == self.balance else f"a report of what was restored says {found.stdout[:200]} {found.stderr}"


def main():
    rig = Rig("call faults", options(__doc__.splitlines()[0], 5_000))
    chance = random.Random(rig.options.seed)
    with Workspace() as space:
        judge = Judge(space)
        round = 0
        number, free = itertools.count(), []

        @contextlib.contextmanager
        def folder():
            """An empty one, and commands that wait for books in it; for one run at a time."""
            try:
                here.servers = free.pop()
            except IndexError:
                here.servers = Servers(space / f"place-{next(number)}")
            here.servers.folder.mkdir()
            yield here.servers.folder
            # Not after an error: a command may still be about to answer.
            shutil.rmtree(here.servers.folder)
            free.append(here.servers)
            here.servers = None

        def once(workload, at, kind, forever):
            with folder() as place:
                books = judge.prepare(workload, place)
                return judge.judge(workload, books, kind, *execute(workload, books, at=at, kind=kind, forever=forever))

        def calls(workload):
            with folder() as place:
                code, _, errors = execute(workload, judge.prepare(workload, place), count=place / "count")
                if code != 0:
                    sys.exit(f"{workload.name} without faults: {errors}")
                return int((place / "count").read_text())

        def guarded(case):
            workload, at, kind, forever = case
            if rig.counts.get("runs", 0) >= rig.options.runs or not rig.has_time:
                return
            problem = once(*case)
            rig.count("runs")
            if workload.name in PERSONAL and kind == "before":
                rig.count("kills at a moment of an erasure or of a new master key")
            if problem:
                rig.fail(f"{workload.name}, call {at}, {kind}{' and on' if forever else ''}: {problem}")

        covered = 0
        while rig.counts.get("runs", 0) < rig.options.runs and rig.has_time:
            cases = []
            for workload in judge.workloads(round):
                for at in range(1, calls(workload) + 1):
                    for kind in KINDS:
                        cases += [(workload, at, kind, again) for again in ((False,) if kind in KILLS else (False, True))]
            covered = len(cases)
            chance.shuffle(cases)
            cases.sort(key=lambda case: not (case[0].name in PERSONAL and case[2] == "before"))
            # A run waits now and then: for the lines of a command, for its end.
            parallel(guarded, cases, workers=2 * CORES)
            round += 1
        rig.reach("cases there are", covered)
        workload = next(judge.workloads("c"))
        cases = [(workload, at, "lost", True) for at in range(1, calls(workload) + 1, 4)]
        for workload in (workload for workload in judge.workloads("c") if workload.name in PERSONAL):
            cases.append((workload, 1, "kept", True))
        problems = parallel(lambda case: once(*case), cases)
        for case, problem in zip(cases, problems):
            if case[2] == "kept" and not problem:
                rig.fail(f"{case[0].name}: nothing was deleted, and it was not found out")
        for servers in free:
            servers.end()
        rig.finish((sum(problem is not None for problem in problems), len(problems)))


if __name__ == "__main__":
    main()
