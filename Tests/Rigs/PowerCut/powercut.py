#!/usr/bin/env python3
"""The power is cut on a real ext4 and a real XFS image while books are recorded on it.

A loop device holds the file system; its shutdown call (as xfs_io's `shutdown`, here without flushing the journal) drops everything that was
not written, as a power cut does. After mounting it again the answers, which were kept elsewhere, must all be in the books, and a retry must
record exactly the rest. Needs root and a loop device; skips with a message otherwise. The negative control swallows the syncs.
"""

import ctypes
import fcntl
import os
import pathlib
import random
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import Rig, Workspace, compiled, diario, journal_line, new_books, options, parallel, positions, run

# _IOR('X', 125, __u32): XFS_IOC_GOINGDOWN, which ext4 has too; 2: do not flush the journal.
SHUTDOWN, NO_FLUSH = 0x8004587D, 2
MAKE = {"ext4": ["mkfs.ext4", "-q", "-F"], "xfs": ["mkfs.xfs", "-q", "-f"]}
# unshare(2): mounts of our own. Who copies those of others would keep a file system that was shut down, and mounting it again is then no use.
NEW_MOUNTS = 0x20000
# More than any disk takes before the power is cut.
LINES = 16_000
# Cuts on each file system without syncs.
CONTROLS = 4


def tell(*command):
    return subprocess.run(command, capture_output=True, text=True)


class Image:
    """A file system in a file, mounted through a loop device."""

    def __init__(self, kind, space):
        self.kind, self.file, self.place = kind, space / f"{kind}.img", space / kind
        self.place.mkdir()
        with open(self.file, "wb") as file:
            file.truncate(400 << 20)
        made = tell(*MAKE[kind], str(self.file))
        if made.returncode:
            raise OSError(made.stderr.strip())
        attached = tell("losetup", "--find", "--show", str(self.file))
        if attached.returncode:
            raise OSError(attached.stderr.strip() or "losetup failed")
        self.device = attached.stdout.strip()
        try:
            self.mount()
        except OSError:
            tell("losetup", "--detach", self.device)
            raise

    def mount(self):
        mounted = tell("mount", "-t", self.kind, self.device, str(self.place))
        if mounted.returncode:
            raise OSError(mounted.stderr.strip())

    def cut(self):
        descriptor = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUTDOWN, ctypes.c_uint32(NO_FLUSH))
        finally:
            os.close(descriptor)

    def unmount(self):
        for _ in range(50):
            if tell("umount", str(self.place)).returncode == 0:
                return
            time.sleep(0.1)
        raise OSError(f"{self.place} cannot be unmounted")

    def close(self):
        tell("umount", str(self.place))
        tell("losetup", "--detach", self.device)


def cut_once(image, name, lines, chance, environment):
    """Records until the power is cut; what is wrong afterwards, or nothing."""
    books = image.place / name
    new_books(books)
    os.sync()
    process = subprocess.Popen(
        [diario(), "record", "--books", books], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        # A page that can no longer be read ends the program with a signal; that is not to be explained at length.
        stderr=subprocess.DEVNULL, env={**os.environ, "SWIFT_BACKTRACE": "enable=no", **environment},
    )  # fmt: skip
    answers = []

    def send():
        try:
            at = 0
            while at < len(lines):
                count = chance.choice([1, 1, 2, 7, 40])
                process.stdin.write(b"".join(line + b"\n" for line in lines[at : at + count]))
                process.stdin.flush()
                at += count
            process.stdin.close()
        except (BrokenPipeError, ValueError):
            pass

    def read():
        while chunk := process.stdout.read1(65_536):
            answers.append(chunk)

    threads = [threading.Thread(target=work) for work in (send, read)]
    for thread in threads:
        thread.start()
    time.sleep(chance.uniform(0.03, 0.35))
    image.cut()
    # What was answered until now, and whatever is answered on a disk that is no more.
    time.sleep(0.02)
    process.kill()
    process.wait()
    for thread in threads:
        thread.join()
    image.unmount()
    image.mount()
    answered = positions(b"".join(answers))
    sound = run(["verify", "--books", books])
    if sound.returncode:
        return f"after {len(answered)} answers, verify says {sound.stderr[:300]}", len(answered)
    size = int(sound.stdout.split()[1])
    if answered != list(range(60, 60 + len(answered))) or size < 59 + len(answered):
        return f"{len(answered)} answers, but the books have {size - 59}", len(answered)
    if not environment:
        sent = lines[: len(answered) + 50]
        again = run(["record", "--books", books], b"\n".join(sent))
        if again.returncode or positions(again.stdout) != list(range(60, 60 + len(sent))):
            return f"the retry says {again.stderr[:300]}", len(answered)
    shutil.rmtree(books)
    return None, len(answered)


def cut_often(rig, image):
    """Cuts as many as are asked for; then what the control found: (how many, of how many)."""
    kind = image.kind
    chance = random.Random(f"{rig.options.seed} {kind}")
    # Made once: each cut is of new books.
    lines = [journal_line(f"p-{n}", 100 + n, "t" * chance.choice([1, 30, 2_000])) for n in range(LINES)]
    lies = {"LD_PRELOAD": compiled("PowerCut/lies.c", "-shared")}
    try:
        for number in range(rig.options.runs):
            if not rig.has_time:
                break
            problem, answered = cut_once(image, f"{kind}-{number}", lines, chance, {})
            rig.count(f"{kind} cuts")
            rig.count("answers before them", answered)
            if problem:
                rig.fail(f"{kind}, cut {number}: {problem}")
        lost = [cut_once(image, f"{kind}-control-{number}", lines, chance, lies)[0] is not None for number in range(CONTROLS)]
        if not any(lost):
            rig.fail(f"{kind}: the negative control passed")
        return sum(lost), CONTROLS
    finally:
        image.close()


def main():
    rig = Rig("power cuts", options(__doc__.splitlines()[0], 50))
    if os.geteuid() != 0:
        rig.skip("mounting an image needs root")
    if ctypes.CDLL(None).unshare(NEW_MOUNTS) or tell("mount", "--make-rprivate", "/").returncode:
        rig.skip("mounts of its own are not permitted")
    reasons = []

    # The images lie in a real directory: a loop device over memory is not permitted everywhere. Most of a cut is waiting, so both are
    # cut at the same time.
    def cut(kind):
        if not shutil.which(MAKE[kind][0]):
            reasons.append(f"{MAKE[kind][0]} is not installed")
            return None
        try:
            image = Image(kind, space)
        except OSError as error:
            reasons.append(f"{kind}: {error}")
            return None
        return cut_often(rig, image)

    with Workspace() as space:
        controls = [found for found in parallel(cut, MAKE) if found]
    if not controls:
        rig.skip("; ".join(reasons))
    for reason in reasons:
        print(f"rig power cuts: without {reason}")
    rig.finish(tuple(map(sum, zip(*controls))))


if __name__ == "__main__":
    main()
