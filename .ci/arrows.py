#!/usr/bin/env python3
"""Prints which module may import which, as Package.swift says: `swift package dump-package | .ci/arrows.py`.

docs/ARCHITECTURE.md quotes it; .ci/docs compares the two. A module that imports what it does not declare, which builds when another one
happens to declare it, or declares what it does not import, is an error.
"""

import json
import pathlib
import re
import sys

IMPORT = re.compile(r"^(?:@\w+ )*(?:(?:public|package|internal|private|fileprivate) )?import (?:\w+ )?(\w+)", re.M)

package = json.load(sys.stdin)
modules = {target["name"] for target in package["targets"]}
arrows = {}
wrong = []
for target in package["targets"]:
    name, is_test = target["name"], target["type"] == "test"
    names = {(d.get("byName") or d.get("target") or d.get("product"))[0] for d in target["dependencies"]}
    folder = pathlib.Path(target.get("path") or f"{'Tests' if is_test else 'Sources'}/{name}")
    imported = {found for file in folder.rglob("*.swift") for found in IMPORT.findall(file.read_text())}
    wrong += [f"{name} imports {other}, and Package.swift does not say so." for other in imported & modules - names - {name}]
    # Tests declare the command so that it is built.
    wrong += [f"{name} does not import {other}, as Package.swift says." for other in names - imported - {"diario"}]
    if not is_test and not (target.get("path") or "").startswith(("Tests/", "Benchmarks/")):
        arrows[name] = sorted(names)
if wrong:
    sys.exit("\n".join(sorted(wrong)))

printed = set()
while len(printed) < len(arrows):
    # Those whose imports have all been printed come next, so that every arrow points upward.
    ready = sorted(
        name for name in arrows if name not in printed and all(d in printed or d not in arrows for d in arrows[name])
    )
    for name in ready:
        print(f"    {name:<17} → {', '.join(arrows[name])}" if arrows[name] else f"    {name}")
    printed.update(ready)
