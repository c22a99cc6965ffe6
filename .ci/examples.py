#!/usr/bin/env python3
"""Runs the examples of the documentation and compares what they print.

Usage: examples.py [--write] PAGE …

In each page, the blocks ```sh are run one after the other, by one shell, in an empty directory that has the repository's Fixtures; a block
```text behind one is what it prints, moments, roots and identities aside. With --write the pages are brought up to date.
`diario` must be on the PATH. Blocks of other kinds are left alone.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
# What differs from run to run.
VARYING = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|\b[0-9a-f]{16,64}\b")
ROOT = pathlib.Path(__file__).resolve().parent.parent


def outputs(scripts):
    """What each block prints, standard error included."""
    with tempfile.TemporaryDirectory() as directory:
        os.symlink(ROOT / "Fixtures", pathlib.Path(directory) / "Fixtures")
        script = "exec 2>&1\n" + "".join(f"{block}\nprintf '\\036'\n" for block in scripts)
        environment = {k: v for k, v in os.environ.items() if k != "DIARIO_BOOKS"}
        done = subprocess.run(
            ["bash", "-c", script], cwd=directory, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        return done.stdout.decode().split("\036")


def run(page, is_writing):
    text = page.read_text()
    blocks = list(BLOCK.finditer(text))
    found = outputs([block[2] for block in blocks if block[1] == "sh"])
    new, end, number = "", 0, -1
    for block in blocks:
        new += text[end : block.start()]
        if block[1] == "sh":
            number += 1
            new += block[0]
        else:
            lines = [line.rstrip() for line in found[number].strip("\n").split("\n")]
            new += "```text\n" + "\n".join(lines) + "\n```\n"
        end = block.end()
    new += text[end:]
    if VARYING.sub("*", new) == VARYING.sub("*", text):
        return True
    if is_writing:
        page.write_text(new)
        return True
    with tempfile.NamedTemporaryFile("w", suffix=".md") as file:
        file.write(new)
        file.flush()
        subprocess.run(["diff", "-u", str(page), file.name])
    print(f"{page}: its examples print something else: run .ci/docs --write", file=sys.stderr)
    return False


if __name__ == "__main__":
    if not shutil.which("diario"):
        sys.exit("examples.py: there is no diario on the PATH")
    pages = [pathlib.Path(name) for name in sys.argv[1:] if name != "--write"]
    results = [run(page, "--write" in sys.argv) for page in pages]
    sys.exit(0 if all(results) else 1)
