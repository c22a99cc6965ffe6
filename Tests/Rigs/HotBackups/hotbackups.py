#!/usr/bin/env python3
"""Backups while others record: each is checked, restored, verified, and read by a program that is not ours.

One `diario` records line after line; another adds to a backup again and again, now and then to a new one. What is restored must have every event that was
acknowledged before the backup began, in order, once, and the root that the backup says. The live books are verified meanwhile, and are sound.

The negative control copies the live file as `cp` would copy a large one, page after page, and changes single bytes of backups: verifying and checking must say so.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import ROOT, Rig, Workspace, diario, journal_line, must, new_books, options, run

# So many backups are added to one directory before the next begins.
CHAIN = 10


def customer_line(number):
    """Somebody new, with a name that is sealed."""
    return json.dumps({
        "event": "customer.registered", "on": "2026-04-15", "key": f"h-{number}", "customer": f"C-{number}", "name": f"Customer {number}",
    }).encode()  # fmt: skip


class Load:
    """A process that records until it is told to stop; it knows how many events were acknowledged."""

    def __init__(self, books):
        self.before = events(books)
        self.answered = 0
        self.process = subprocess.Popen(
            [diario(), "record", "--books", books], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.is_stopping = False
        self.threads = [threading.Thread(target=self.send), threading.Thread(target=self.listen)]
        for thread in self.threads:
            thread.start()

    def send(self):
        number = 0
        while not self.is_stopping:
            # Small and large commits, small and large records.
            for _ in range(1 + number % 7):
                number += 1
                line = journal_line(f"h-{number}", number, "t" * (5_000 if number % 50 == 0 else 20 + number % 300))
                if number % 5 == 0:
                    line = customer_line(number)
                self.process.stdin.write(line + b"\n")
            self.process.stdin.flush()
            # Not faster than it answers, or thousands of lines would share one commit; nor so fast that restoring takes ever longer.
            time.sleep(0.01)
            while number - self.answered > 20 and self.process.poll() is None:
                time.sleep(0.001)
        self.process.stdin.close()

    def listen(self):
        for _ in self.process.stdout:
            self.answered += 1

    @property
    def acknowledged(self):
        return self.before + self.answered

    def stop(self):
        self.is_stopping = True
        for thread in self.threads:
            thread.join()
        if self.process.wait() != 0:
            sys.exit(f"the recorder ended with {self.process.returncode}")


def events(books):
    return int(must(run(["verify", "--books", books])).stdout.split()[1])


def root(outcome):
    """The root that a command printed."""
    words = outcome.stdout.decode().split()
    return words[words.index("root") + 1]



def judge(rig, number, books, backup, acknowledged, added, space):
    where = f"backup {number}"
    live = run(["verify", "--books", books])
    if live.returncode != 0 or int(live.stdout.split()[1]) < acknowledged:
        rig.fail(f"{where}: verify of the live books says {live.stdout} {live.stderr}")
    rig.count("verified live")
    checked = run(["backup", "--check", backup])
    if checked.returncode != 0:
        return rig.fail(f"{where}: check says {checked.stderr}")
    restored = space / "restored"
    outcome = run(["restore", backup, restored])
    if outcome.returncode != 0:
        return rig.fail(f"{where}: restore says {outcome.stderr}")
    sound = run(["verify", "--books", restored])
    if sound.returncode != 0:
        return rig.fail(f"{where}: verify says {sound.stderr}")
    size = int(sound.stdout.split()[1])
    rig.count("events restored", size)
    if size < acknowledged:
        rig.fail(f"{where}: {acknowledged} were acknowledged before it, it has {size}")
    if len({root(added), root(checked), root(outcome), root(sound)}) != 1:
        rig.fail(f"{where}: the roots differ")
    reader = subprocess.run([sys.executable, ROOT / "Tests/oracles/reader.py", restored], capture_output=True, text=True)
    if reader.stdout.split()[:4] != ["size", str(size), "root", root(sound)]:
        rig.fail(f"{where}: the independent reader says {reader.stdout} {reader.stderr}")
    shutil.rmtree(restored)
    rig.count("backups restored")


def slow_copy(books, copy):
    """What `cp` does to a large file that is in use: the first pages are older than the last."""
    shutil.rmtree(copy, ignore_errors=True)
    (copy / "log").mkdir(parents=True)
    # As much as there is when it begins, in about a second: the file grows while it is read.
    pages = (books / "log/data.mdb").stat().st_size // 4_096
    with open(books / "log/data.mdb", "rb") as source, open(copy / "log/data.mdb", "wb") as target:
        for number in range(pages):
            target.write(source.read(4_096))
            if number % 64 == 0:
                time.sleep(64 / pages)


def control(books, load, backup, space, runs):
    """How many of `runs` bad copies were found."""
    caught = 0
    for number in range(runs):
        if number % 2 == 0:
            acknowledged = load.acknowledged
            slow_copy(books, space / "copy")
            sound = run(["verify", "--books", space / "copy"])
            caught += sound.returncode != 0 or int(sound.stdout.split()[1]) < acknowledged
        else:
            copy = space / "copied-backup"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(backup, copy)
            segment = sorted(copy.glob("*.diario-backup"))[number % len(list(copy.glob("*.diario-backup")))]
            data = bytearray(segment.read_bytes())
            data[len(data) * number // (runs + 1)] ^= 1
            segment.write_bytes(data)
            caught += run(["backup", "--check", copy]).returncode != 0
    return caught, runs


def main():
    rig = Rig("hot backups", options(__doc__.splitlines()[0], 50))
    with Workspace() as space:
        books = space / "books"
        number = 0
        found = (0, 0)
        while number < rig.options.runs and rig.has_time:
            # New books now and then, so that a long run does not restore longer and longer ones.
            shutil.rmtree(books, ignore_errors=True)
            for old in space.glob("backup-*"):
                shutil.rmtree(old)
            new_books(books)
            load = Load(books)
            try:
                for step in range(5 * CHAIN):
                    if number >= rig.options.runs or not rig.has_time:
                        break
                    backup = space / f"backup-{step // CHAIN}"
                    acknowledged = load.acknowledged
                    added = run(["backup", backup, "--books", books])
                    if added.returncode != 0 or b"root" not in added.stdout:
                        rig.fail(f"backup {number}: {added.stdout} {added.stderr}")
                    else:
                        judge(rig, number, books, backup, acknowledged, added, space)
                    number += 1
                if found == (0, 0):
                    found = control(books, load, backup, space, 12)
            finally:
                load.stop()
    rig.finish(found)


if __name__ == "__main__":
    main()
