#!/usr/bin/env python3
"""Checks lines of JSON against the schema that `diario schema --json` prints.

Usage: jsonschema_check.py DIRECTORY

DIRECTORY holds `schema.json`, `good.jsonl` (every line must be valid) and `bad.jsonl` (none may be).
Needs the Python package `jsonschema`. Exits with 0 when all is as it should be.
"""

import json
import pathlib
import sys

import jsonschema


def main():
    directory = pathlib.Path(sys.argv[1])
    schema = json.loads((directory / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    faults = 0
    count = 0
    for name, expected in (("good.jsonl", True), ("bad.jsonl", False)):
        for line in (directory / name).read_text(encoding="utf-8").splitlines():
            count += 1
            if validator.is_valid(json.loads(line)) != expected:
                faults += 1
                print(f"{name}: {line}")
    print(f"{count} lines, {faults} faults")
    return 0 if count and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
