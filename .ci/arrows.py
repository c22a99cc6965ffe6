#!/usr/bin/env python3
"""Prints which module may import which, as Package.swift says: `swift package dump-package | .ci/arrows.py`.

docs/ARCHITECTURE.md quotes it; .ci/run compares the two.
"""

import json
import sys

package = json.load(sys.stdin)
arrows = {}
for target in package["targets"]:
    if target["type"] != "test" and not (target.get("path") or "").startswith(("Tests/", "Benchmarks/")):
        names = [(d.get("byName") or d.get("target") or d.get("product"))[0] for d in target["dependencies"]]
        arrows[target["name"]] = sorted(names)

printed = set()
while len(printed) < len(arrows):
    # Those whose imports have all been printed come next, so that every arrow points upward.
    ready = sorted(
        name for name in arrows if name not in printed and all(d in printed or d not in arrows for d in arrows[name])
    )
    for name in ready:
        print(f"    {name:<17} → {', '.join(arrows[name])}" if arrows[name] else f"    {name}")
    printed.update(ready)
