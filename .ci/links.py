#!/usr/bin/env python3
"""Finds links that lead nowhere: `.ci/links.py README.md docs/*.md`.

Every relative link of the pages must lead to a file, and to a heading of it where it names one.
"""

import pathlib
import re
import sys

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def anchors(page):
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.S)
    titles = re.findall(r"^#+ (.+)$", text, flags=re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def broken(page):
    """The links of a page that lead nowhere."""
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.S)
    text = re.sub(r"`[^`\n]*`", "", text)
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or anchor and target.suffix == ".md" and anchor not in anchors(target):
            yield link


found = [(page, link) for page in map(pathlib.Path, sys.argv[1:]) for link in broken(page)]
for page, link in found:
    print(f"{page}: the link {link} leads nowhere", file=sys.stderr)
sys.exit(1 if found else 0)
