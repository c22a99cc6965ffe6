#!/usr/bin/env python3
"""Prints docs/TESTING.md from the totals of the rigs' runs that are kept in Tests/Rigs/results.jsonl.

`run.py --keep` adds a run's totals and calls this; `testing.py` prints the page alone.
"""

import datetime
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from common import STOPPED  # noqa: E402

KEPT = HERE / "results.jsonl"
PAGE = HERE.parent.parent / "docs" / "TESTING.md"


def kept():
    return [json.loads(line) for line in KEPT.read_text().splitlines()] if KEPT.exists() else []


def keep(form, lines):
    """The newest short run of each rig, and its greatest long one."""
    rows = {(row["rig"], row["form"]): row for row in kept()}
    for line in lines:
        row = {"form": form, "day": datetime.date.today().isoformat(), **line}
        before = rows.get((row["rig"], form))
        if form == "short" or not before or row["failures"] or sum(row["counts"].values()) >= sum(before["counts"].values()):
            rows[row["rig"], form] = row
    KEPT.write_text("".join(json.dumps(row) + "\n" for _, row in sorted(rows.items())))
    write()


def write():
    rows = kept()
    text = (HERE / "TESTING.head.md").read_text()
    for form, title in [("short", "In `make test`"), ("long", "On demand")]:
        text += f"\n### {title}\n\n| rig | done | failures | negative control | seconds | day |\n|---|---|---|---|---|---|\n"
        for row in rows:
            if row["form"] == form:
                counts = ", ".join(f"{number:,} {what}" for what, number in row["counts"].items())
                counts += STOPPED if row.get("stopped") else ""
                caught, sabotaged = row["control"]
                text += (
                    f"| {row['rig']} | {counts} | {row['failures']} | {caught:,} of {sabotaged:,} found "
                    f"| {row['seconds']:.0f} | {row['day']} |\n"
                )
    PAGE.write_text(text)


if __name__ == "__main__":
    write()
