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


def sum_of(rig):
    """What the long runs of a rig have added up to; nothing when there was none, or the last one failed."""
    rows = [row for row in kept() if (row["rig"], row["form"]) == (rig, "long") and not row["failures"]]
    return rows[0] if rows else None


def added(row, before):
    """A long run with those before it: what was done adds up, what was reached does not. A run that fails, and the one after it, stand
    alone: what came before was other code."""
    row["seeds"] = [row.pop("seed")]
    if not before or before["failures"] or row["failures"]:
        return row
    if row["seeds"][0] in before["seeds"]:
        sys.exit(f"{row['rig']}: seed {row['seeds'][0]} was counted already")
    sums = {name: before["counts"].get(name, 0) + row["counts"].get(name, 0) for name in {**before["counts"], **row["counts"]}}
    levels = {name: max(before["levels"].get(name, 0), row["levels"].get(name, 0)) for name in {**before["levels"], **row["levels"]}}
    return {
        **row, "first": before.get("first", before["day"]), "counts": sums, "levels": levels,
        "control": [mine + theirs for mine, theirs in zip(row["control"], before["control"])],
        "seeds": before["seeds"] + row["seeds"], "seconds": row["seconds"] + before["seconds"],
    }  # fmt: skip


def keep(form, lines):
    """The newest short run of each rig, and the sum of its long ones."""
    rows = {(row["rig"], row["form"]): row for row in kept()}
    for line in lines:
        row = {"form": form, "day": datetime.date.today().isoformat(), **line}
        rows[row["rig"], form] = row if form == "short" else added(row, rows.get((row["rig"], form)))
    KEPT.write_text("".join(json.dumps(row) + "\n" for _, row in sorted(rows.items())))
    write()


def write():
    rows = kept()
    text = (HERE / "TESTING.head.md").read_text()
    for form, title in [("short", "In `make test`"), ("long", "On demand")]:
        text += f"\n### {title}\n\n| rig | done | failures | negative control | seconds | day |\n|---|---|---|---|---|---|\n"
        for row in rows:
            if row["form"] == form:
                counts = ", ".join(f"{number:,} {what}" for what, number in {**row["counts"], **row["levels"]}.items())
                counts += STOPPED if row.get("stopped") and form == "short" else ""
                caught, sabotaged = row["control"]
                text += (
                    f"| {row['rig']} | {counts} | {row['failures']} | {caught:,} of {sabotaged:,} found "
                    f"| {row['seconds']:,.0f} | {row['first'] + ' to ' if row.get('first', row['day']) != row['day'] else ''}{row['day']} |\n"
                )
    PAGE.write_text(text)


if __name__ == "__main__":
    write()
